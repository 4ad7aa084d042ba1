#include "parser/item_context.h"

#include <catch2/catch.hpp>

#include "calc/assess.h"
#include "parser/label_parser.h"

using namespace magscan;
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

TEST_CASE("a percentage of the element is its share of the weight", "[item]") {
    for (const char* text :
         {"Magnesium citrate 500 mg yields 16% elemental magnesium", "Magnesium Citrate (16% elemental) 500 mg",
          "Magnesium Citrate 500 mg (16% elemental magnesium)"}) {
        INFO(text);
        const auto label = parser::parse_text(text);
        REQUIRE(label.statements.size() == 1);
        const parser::Statement& s = label.statements.front();
        CHECK(s.content_percent == 16.0);
        CHECK_FALSE(s.percent);
        CHECK_FALSE(s.says_elemental);
        const auto a = calc::assess(label);
        REQUIRE(a.per_serving);
        CHECK(a.per_serving->value == 80.0);
        CHECK(a.status == calc::Status::kEstimated);
    }
    // An amount on another line is not the element's for it.
    CHECK_FALSE(calc::assess(parser::parse_text("Magnesium oxide 60% elemental\n400 mg tablets")).status ==
                calc::Status::kStated);
    const auto own = calc::assess(parser::parse_text("Magnesium bisglycinate 1000 mg\nElemental magnesium: 14.1%"));
    REQUIRE(own.per_serving);
    CHECK(own.per_serving->low == 100.0);
    CHECK(own.per_serving->high > 140.0);
}

TEST_CASE("a percentage beside the element's amount is one of a daily value", "[item]") {
    for (const char* text : {"Elemental Magnesium 100 mg 24%", "Magnesium (elemental) 100 mg 24%",
                             "Magnesium 24% elemental 100 mg", "Magnesium 100 mg 24% DV elemental"}) {
        INFO(text);
        const auto label = parser::parse_text(text);
        REQUIRE(label.statements.size() == 1);
        CHECK_FALSE(label.statements.front().content_percent);
        CHECK(label.statements.front().percent == 24.0);
    }
}

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
