#include <catch2/catch.hpp>

#include "tools/service/url.h"

using magscan::service::parse_target;

TEST_CASE("path and query are decoded", "[url]") {
    const auto target = parse_target("/v1/a%20b/%C3%A9?name=x+y%26z&empty=&flag");
    REQUIRE(target);
    CHECK(target->path == "/v1/a b/\xC3\xA9");
    CHECK(target->query == std::map<std::string, std::string>{{"name", "x y&z"}, {"empty", ""}, {"flag", ""}});
    CHECK(parse_target("/?")->query.empty());
    CHECK(parse_target("/a+b")->path == "/a+b");
}

TEST_CASE("a target that is none is refused", "[url]") {
    for (const char* wrong :
         {"", "v1", "http://a/", "*", "/%", "/%4", "/%zz", "/%00", "/%0a", "/a?b=%1", "/?a=1&a=2"}) {
        CAPTURE(wrong);
        CHECK_FALSE(parse_target(wrong));
    }
}
