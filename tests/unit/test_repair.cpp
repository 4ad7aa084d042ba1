#include "calc/repair.h"

#include <catch2/catch.hpp>

#include "calc/assess.h"

using namespace magscan;

namespace {

// A photographed row "Magnesium <amount> mg <percent> %".
parser::Statement row(const std::string& amount, const std::string& percent) {
    parser::Statement s;
    s.place = parser::Place::kPanel;
    s.amount = parser::Amount{std::stod(amount), 1, amount + " mg", false};
    s.amount_reading = parser::Reading{amount, {}};
    s.percent = std::stod(percent);
    s.percent_reading = parser::Reading{percent, {}};
    s.amount_confidence = 0.9;
    s.evidence = {{0, "Magnesium", 0.9, {{0, 0}, {100, 0}, {100, 20}, {0, 20}}}};
    return s;
}

std::optional<calc::Repair> repaired(const parser::Statement& s) {
    return calc::repair(s, {s}, parser::Jurisdiction::kUs);
}

calc::Assessment assessed(std::vector<parser::Statement> statements) {
    parser::Label label;
    label.names_magnesium = true;
    label.jurisdiction = parser::Jurisdiction::kUs;
    label.statements = std::move(statements);
    return calc::assess(label);
}

}  // namespace

TEST_CASE("one misread digit of the amount is repaired by its percentage", "[repair]") {
    const auto repair = repaired(row("260", "48"));
    REQUIRE(repair);
    CHECK(repair->statement.amount->mg == 200);
    CHECK(repair->digit);
    CHECK(repair->check.result == calc::CheckResult::kCorrected);
    CHECK(repair->check.detail.find("260 mg") != std::string::npos);
    CHECK(repair->check.detail.find("200 mg") != std::string::npos);
}

TEST_CASE("figures that agree are left alone", "[repair]") {
    CHECK_FALSE(repaired(row("200", "48")));
    CHECK_FALSE(repaired(row("400", "95")));
}

TEST_CASE("a misread percentage leaves the amount as it is", "[repair]") {
    const auto repair = repaired(row("200", "98"));
    REQUIRE(repair);
    CHECK(repair->statement.amount->mg == 200);
    CHECK(repair->statement.percent == 48.0);
}

TEST_CASE("no repair where two are possible, none is plausible, or more than one digit differs", "[repair]") {
    CHECK_FALSE(repaired(row("100", "34")));  // 140 mg by one digit; 24 % is as near
    CHECK_FALSE(repaired(row("200", "49")));  // 206 mg, or 48 %
    CHECK_FALSE(repaired(row("777", "48")));
    CHECK_FALSE(repaired(row("230", "48")));  // nobody takes a 0 for a 3
}

TEST_CASE("an amount that stands elsewhere too is not misread", "[repair]") {
    const auto one = row("260", "48");
    CHECK_FALSE(calc::repair(one, {one, one}, parser::Jurisdiction::kUs));
}

TEST_CASE("where the amount may be the compound's, or is no photograph's, nothing is repaired", "[repair]") {
    auto compound = row("460", "48");
    CHECK_FALSE(repaired(compound));
    auto text = row("260", "48");
    text.evidence.front().polygon.clear();
    CHECK_FALSE(repaired(text));
    auto salt = row("260", "48");
    salt.subject = parser::Subject::kCompound;
    CHECK_FALSE(repaired(salt));
}

TEST_CASE("the recogniser's other reading counts as a plausible slip", "[repair]") {
    auto s = row("230", "48");
    s.amount_reading->alternatives = {"200"};
    const auto repair = repaired(s);
    REQUIRE(repair);
    CHECK(repair->statement.amount->mg == 200);
}

TEST_CASE("a percentage sign that was taken for digits", "[repair]") {
    auto s = row("200", "4896");
    s.percent.reset();
    const auto repair = repaired(s);
    REQUIRE(repair);
    CHECK(repair->statement.percent == 48.0);
    CHECK_FALSE(repair->digit);
    // With a sign of its own the 9 is a digit too many, and the figure less sure. A lost zero of the amount would look
    // like a zero too many of the percentage.
    const auto digit = repaired(row("200", "489"));
    REQUIRE(digit);
    CHECK(digit->statement.percent == 48.0);
    CHECK(digit->digit);
    auto other = row("300", "4896");
    other.percent.reset();
    CHECK_FALSE(repaired(other));
}

TEST_CASE("a repaired figure stays below certainty until another place prints it", "[repair]") {
    const auto alone = assessed({row("260", "48")});
    CHECK(alone.per_serving->value == 200.0);
    CHECK(alone.confidence < 0.8);
    auto front = row("200", "48");
    front.percent.reset();
    front.percent_reading.reset();
    front.evidence.front().polygon = {{0, 300}, {100, 300}, {100, 320}, {0, 320}};
    const auto both = assessed({row("260", "48"), front});
    CHECK(both.per_serving->value == 200.0);
    CHECK(both.score > 0.9);
    CHECK(both.confidence >= 0.8);
}
