#include "scan/nearest.h"

#include <catch2/catch.hpp>

using magscan::scan::nearest;
using Names = std::vector<std::string>;

TEST_CASE("Misspelled names lead to those that are like them, the likest first", "[nearest]") {
    const Names names = {"oxide", "citrate", "nitrate", "citrate-malate", "US-1", "US-10", "FOP-3"};
    CHECK(nearest("citrte", names) == Names{"citrate", "nitrate"});
    CHECK(nearest("CITRATE", names, 1) == Names{"citrate"});
    CHECK(nearest("us1", names).at(0) == "US-1");
    CHECK(nearest("malate", names) == Names{"citrate-malate"});  // a part of it
    CHECK(nearest("unobtainium", names).empty());
    CHECK(nearest("", names).empty());
    CHECK(nearest(std::string(1000, 'a'), names).empty());
    CHECK(nearest("fop 3", names) == Names{"FOP-3"});
    CHECK(nearest("oxide", {"oxide", "oxide"}) == Names{"oxide"});
}
