#include "calc/columns.h"

#include <catch2/catch.hpp>

#include "calc/assess.h"
#include "parser/label_parser.h"

using namespace magscan;
using parser::Heading;
using parser::Per;

namespace {

Heading per(Per what, std::optional<double> units = std::nullopt, const std::string& unit = "") {
    Heading heading;
    heading.per = what;
    heading.units = units;
    heading.unit = unit;
    return heading;
}

parser::Statement row(const std::vector<std::pair<double, Heading>>& columns, std::optional<double> percent = {}) {
    parser::Statement s;
    s.place = parser::Place::kPanel;
    s.percent = percent;
    for (const auto& [mg, heading] : columns) {
        const parser::Amount amount{mg, 1, std::to_string(static_cast<int>(mg)) + " mg", false};
        if (!s.amount) {
            s.amount = amount;
            s.heading = heading;
        } else {
            s.other_columns.push_back({amount, std::nullopt, heading});
        }
    }
    return s;
}

calc::ColumnChoice choose(const parser::Statement& s, const std::optional<parser::Serving>& serving = {}) {
    return calc::choose_column(s, serving, parser::Jurisdiction::kUnknown);
}

}  // namespace

TEST_CASE("the serving's column is taken before those per 100 g, day and unit", "[columns]") {
    const auto hundred = choose(row({{300, per(Per::k100g)}, {90, per(Per::kServing)}}));
    CHECK(hundred.settled);
    CHECK(hundred.statement.amount->mg == 90);
    CHECK(hundred.statement.per == Per::kServing);
    REQUIRE(hundred.statement.other_columns.size() == 1);
    CHECK(hundred.statement.other_columns.front().heading.per == Per::k100g);
    REQUIRE(hundred.check);
    CHECK(hundred.check->detail.find("90 mg") < hundred.check->detail.find("300 mg"));

    CHECK(choose(row({{100, per(Per::kUnit, 1, "capsule")}, {200, per(Per::kDay)}})).statement.amount->mg == 200);
    CHECK(choose(row({{300, per(Per::k100g)}, {90, Heading{}}})).statement.amount->mg == 90);
    CHECK(choose(row({{300, Heading{}}, {90, per(Per::kServing)}})).statement.amount->mg == 90);
}

TEST_CASE("of columns for several doses the label's serving size picks one, else the smallest", "[columns]") {
    const auto doses = row({{65, per(Per::kUnknown, 2, "scoop")}, {32.5, per(Per::kUnknown, 1, "scoop")}});
    CHECK(choose(doses).statement.amount->mg == 32.5);
    parser::Serving two;
    two.units = 2;
    two.unit = "scoop";
    CHECK(choose(doses, two).statement.amount->mg == 65);
}

TEST_CASE("adults come before children", "[columns]") {
    Heading adults, children;
    adults.people = parser::People::kAdults;
    children.people = parser::People::kChildren;
    CHECK(choose(row({{80, children}, {160, adults}})).statement.amount->mg == 160);
}

TEST_CASE("without headings the percentage picks, unless the amounts are multiples", "[columns]") {
    CHECK(choose(row({{300, {}}, {90, {}}}, 21)).statement.amount->mg == 90);
    CHECK_FALSE(choose(row({{100, {}}, {200, {}}}, 48)).settled);
    CHECK_FALSE(choose(row({{300, {}}, {90, {}}})).settled);
    CHECK_FALSE(choose(row({{300, {}}, {90, {}}}, 99)).settled);
}

TEST_CASE("a percentage for two scoops proves the amount of one", "[columns]") {
    const auto choice = choose(row({{60, per(Per::kUnknown, 1, "scoop")}, {120, per(Per::kUnknown, 2, "scoop")}}, 29));
    CHECK(choice.statement.amount->mg == 60);
    CHECK_FALSE(choice.statement.percent);
    REQUIRE(choice.proof);
    CHECK(choice.proof->amount.mg == 120);
    CHECK(choice.proof->percent == 29.0);
    const auto odd = choose(row({{50, per(Per::kUnknown, 1, "scoop")}, {120, per(Per::kUnknown, 2, "scoop")}}, 29));
    CHECK_FALSE(odd.settled);
    CHECK_FALSE(odd.proof);
    CHECK_FALSE(choose(row({{60, per(Per::kUnknown, 1, "scoop")}, {120, per(Per::kUnknown, 2, "scoop")}}, 14)).proof);
}

TEST_CASE("a percentage in the column of two scoops proves the amount of one that has none", "[columns]") {
    parser::Statement s = row({{60, per(Per::kUnknown, 1, "scoop")}, {120, per(Per::kUnknown, 2, "scoop")}});
    s.other_columns.front().percent = 29;
    CHECK(choose(s).proof);
    s.percent = 14;
    CHECK_FALSE(choose(s).proof);
}

TEST_CASE("a compound's row is the element where the percentage of another column says so", "[columns]") {
    const std::string scoops = "per 1 scoop | per 2 scoops | %DV\n";
    const auto element = calc::assess(parser::parse_text(scoops + "Magnesium Glycinate | 32.5 mg | 65 mg | 15%"));
    CHECK(element.status == calc::Status::kStated);
    REQUIRE(element.per_serving);
    CHECK(element.per_serving->value == 32.5);
    // So does the row whose bracket was not read to its end.
    const auto open = calc::assess(parser::parse_text(scoops + "Magnesium (as Magnesium Glycinate 32.5 mg 65 mg 15%"));
    CHECK(open.status == calc::Status::kStated);
    CHECK(open.per_serving->value == 32.5);
    // Nothing is proved by one that fits neither amount.
    const auto other = calc::assess(parser::parse_text(scoops + "Magnesium Glycinate | 32.5 mg | 65 mg | 80%"));
    CHECK(other.status == calc::Status::kEstimated);
}

TEST_CASE("a row of which has columns of its own", "[columns]") {
    const std::string table =
        "Nährwerte | pro Kapsel | pro Tagesdosis (3 Kapseln) | % NRV\nMagnesiumcitrat 500 mg 1500 mg\n";
    for (const char* row : {"davon Magnesium 75 mg 225 mg 60 %", "- davon Magnesium | 75 mg | 225 mg | 60 %"}) {
        INFO(row);
        const auto a = calc::assess(parser::parse_text(table + row));
        CHECK(a.status == calc::Status::kStated);
        REQUIRE(a.per_serving);
        CHECK(a.per_serving->value == 225.0);
        CHECK(a.confidence > 0.9);
    }
    // One amount is that of the row above.
    const auto one = parser::parse_text("Magnesiumcitrat 1500 mg\ndavon Magnesium 225 mg (9,3 mmol) 60 %");
    REQUIRE(one.statements.size() == 1);
    CHECK(one.statements.front().inner_element->mg == 225.0);
}

TEST_CASE("the report's figure and serving follow the column", "[columns]") {
    const auto scoops = calc::assess(
        parser::parse_text("per 1 scoop | per 2 scoops | %DV\nMagnesium (as magnesium malate) | 60 mg | 120 mg | 29%"));
    CHECK(scoops.status == calc::Status::kStated);
    CHECK(scoops.per_serving->value == 60.0);
    REQUIRE(scoops.serving);
    CHECK(scoops.serving->units == 1.0);
    CHECK(scoops.serving->unit == "scoop");

    const auto table =
        calc::assess(parser::parse_text("pro 100 g | pro Portion | % NRV\nMagnesium 900 mg | 225 mg | 60 %"));
    CHECK(table.per_serving->value == 225.0);
    CHECK(table.confidence > 0.9);

    const auto open = calc::assess(parser::parse_text("Magnesium 100 mg 200 mg"));
    CHECK(open.status == calc::Status::kEstimated);
    CHECK_FALSE(open.per_serving->value);
    CHECK(open.per_serving->low == 100);
    CHECK(open.per_serving->high == 200);
}

TEST_CASE("headings and a percentage that contradict each other leave the figure open", "[columns]") {
    const auto a = calc::assess(parser::parse_text("per 100 g | per serving\nMagnesium 300 mg 90 mg 80%"));
    CHECK(a.status == calc::Status::kEstimated);
    CHECK_FALSE(a.per_serving->value);
}

TEST_CASE("what is declared per 100 g alone is no serving's", "[columns]") {
    const auto a = calc::assess(parser::parse_text("per 100 g | %\nMagnesium 900 mg"));
    CHECK_FALSE((a.status == calc::Status::kStated && a.per_serving && a.per_serving->value));
}

TEST_CASE("amounts of a unit and of as many units as a serving has agree", "[columns]") {
    const auto a = calc::assess(parser::parse_text("Magnesium 120 mg per capsule / 360 mg per day (3 capsules)"));
    REQUIRE(a.per_serving);
    CHECK(a.per_serving->value == 360.0);
    // Other amounts leave it open.
    const auto b = calc::assess(parser::parse_text("Magnesium 120 mg per capsule / 300 mg per day (3 capsules)"));
    CHECK((!b.per_serving || !b.per_serving->value));
}
