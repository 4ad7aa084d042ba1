#include "parser/serving.h"

#include <catch2/catch.hpp>

using namespace magscan::parser;

namespace {

Serving serving_in(const std::string& text) {
    const Block block = block_of(text);
    return serving_of({mark_up(block)}).value_or(Serving{});
}

}  // namespace

TEST_CASE("a count in words and digits is one count", "[serving]") {
    for (const char* text :
         {"Take two (2) tablets daily", "Take 2 (two) tablets daily", "Serving size: two (2) tablets"}) {
        INFO(text);
        CHECK(serving_in(text).units == 2.0);
        CHECK(serving_in(text).unit == "tablet");
    }
    CHECK_FALSE(serving_in("60 (2) tablets").units == 60.0);
}

TEST_CASE("the measure beside a weight or a volume", "[serving]") {
    CHECK(serving_in("Serving size: 32.5 g (about 1 scoop)").units == 1.0);
    CHECK(serving_in("Serving size: 32.5 g (about 1 scoop)").unit == "scoop");
    CHECK(serving_in("Serving size: 40 drops (1 mL)").units == 40.0);
    CHECK(serving_in("Serving size: 40 drops (1 mL)").unit == "drop");
    const Serving ounce = serving_in("Serving size: 1 fluid ounce (30 ml)");
    CHECK(ounce.units == 30.0);
    CHECK(ounce.unit == "ml");
}

TEST_CASE("what stands behind the dose may name it", "[serving]") {
    CHECK(serving_in("2-tablet serving").units == 2.0);
    CHECK_FALSE(serving_in("60 servings").units);
    CHECK(serving_in("Elementair 150 mg / 3 tabletten").units == 3.0);
}

TEST_CASE("a unit without a number is one, where nothing else is said", "[serving]") {
    CHECK(serving_in("% NRV pro Kapsel").units == 1.0);
    CHECK(serving_in("Amount per tablet").units == 1.0);
    CHECK_FALSE(serving_in("60 mg per capsule").units);
    CHECK_FALSE(serving_in("60 mg magnesium per capsule").units);
    CHECK(serving_in("Amount per capsule\nServing size: 3 capsules").units == 3.0);
    CHECK_FALSE(serving_in("Magnesio en cápsulas").units);
    // A range in the directions says more than a price per unit.
    CHECK_FALSE(serving_in("100 mg par gélule\nPrendre 2 à 3 gélules par jour").units);
}

TEST_CASE("a pack divided by its servings", "[serving]") {
    CHECK(serving_in("90 capsules\nServings per container: 30").units == 3.0);
    CHECK_FALSE(serving_in("90 capsules\nServings per container: 40").units);
    CHECK_FALSE(serving_in("90 capsules\n60 capsules\nServings per container: 30").units);
    CHECK_FALSE(serving_in("90 capsules").units);
    CHECK(serving_in("90 capsules\nServings per container: 30\nTake 2 capsules daily").units == 2.0);
}
