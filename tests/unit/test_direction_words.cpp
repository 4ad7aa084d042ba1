#include "parser/direction_words.h"

#include <catch2/catch.hpp>

using namespace magscan::parser;

TEST_CASE("direction words are found, the longest phrase first", "[direction_words]") {
    const auto words = find_direction_words(tokenise("Take up to 2 with each meal"));
    REQUIRE(words.size() == 3);
    CHECK(words[0].role == DirectionRole::kTake);
    CHECK(words[1].role == DirectionRole::kUpTo);
    CHECK(words[2].role == DirectionRole::kMeals);
    CHECK(words[2].last - words[2].first == 2);
}

TEST_CASE("a word may have several roles, and is never repaired", "[direction_words]") {
    CHECK(has_direction_role("je", DirectionRole::kServingOf));
    CHECK(has_direction_role("chaque", DirectionRole::kEach));
    CHECK_FALSE(has_direction_role("chaques", DirectionRole::kEach));
    CHECK(multiple_word("zweimal") == 2.0);
    CHECK_FALSE(multiple_word("mal"));
}
