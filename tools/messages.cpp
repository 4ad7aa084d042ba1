#include "tools/messages.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "scan/wording.h"

namespace magscan::tools {

void print_error(std::string_view what) {
    const std::string line = "magscan: " + scan::printable(what) + "\n";
    std::fwrite(line.data(), 1, line.size(), stderr);
}

void print_error(std::string_view file, std::string_view what) {
    print_error(std::string(file) + ": " + std::string(what));
}

bool print_answer(std::string_view text) {
    const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
    if (written && std::fflush(stdout) == 0) return true;
    const int reason = errno;
    print_error(std::string("the answer can't be written: ") + std::strerror(reason) +
                ". Check the disk or the program that reads the output");
    return false;
}

void print_progress(std::size_t number, std::size_t count, std::string_view name) {
    if (isatty(STDERR_FILENO) == 0) return;
    const std::string line = std::to_string(number) + "/" + std::to_string(count) + " " + scan::printable(name) + "\n";
    std::fwrite(line.data(), 1, line.size(), stderr);
}

}  // namespace magscan::tools
