#include "calc/basis.h"

#include <catch2/catch.hpp>

using namespace magscan;
using calc::Basis;
using calc::Status;

namespace {

parser::Amount mg(double value) {
    return {value, 1, std::to_string(static_cast<int>(value)) + " mg", false};
}

parser::Statement row(double amount, std::optional<double> percent = std::nullopt) {
    parser::Statement s;
    s.place = parser::Place::kPanel;
    s.amount = mg(amount);
    s.percent = percent;
    return s;
}

parser::Statement compound_row(double amount, const std::string& family, const std::string& compound) {
    parser::Statement s = row(amount);
    s.subject = parser::Subject::kCompound;
    s.forms = {{family, compound, family}};
    return s;
}

const calc::Context kUs{parser::Jurisdiction::kUs, 2.0, "capsule"};
const calc::Context kEu{parser::Jurisdiction::kEu, std::nullopt, std::nullopt};

}  // namespace

TEST_CASE("a mineral row whose percentage agrees is the element", "[basis]") {
    for (const auto& [amount, percent] : {std::pair{200.0, 48.0}, {200.0, 50.0}, {144.0, 34.0}, {45.0, 11.0}}) {
        const auto d = calc::decide(row(amount, percent), kUs);
        CHECK(d.basis == Basis::kElemental);
        CHECK(d.status == Status::kStated);
        CHECK(d.rule == "US-1");
        CHECK(d.percent_agrees);
        CHECK(d.elemental->value == amount);
        CHECK(d.confidence > 0.9);
    }
    CHECK(calc::decide(row(375, 100), kEu).rule == "EU-1");
}

TEST_CASE("a percentage that disagrees makes the figure unsure", "[basis]") {
    const auto d = calc::decide(row(280, 48), kUs);
    CHECK_FALSE(d.percent_agrees);
    CHECK(d.confidence < 0.8);
    CHECK(d.checks.front().result == calc::CheckResult::kFail);
}

TEST_CASE("a percentage that fits the compound's share leaves a mineral row open", "[basis]") {
    auto s = row(420, 60);
    s.forms = {{"oxide", "oxide", "oxide"}};
    const auto d = calc::decide(s, kUs);
    CHECK(d.basis == Basis::kAmbiguous);
    CHECK(d.status == Status::kEstimated);
}

TEST_CASE("compound rows", "[basis]") {
    auto dagger = compound_row(1000, "l-threonate", "l-threonate-monohydrate");
    dagger.no_daily_value_mark = true;
    const auto d = calc::decide(dagger, kUs);
    CHECK(d.basis == Basis::kCompound);
    CHECK(d.rule == "US-4");
    CHECK(d.status == Status::kEstimated);
    CHECK(d.elemental->low == Approx(72));
    CHECK(d.elemental->high == Approx(83));

    auto ascorbate = compound_row(30, "ascorbate", "ascorbate");
    ascorbate.percent = 8;
    CHECK(calc::decide(ascorbate, kUs).basis == Basis::kElemental);

    auto oxide = compound_row(400, "oxide", "oxide");
    oxide.percent = 57;  // 239.4 mg of 420
    const auto by_math = calc::decide(oxide, kUs);
    CHECK(by_math.basis == Basis::kCompound);
    CHECK(by_math.status == Status::kDerived);
    CHECK(*by_math.elemental->value == Approx(239.4));
}

TEST_CASE("front claims of a compound stay open unless only the compound is possible", "[basis]") {
    auto claim = compound_row(500, "citrate", "citrate-unspecified");
    claim.place = parser::Place::kFront;
    auto d = calc::decide(claim, kUs);
    CHECK(d.basis == Basis::kAmbiguous);
    CHECK(d.rule == "FOP-3");
    CHECK_FALSE(d.elemental->value);
    CHECK(d.elemental->high == 500);
    claim.amount = mg(1400);
    d = calc::decide(claim, kUs);
    CHECK(d.basis == Basis::kCompound);
    CHECK(d.rule == "FOP-2");
}

TEST_CASE("an amount apart from the mineral's name counts on European fronts alone", "[basis]") {
    auto claim = row(300, 0);
    claim.percent.reset();
    claim.place = parser::Place::kFront;
    claim.amount_apart = true;
    CHECK(calc::decide(claim, kEu).rule == "FOP-5");
    CHECK(calc::decide(claim, kEu).basis == Basis::kElemental);
    CHECK(calc::decide(claim, kUs).status == Status::kUnknown);
    CHECK_FALSE(calc::decide(claim, kUs).elemental);
    calc::Context context = kEu;
    context.front_names_form = true;
    CHECK(calc::decide(claim, context).status == Status::kUnknown);
    context = kEu;
    context.compound_mg = {300};  // "Magnesium citrate 300 mg" on another side
    CHECK(calc::decide(claim, context).status == Status::kUnknown);
    context.compound_mg = {1875};
    CHECK(calc::decide(claim, context).rule == "FOP-5");
}

TEST_CASE("an amount of which an inner one is magnesium", "[basis]") {
    auto s = compound_row(1500, "citrate", "citrate-unspecified");
    s.inner_element = mg(240);
    const auto d = calc::decide(s, kEu);
    CHECK(d.rule == "EU-2");
    CHECK(d.elemental->value == 240.0);
    CHECK(d.compound->value == 1500.0);
    CHECK(calc::decide(s, {parser::Jurisdiction::kAustralia, {}, {}}).rule == "AU-1");
}

TEST_CASE("a row that contradicts itself is not resolved by taste", "[basis]") {
    auto s = row(375, 100);
    s.inner_element = mg(10);
    const auto d = calc::decide(s, kEu);
    CHECK(d.contradicts_itself);
    CHECK(d.status == Status::kEstimated);
    CHECK_FALSE(d.elemental->value);
}

TEST_CASE("what does not fit into the unit is refused even with an agreeing percentage", "[basis]") {
    auto s = row(1000, 238);
    s.forms = {{"bisglycinate", "bisglycinate", "bisglycinate"}};
    const auto d = calc::decide(s, kUs);
    CHECK(d.rule == "P-1");
    CHECK(d.basis == Basis::kAmbiguous);
    CHECK_FALSE(d.elemental->value);
}

TEST_CASE("a photographed figure without a second witness is never sure", "[basis]") {
    auto s = row(200);
    s.evidence = {{0, "Magnesium 200 mg", 0.99, {{0, 0}, {9, 0}, {9, 9}, {0, 9}}}};
    s.amount_confidence = 0.99;
    CHECK(calc::decide(s, kUs).confidence < 0.8);
    s.percent = 48;
    CHECK(calc::decide(s, kUs).confidence > 0.9);
}

TEST_CASE("a percentage does not confirm an amount that was half guessed", "[basis]") {
    auto s = row(106, 26);  // 26 % fits 100 to 110 mg, by one daily value or another
    s.evidence = {{0, "Magnesium 106 mg 26%", 0.5, {{0, 0}, {10, 0}, {10, 5}, {0, 5}}}};
    s.amount_confidence = 0.5;
    CHECK(calc::decide(s, kUs).confidence < 0.8);
    s.amount_confidence = 0.9;
    CHECK(calc::decide(s, kUs).confidence > 0.9);
}

TEST_CASE("a percentage that fits loosely confirms only what was read clearly", "[basis]") {
    const auto confidence = [](double mg, double percent, const calc::Context& context) {
        auto s = row(mg, percent);
        s.evidence = {{0, "Magnesium", 0.75, {{0, 0}, {10, 0}, {10, 5}, {0, 5}}}};
        s.amount_confidence = 0.75;
        return calc::decide(s, context).confidence;
    };
    CHECK(confidence(200, 48, kUs) > 0.9);
    CHECK(confidence(200, 53, kEu) > 0.9);
    CHECK(confidence(106, 26, kUs) < 0.8);  // cut off, of a value no longer in use; 100 mg of the EU's fits as well
    CHECK(confidence(205, 48, kUs) < 0.8);  // cut off
    CHECK(confidence(200, 50, kUs) < 0.8);  // of the value no longer in use
    CHECK(confidence(200, 48, kEu) < 0.8);  // of another market's
}

TEST_CASE("more than a serving usually holds is never sure, whatever agrees", "[basis]") {
    CHECK(calc::decide(row(1500, 400), kEu).confidence < 0.8);
    CHECK(calc::decide(row(375, 100), kEu).confidence > 0.9);
}

TEST_CASE("what the capacity rule refuses is no bound", "[basis]") {
    // 2,000 mg as the element of 3 capsules can't be; as the compound it holds 144 to 166 mg.
    parser::Statement threonate = row(2000);
    threonate.forms = {{"l-threonate", "l-threonate-unspecified", "L-threonate"}};
    threonate.says_elemental = true;
    const auto d = calc::decide(threonate, {parser::Jurisdiction::kUs, 3.0, "capsule"});
    CHECK(d.rule == "P-1");
    CHECK(d.status == Status::kEstimated);
    REQUIRE(d.elemental);
    CHECK_FALSE(d.elemental->value);
    CHECK(d.elemental->low == Approx(144));
    CHECK(d.elemental->high == Approx(166));

    // The same where the amount may be either.
    parser::Statement front = compound_row(600, "citrate", "citrate-unspecified");
    front.place = parser::Place::kFront;
    const auto open = calc::decide(front, {parser::Jurisdiction::kUs, 1.0, "capsule"});
    CHECK(open.rule == "P-1");
    CHECK(open.elemental->high <= 600 * 0.165 + 0.01);
    // And where two amounts contradict each other.
    parser::Statement both = row(2000);
    both.inner_element = mg(100);
    both.says_elemental = true;
    const auto contradicting = calc::decide(both, {parser::Jurisdiction::kUs, 2.0, "capsule"});
    CHECK(contradicting.elemental->low == 100.0);
    CHECK(contradicting.elemental->high < 2000.0);

    parser::Statement none = row(90000);
    none.says_elemental = true;
    CHECK_FALSE(calc::decide(none, kUs).elemental);
}

TEST_CASE("a check is made once", "[basis]") {
    parser::Statement s = compound_row(1500, "citrate", "citrate-unspecified");
    s.inner_element = mg(240);
    s.inner_compound = mg(1500);
    const auto d = calc::decide(s, kEu);
    int checks = 0;
    for (const auto& check : d.checks) checks += check.rule == "EU-2";
    CHECK(checks == 1);
}

TEST_CASE("a listing gives the magnesium of its serving, with less than certainty", "[basis]") {
    parser::Statement s = compound_row(200, "bisglycinate", "glycinate-unspecified");
    s.place = parser::Place::kFront;
    CHECK(calc::decide(s, kUs).status == Status::kEstimated);
    s.in_listing = true;
    const auto d = calc::decide(s, {parser::Jurisdiction::kUnknown, 2.0, "tablet"});
    CHECK(d.rule == "LST-1");
    CHECK(d.status == Status::kStated);
    CHECK(d.confidence < 0.8);
    s.amount = mg(1400);
    CHECK(calc::decide(s, kUs).rule != "LST-1");
}
