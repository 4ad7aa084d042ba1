#include "ocr/page.h"

#include <algorithm>

namespace magscan::ocr {

std::string text_of(const Line& line) {
    std::string out;
    for (const Word& word : line.words) out += (out.empty() ? "" : " ") + word.text;
    return out;
}

bool holds_digit(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace magscan::ocr
