#include "scan/cores.h"

#include <sched.h>

#include <catch2/catch.hpp>
#include <thread>

using namespace magscan;

TEST_CASE("a quota of processor time is worth so many cores", "[cores]") {
    CHECK(scan::cores_of_quota("200000 100000") == 2);
    CHECK(scan::cores_of_quota("150000 100000\n") == 2);
    CHECK(scan::cores_of_quota("10000 100000") == 1);
    CHECK(scan::cores_of_quota("max 100000") == 0);
    for (const char* text : {"", "x", "100000", "0 0", "-1 100000", "100000 -1"})
        CHECK(scan::cores_of_quota(text) == 0);
}

TEST_CASE("a thread bound to one core has one", "[cores]") {
    CHECK(scan::usable_cores() >= 1);
    std::thread([] {
        cpu_set_t all, one;
        REQUIRE(sched_getaffinity(0, sizeof all, &all) == 0);
        CPU_ZERO(&one);
        int first = 0;
        while (!CPU_ISSET(first, &all)) ++first;
        CPU_SET(first, &one);
        REQUIRE(sched_setaffinity(0, sizeof one, &one) == 0);
        CHECK(scan::usable_cores() == 1);
    }).join();
}
