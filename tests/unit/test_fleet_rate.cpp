#include <catch2/catch.hpp>

#include "tools/queue/rate.h"

using magscan::tools::queue::Rate;
using namespace std::chrono_literals;

TEST_CASE("a rate is of the time since the beginning, and then of the last minute", "[fleet]") {
    const auto begin = Rate::Clock::now();
    Rate rate;
    for (int i = 1; i <= 20; ++i) rate.add(begin + i * 1s);
    CHECK(rate.per_second(begin + 20s) == Approx(1).epsilon(0.01));
    CHECK(rate.per_second(begin + 40s) == Approx(0.5).epsilon(0.01));
    CHECK(rate.per_second(begin + 75s) == Approx(6.0 / 60).epsilon(0.01));
    CHECK(rate.per_second(begin + 200s) == 0);
}
