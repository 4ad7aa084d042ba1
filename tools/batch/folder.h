// The output folder of a batch: made, claimed for one run at a time, and told what may be in it.
#pragma once

#include <string>

#include "tools/batch/problem.h"

namespace magscan::tools::batch {

class OutFolder {
  public:
    // Makes it where it is missing. A problem where another run works in it.
    static Expected<OutFolder> claim(const std::string& path);
    ~OutFolder();
    OutFolder(OutFolder&& other) noexcept;
    OutFolder& operator=(OutFolder&&) = delete;

    const std::string& path() const { return path_; }
    bool is_empty() const;
    bool has(const char* file) const;
    // Removes what a batch has written there, and nothing else.
    Expected<> clear() const;

  private:
    OutFolder(std::string path, int fd) : path_(std::move(path)), fd_(fd) {}
    std::string path_;
    int fd_;
};

}  // namespace magscan::tools::batch
