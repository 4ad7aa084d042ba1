#include <catch2/catch.hpp>

#include "tools/service/memory_budget.h"
#include "tools/service/rate_limit.h"

using namespace magscan::service;
using namespace std::chrono_literals;

TEST_CASE("a bucket gives what a quarter of a minute brings at once, then as fast as it fills", "[rate_limit]") {
    RateLimit limit;
    const RateLimit::Clock::time_point start{};
    for (int i = 0; i < 15; ++i) CHECK(limit.take("a", 60, start) == 0);
    CHECK(limit.take("a", 60, start) == 1);
    CHECK(limit.take("b", 60, start) == 0);  // each has its own
    CHECK(limit.take("a", 60, start + 999ms) == 1);
    CHECK(limit.take("a", 60, start + 1s) == 0);
    CHECK(limit.take("a", 60, start + 1s) == 1);
    for (int i = 0; i < 15; ++i) CHECK(limit.take("a", 60, start + 1h) == 0);  // and no more than full
    CHECK(limit.take("a", 60, start + 1h) == 1);
}

TEST_CASE("a slow rate gives one at once and tells how long to wait", "[rate_limit]") {
    RateLimit limit;
    const RateLimit::Clock::time_point start{};
    CHECK(limit.take("a", 0.5, start) == 0);
    CHECK(limit.take("a", 0.5, start) == 120);
    CHECK(limit.take("a", 0.5, start + 60s) == 60);
    CHECK(limit.take("a", 0.5, start + 120s) == 0);
}

TEST_CASE("a budget is never exceeded and leases give theirs back", "[memory_budget]") {
    MemoryBudget budget(100);
    {
        Lease a(budget), b(budget);
        CHECK(a.grow_to(60));
        CHECK_FALSE(b.grow_to(41));
        CHECK(b.grow_to(40));
        CHECK(a.grow_to(10));  // smaller is no growth
        CHECK(budget.used() == 100);
        Lease moved = std::move(a);
        CHECK_FALSE(b.grow_to(41));
        CHECK(budget.used() == 100);
    }
    CHECK(budget.used() == 0);
}
