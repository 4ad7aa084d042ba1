// A text file, a line at a time, however long the file is.
#pragma once

#include <cstddef>
#include <cstdio>
#include <memory>
#include <string>
#include <tl/expected.hpp>

namespace magscan::tools::batch {

class LineReader {
  public:
    static constexpr std::size_t kMaxLineBytes = 16'000'000;

    // "-" is standard input. The error is a sentence without the file's name.
    static tl::expected<LineReader, std::string> open(const std::string& path);

    // The next line without its line break. False at the end of the file and after an error.
    bool next(std::string& line);

    // Whether the last line ended in a line break, which one that was torn while it was written does not.
    bool whole() const { return whole_; }
    // Bytes up to the end of the last line.
    std::size_t offset() const { return offset_; }
    // A sentence where reading ended before the end of the file, else empty.
    const std::string& error() const { return error_; }

  private:
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    explicit LineReader(std::FILE* file) : file_(file) {}

    std::unique_ptr<std::FILE, Close> file_;
    std::size_t offset_ = 0;
    bool whole_ = true;
    std::string error_;
};

}  // namespace magscan::tools::batch
