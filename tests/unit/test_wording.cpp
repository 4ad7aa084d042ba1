#include "calc/wording.h"

#include <catch2/catch.hpp>

using magscan::calc::listed;

TEST_CASE("Lists in words", "[wording]") {
    CHECK(listed({}).empty());
    CHECK(listed({"a"}) == "a");
    CHECK(listed({"a", "b"}) == "a and b");
    CHECK(listed({}, "or").empty());
    CHECK(listed({"a"}, "or") == "a");
    CHECK(listed({"a", "b", "c"}, "or") == "a, b or c");
}
