#include "parser/item_context.h"

#include <catch2/catch.hpp>

using namespace magscan::parser;

namespace {

// The first item of a text, and the first mass in it as its amount.
struct Case {
    explicit Case(const std::string& text)
        : block(block_of(text)), markup(mark_up(block)), items(find_items(markup, sections_of(markup, {}))) {}

    ItemContext context() const {
        return {markup, items.front(), markup.find_quantity(Quantity::Kind::kMass, 0, markup.tokens.size())};
    }

    Block block;
    Markup markup;
    std::vector<Item> items;
};

}  // namespace

TEST_CASE("the element is meant where the word stands with the name or right behind the amount", "[item_context]") {
    CHECK(Case("Elemental magnesium 200 mg").context().elemental_near_head());
    CHECK_FALSE(Case("Magnesium 200 mg").context().elemental_near_head());
    CHECK(Case("Magnesium 200 mg elementar").context().elemental_behind_amount());
    CHECK_FALSE(Case("Magnesium 200 mg\nElemental").context().elemental_behind_amount());
}

TEST_CASE("an amount behind words of a product's name is part of it", "[item_context]") {
    CHECK(Case("Magnesium Gummies 330 mg").context().tied_to_product_name());
    CHECK(Case("Calcium & Magnesium 1000 mg").context().tied_to_product_name());
    CHECK_FALSE(Case("Magnesium (as citrate) 200 mg").context().tied_to_product_name());
}

TEST_CASE("sums are told", "[item_context]") {
    CHECK(Case("Total magnesium 200 mg").context().is_total());
    CHECK_FALSE(Case("Magnesium 200 mg").context().is_total());
}

TEST_CASE("what the amount counts is told by the words with it", "[item_context]") {
    CHECK(Case("Magnesium 100 mg per capsule").context().per() == Per::kUnit);
    CHECK(Case("Each tablet delivers 133 mg of magnesium").context().per() == Per::kUnit);
    CHECK(Case("Magnesium 300 mg per serving").context().per() == Per::kServing);
    CHECK(Case("Magnesium 300 mg pro Tag").context().per() == Per::kDay);
    CHECK(Case("Magnesium 300 mg/Tag").context().per() == Per::kDay);
    CHECK(Case("Magnesium 300 mg").context().per() == Per::kUnknown);
}

TEST_CASE("a remark in brackets behind the amount says that the element is meant", "[item_context]") {
    CHECK(Case("Magnesium citrate 100 mg (elemental magnesium)").context().elemental_behind_amount());
    CHECK(Case("Citrato de magnesio 100 mg (magnesio elemental)").context().elemental_behind_amount());
    CHECK_FALSE(Case("Magnesium citrate 1000 mg (160 mg elemental magnesium)").context().elemental_behind_amount());
    CHECK_FALSE(Case("Magnesium citrate 1000 mg (not elemental magnesium)").context().elemental_behind_amount());
}

TEST_CASE("a sentence about the daily value states no amount of the product", "[item_context]") {
    CHECK(Case("The reference value for magnesium is 375 mg").context().states_daily_value());
    CHECK_FALSE(Case("% NRV Magnesium 375 mg").context().states_daily_value());
    CHECK_FALSE(
        Case("Each tablet provides magnesium 375 mg, 100 % of the reference value").context().states_daily_value());
}
