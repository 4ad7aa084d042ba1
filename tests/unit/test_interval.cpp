#include "calc/interval.h"

#include <catch2/catch.hpp>

using namespace magscan;

TEST_CASE("a range scaled by two factors loses its best figure", "[interval]") {
    const auto same = calc::scaled({10.0, 8, 12}, 2, 2);
    CHECK(same.value == 20.0);
    const auto spread = calc::scaled({10.0, 8, 12}, 1, 3);
    CHECK_FALSE(spread.value);
    CHECK(spread.low == 8);
    CHECK(spread.high == 36);
}
