// A process that is talked to in lines.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>
#include <tl/expected.hpp>
#include <vector>

namespace magscan::tools::batch {

// Its standard input and output are pipes to this one, its standard error is this process's. SIGINT, SIGTERM
// and SIGHUP do not reach it. Ended with the object.
class Child {
  public:
    struct Answer {
        enum class Kind { kLine, kEnded, kLate } kind = Kind::kEnded;
        std::string line;
    };
    struct End {
        int code = 0;    // exit code, where it ended by itself
        int signal = 0;  // what ended it, or 0
    };

    // The error is a sentence.
    static tl::expected<Child, std::string> start(const std::string& executable, std::vector<std::string> arguments);
    ~Child();
    Child(Child&& other) noexcept;
    Child& operator=(Child&& other) noexcept;

    // False where it does not read any more.
    bool write_line(std::string line);
    // The next line that it writes, if it comes within the limit.
    Answer read_line(std::chrono::milliseconds limit);
    // Ends it where it still runs, and says how it ended.
    End stop();

  private:
    Child(pid_t pid, int to, int from) : pid_(pid), to_(to), from_(from) {}

    pid_t pid_;
    int to_, from_;
    std::string rest_;  // read, but behind the last line
};

}  // namespace magscan::tools::batch
