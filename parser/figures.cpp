#include "parser/figures.h"

#include <array>
#include <charconv>

namespace magscan::parser {
namespace {

std::string written(double value, std::chars_format format, int digits) {
    std::array<char, 352> buffer{};  // the largest double has 309 digits
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, format, digits).ptr;
    return {buffer.data(), end};
}

}  // namespace

std::string fixed(double value, int digits) {
    return written(value, std::chars_format::fixed, digits);
}

std::string significant(double value, int digits) {
    return written(value, std::chars_format::general, digits);
}

}  // namespace magscan::parser
