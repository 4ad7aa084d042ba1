// Files that a batch writes so that a death at any moment leaves nothing half-written behind.
#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "tools/batch/problem.h"

namespace magscan::tools::batch {

// A file that is there as a whole or not at all: written under another name beside its place and moved there at the
// end. One that is not committed is removed.
class WholeFile {
  public:
    static Expected<WholeFile> create(const std::string& path);
    ~WholeFile();
    WholeFile(WholeFile&& other) noexcept = default;
    WholeFile& operator=(WholeFile&&) = delete;

    void write(std::string_view text);  // errors show at commit(), and in failed()
    bool failed() const { return error_ != 0; }
    Expected<> commit();

  private:
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    WholeFile(std::string path, std::FILE* file) : path_(std::move(path)), file_(file) {}
    std::string part() const;

    std::string path_;
    std::unique_ptr<std::FILE, Close> file_;
    int error_ = 0;
};

// A file that grows by whole lines. Not thread-safe.
class LineFile {
  public:
    // Opens it for appending; a new one is made where there is none.
    static Expected<LineFile> open(const std::string& path);
    ~LineFile();
    LineFile(LineFile&& other) noexcept;
    LineFile& operator=(LineFile&&) = delete;

    // The line and a line break reach the file together or, where the disk is full, not at all.
    Expected<> append(std::string line);
    // Brings what was appended to the disk, so that it outlives a power failure.
    Expected<> sync();

  private:
    LineFile(std::string path, int fd) : path_(std::move(path)), fd_(fd) {}

    std::string path_;
    int fd_;
    bool dirty_ = false;
};

}  // namespace magscan::tools::batch
