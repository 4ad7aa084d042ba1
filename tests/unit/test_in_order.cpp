#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <latch>
#include <stdexcept>
#include <thread>
#include <vector>

#include "tools/in_order.h"

using magscan::tools::in_order;

TEST_CASE("what is made side by side is taken in order") {
    std::latch second_is_made(1);
    std::vector<std::size_t> taken;
    in_order(
        9, 2,
        [&](std::size_t i) {
            if (i == 0) second_is_made.wait();  // for ever, if one were made after the other
            if (i == 1) second_is_made.count_down();
            return 10 * i;
        },
        [&](std::size_t i, std::size_t made) {
            CHECK(made == 10 * i);
            taken.push_back(i);
            return true;
        });
    CHECK(taken == std::vector<std::size_t>{0, 1, 2, 3, 4, 5, 6, 7, 8});
}

TEST_CASE("what is made waits for its turn in bounds") {
    std::atomic<int> begun{0};
    int taken = 0, most = 0;
    in_order(
        100, 3, [&](std::size_t) { return ++begun; },
        [&](std::size_t, int) {
            if (taken == 0) std::this_thread::sleep_for(std::chrono::milliseconds(50));  // the others run ahead
            ++taken;
            most = std::max(most, begun - taken);
            return true;
        });
    CHECK(taken == 100);
    CHECK(most <= 2 * 3);
}

TEST_CASE("none is begun once one was not taken") {
    std::atomic<int> begun{0};
    std::vector<std::size_t> offered;
    in_order(
        1000, 2, [&](std::size_t) { return ++begun; },
        [&](std::size_t i, int) {
            offered.push_back(i);
            return i < 4;
        });
    CHECK(offered == std::vector<std::size_t>{0, 1, 2, 3, 4});
    CHECK(begun <= 5 + 2 * 2);
}

TEST_CASE("a failure comes when its turn does") {
    std::vector<std::size_t> taken;
    const auto make = [](std::size_t i) {
        if (i == 3) throw std::runtime_error("the fourth");
        return i;
    };
    const auto take = [&](std::size_t i, std::size_t) {
        taken.push_back(i);
        return true;
    };
    CHECK_THROWS_WITH(in_order(50, 4, make, take), "the fourth");
    CHECK(taken == std::vector<std::size_t>{0, 1, 2});
}

TEST_CASE("of nothing, nothing is made") {
    bool called = false;
    const auto make = [&](std::size_t) { return called = true; };
    in_order(0, 2, make, [&](std::size_t, bool) { return called = true; });
    CHECK_FALSE(called);
}
