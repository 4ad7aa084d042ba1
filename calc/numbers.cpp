#include "calc/numbers.h"

#include <array>
#include <charconv>
#include <cmath>

namespace magscan::calc {

std::string number(double value) {
    std::array<char, 352> text{};  // the largest double has 309 digits
    const bool whole = std::abs(value) >= 1000 || std::abs(value - std::round(value)) < 0.05;
    const auto end =
        std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed, whole ? 0 : 1).ptr;
    return std::string(text.data(), end);
}

}  // namespace magscan::calc
