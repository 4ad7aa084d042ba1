#include "calc/capacity.h"

#include <catch2/catch.hpp>

using namespace magscan;
using calc::Basis;
using calc::CheckResult;
using calc::Status;

namespace {

parser::Statement row(double mg, std::optional<double> percent, const std::string& family,
                      const std::string& compound) {
    parser::Statement s;
    s.place = parser::Place::kPanel;
    s.amount = parser::Amount{mg, 1, std::to_string(static_cast<int>(mg)) + " mg", false};
    s.percent = percent;
    s.forms = {{family, compound, compound}};
    return s;
}

const calc::Context kThreeCapsules{parser::Jurisdiction::kUs, 3.0, "capsule"};

bool has(const calc::Decision& decision, const std::string& rule, CheckResult result) {
    for (const auto& check : decision.checks) {
        if (check.rule == rule && check.result == result) return true;
    }
    return false;
}

}  // namespace

TEST_CASE("an amount that the percentage proves and the form can't hold is kept, the form is not", "[capacity]") {
    const auto d = calc::decide(row(450, 107, "aspartate", "aspartate-unspecified"), kThreeCapsules);
    CHECK(d.status == Status::kDerived);
    CHECK(d.elemental->value == 450.0);
    CHECK(d.form_impossible);
    CHECK(d.needs_denser);
    CHECK(d.confidence < 0.8);
    CHECK(has(d, "P-2", CheckResult::kFail));
    // Nothing proves it: the amount is refused.
    for (const std::optional<double> percent : {std::optional<double>(), std::optional<double>(95)}) {
        const auto alone = calc::decide(row(450, percent, "aspartate", "aspartate-unspecified"), kThreeCapsules);
        CHECK(alone.rule == "P-1");
        CHECK_FALSE(alone.elemental->value);
        CHECK(alone.elemental->high < 40);
    }
}

TEST_CASE("capacity beats a percentage that was worked out from the compound", "[capacity]") {
    const auto d =
        calc::decide(row(1000, 238, "bisglycinate", "bisglycinate"), {parser::Jurisdiction::kUs, 2.0, "capsule"});
    CHECK(d.percent_agrees);
    CHECK(d.rule == "P-1");
    CHECK(d.status == Status::kEstimated);
    CHECK(d.elemental->low == Approx(100));
    CHECK(d.elemental->high == Approx(141));
}

TEST_CASE("of two readings the unit leaves the compound's", "[capacity]") {
    auto front = row(500, std::nullopt, "citrate", "citrate-unspecified");
    front.subject = parser::Subject::kCompound;
    front.place = parser::Place::kFront;
    const auto d = calc::decide(front, {parser::Jurisdiction::kUs, 1.0, "capsule"});
    CHECK(d.basis == Basis::kCompound);
    CHECK(d.rule == "P-1");
    CHECK(*d.elemental->value == Approx(75));
    CHECK(d.elemental->low == Approx(52.5));
    CHECK(d.elemental->high == Approx(82.5));
    CHECK(has(d, "P-1", CheckResult::kPass));
    CHECK(d.confidence < 0.8);
    CHECK(calc::decide(front, {parser::Jurisdiction::kUs, 4.0, "capsule"}).basis == Basis::kAmbiguous);
}

TEST_CASE("so much of a named salt in unknown units is left open", "[capacity]") {
    const calc::Context unknown{parser::Jurisdiction::kUs, std::nullopt, std::nullopt};
    const auto d = calc::decide(row(1000, 238, "bisglycinate", "bisglycinate"), unknown);
    CHECK(d.status == Status::kEstimated);
    CHECK(d.rule == "P-2");
    CHECK(d.elemental->low == Approx(100));
    CHECK(d.elemental->high == 1000.0);
    const auto threonate = calc::decide(row(2000, 476, "l-threonate", "l-threonate-monohydrate"), unknown);
    CHECK(threonate.rule == "P-1");
    CHECK(threonate.elemental->high == Approx(166));
}

TEST_CASE("a check that matters and can't be made says why", "[capacity]") {
    const calc::Context unknown{parser::Jurisdiction::kUs, std::nullopt, std::nullopt};
    CHECK(has(calc::decide(row(400, 95, "bisglycinate", "bisglycinate"), unknown), "P-1", CheckResult::kSkipped));
    CHECK_FALSE(has(calc::decide(row(100, 24, "bisglycinate", "bisglycinate"), unknown), "P-1", CheckResult::kSkipped));
    auto hundred = row(6000, std::nullopt, "citrate", "citrate-unspecified");
    hundred.per = parser::Per::k100g;
    CHECK(calc::decide(hundred, unknown).status == Status::kStated);
}
