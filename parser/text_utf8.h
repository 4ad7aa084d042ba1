// UTF-8, one code point at a time. Broken bytes give U+FFFD and are passed over one by one.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace magscan::parser {

constexpr char32_t kBrokenByte = 0xFFFD;

// The code point at `at`, which moves behind it. `at` must lie inside the text.
char32_t next_code_point(std::string_view text, std::size_t& at);

void append_code_point(std::string& text, char32_t c);

}  // namespace magscan::parser
