#include <array>
#include <catch2/catch.hpp>
#include <clocale>
#include <cstdio>
#include <string>

#include "parser/figures.h"

using namespace magscan;

namespace {

std::string printed(const char* format, int digits, double value) {
    std::array<char, 400> buffer{};
    std::snprintf(buffer.data(), buffer.size(), format, digits, value);
    return buffer.data();
}

}  // namespace

TEST_CASE("numbers are written as printf does where the decimal mark is a point", "[figures]") {
    REQUIRE(std::string(std::localeconv()->decimal_point) == ".");
    for (const double value : {0.0, 1.0, -2.5, 0.125, 81.9, 47.619047, 1e-7, 123456789.0, 999999.5, 1e300, 200.0}) {
        for (const int digits : {0, 1, 2, 6, 10}) {
            INFO(value << ", " << digits);
            CHECK(parser::fixed(value, digits) == printed("%.*f", digits, value));
            CHECK(parser::significant(value, digits) == printed("%.*g", digits, value));
        }
    }
}
