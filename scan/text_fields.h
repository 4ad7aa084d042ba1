// Answers for people: lines of "Name        text", wrapped to the width of a terminal.
#pragma once

#include <string>
#include <string_view>

namespace magscan::scan {

inline constexpr std::size_t kTextWidth = 100;  // letters a line
inline constexpr std::size_t kFieldWidth = 12;  // of a name and the space behind it

// Breaks a text at spaces into lines of kTextWidth letters, the first behind `first`, those after it behind `indent`.
void add_wrapped(std::string& out, const std::string& first, const std::string& indent, std::string_view text);

// A line of a name and its text; without a name, a further line of the one before.
void add_field(std::string& out, std::string_view name, std::string_view text);

}  // namespace magscan::scan
