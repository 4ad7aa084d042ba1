// What the program prints: answers on stdout, errors on stderr, one line each.
#pragma once

#include <string>
#include <string_view>

namespace magscan::tools {

// "magscan: WHAT" on stderr, in one line whatever the text holds.
void print_error(std::string_view what);

// "magscan: FILE: WHAT"
void print_error(std::string_view file, std::string_view what);

// Writes to stdout and flushes. False, after an error line, where it can't be written (full disk, closed pipe).
bool print_answer(std::string_view text);

// "3/20 name" on stderr, where that is a terminal.
void print_progress(std::size_t number, std::size_t count, std::string_view name);

}  // namespace magscan::tools
