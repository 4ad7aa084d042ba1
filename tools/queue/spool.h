// Pictures that came through the broker or over HTTP, as files for the readers, until they are read.
#pragma once

#include <cstdint>
#include <string>

#include "tools/batch/problem.h"

namespace magscan::tools::queue {

// A folder of this process alone below $TMPDIR or /tmp; removed with the object. What processes that were killed have
// left there is removed when a new one is made. Several threads may use it at once for different tickets.
class Spool {
  public:
    static batch::Expected<Spool> make();
    ~Spool();
    Spool(Spool&& other) noexcept;
    Spool& operator=(Spool&&) = delete;

    // The file's path: its last component is that of `name`, because it is shown in reports.
    batch::Expected<std::string> add(std::uint64_t ticket, std::size_t photo, const std::string& name,
                                     const std::string& bytes) const;
    void remove(std::uint64_t ticket) const;

  private:
    Spool(std::string folder, int lock) : folder_(std::move(folder)), lock_(lock) {}
    std::string folder_;
    int lock_;
};

}  // namespace magscan::tools::queue
