#include "parser/products.h"

#include <catch2/catch.hpp>

#include "calc/assess.h"

using namespace magscan;

namespace {

ocr::Polygon box(float left, float top, float width, float height = 20) {
    return {{left, top}, {left + width, top}, {left + width, top + height}, {left, top + height}};
}

parser::Statement claim(parser::Place place, double mg, const ocr::Polygon& where) {
    parser::Statement s;
    s.place = place;
    s.amount = parser::Amount{mg, 1, "mg", false};
    s.tied_to_product_name = place == parser::Place::kFront;
    s.evidence = {{0, "Magnesium", 0.95, where}};
    return s;
}

const auto kPanel = parser::Place::kPanel;
const auto kFront = parser::Place::kFront;

}  // namespace

TEST_CASE("two panels apart with other amounts are two products", "[products]") {
    const std::vector<ocr::Polygon> titles = {box(0, 0, 300), box(900, 0, 300)};
    const auto at = [](double a, double b) {
        return std::vector{claim(kPanel, a, box(0, 200, 300)), claim(kPanel, b, box(900, 200, 300))};
    };
    const auto warning = parser::several_products(at(200, 135), titles);
    REQUIRE(warning);
    CHECK(warning->code == "several_products");
    CHECK_FALSE(parser::several_products(at(200, 200), titles));
    CHECK_FALSE(parser::several_products(at(100, 200), titles));                             // one and two capsules
    CHECK_FALSE(parser::several_products(at(200, 135), {titles.front()}));                   // one panel
    CHECK_FALSE(parser::several_products(at(200, 135), {box(0, 0, 300), box(0, 30, 300)}));  // a title in two languages
    CHECK_FALSE(parser::several_products(at(200, 135), {box(0, 0, 300), box(900, 0, 300, 60)}));
}

TEST_CASE("two fronts side by side are two products, lines of one front are not", "[products]") {
    CHECK(parser::several_products({claim(kFront, 500, box(0, 300, 200)), claim(kFront, 135, box(600, 320, 200))}, {}));
    CHECK_FALSE(
        parser::several_products({claim(kFront, 500, box(0, 300, 200)), claim(kFront, 135, box(0, 360, 200))}, {}));
    CHECK_FALSE(parser::several_products({}, {}));
}

TEST_CASE("which of several products a figure is of stays open", "[products]") {
    parser::Label label;
    label.names_magnesium = true;
    label.statements = {claim(kPanel, 200, box(0, 200, 300)), claim(kPanel, 135, box(900, 200, 300))};
    label.statements.front().percent = 48;
    CHECK(calc::assess(label).status == calc::Status::kStated);
    label.warnings = {{"several_products", "..."}};
    const auto a = calc::assess(label);
    CHECK(a.status == calc::Status::kEstimated);
    CHECK_FALSE(a.per_serving->value);
    CHECK(a.per_serving->low <= 135);
    CHECK(a.per_serving->high >= 200);
    CHECK(a.confidence < 0.8);
}
