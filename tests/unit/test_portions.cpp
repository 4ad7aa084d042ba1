#include "calc/portions.h"

#include <catch2/catch.hpp>

#include "calc/assess.h"
#include "parser/label_parser.h"

using namespace magscan;

namespace {

calc::Assessment of(const std::string& text) {
    return calc::assess(parser::parse_text(text));
}

const std::string kPanel = "Supplement Facts\nServing Size 2 Capsules\nMagnesium (as Magnesium Citrate) 200 mg 48%\n";

}  // namespace

TEST_CASE("a unit, a serving and a day", "[portions]") {
    const auto twice = of(kPanel + "Take 2 capsules twice daily.");
    CHECK(twice.per_unit->value == 100.0);
    CHECK(twice.per_serving->value == 200.0);
    CHECK(twice.per_day->value == 400.0);
    const auto range = of(kPanel + "Take 2-4 capsules daily.");
    CHECK(range.per_day->low == 200.0);
    CHECK(range.per_day->high == 400.0);
    CHECK_FALSE(range.per_day->value);
}

TEST_CASE("amounts per unit under directions with a range are of one unit", "[portions]") {
    const auto a =
        of("Medicinal ingredients (per capsule): Magnesium (magnesium citrate) 100 mg\nAdults: 1-3 capsules daily");
    CHECK(a.per_unit->value == 100.0);
    CHECK(a.per_serving->value == 100.0);
    CHECK(a.per_day->low == 100.0);
    CHECK(a.per_day->high == 300.0);
}

TEST_CASE("per 100 ml and per 100 g are brought to the serving, never taken for it", "[portions]") {
    const auto liquid = of("Nährwerte pro 100 ml: Magnesium 75 mg 20% NRV. Portion 250 ml");
    CHECK(liquid.per_serving->value == 187.5);
    CHECK(liquid.status == calc::Status::kDerived);
    const auto powder = of("Nährwerte pro 100 g: Magnesium 6.000 mg. Portion 5 g");
    CHECK(powder.per_serving->value == 300.0);
    CHECK_FALSE(of("Nährwerte pro 100 g: Magnesium 6.000 mg").per_serving);
}

TEST_CASE("two columns in one line: the measured one is the serving's, the other checks it", "[portions]") {
    const auto right = of("per 100 g: Magnesium 11.900 mg | per 2,5 g: 298 mg 79% NRV");
    CHECK(right.per_serving->value == 298.0);
    bool agrees = false;
    for (const auto& check : right.checks)
        agrees = agrees || check.detail.find("297.5 mg in 2.5 g") != std::string::npos;
    CHECK(agrees);
    const auto wrong = of("per 100 g: Magnesium 9.900 mg | per 2,5 g: 298 mg 79% NRV");
    bool fails = false;
    for (const auto& check : wrong.checks)
        fails = fails || (check.rule == "COL-1" && check.result == calc::CheckResult::kFail);
    CHECK(fails);
}

TEST_CASE("drops, millilitres and scoops", "[portions]") {
    const auto drops =
        of("Supplement Facts\nServing size 40 drops (2.5 ml)\nMagnesium (as magnesium chloride) 250 mg 60%");
    CHECK(drops.per_serving->value == 250.0);
    CHECK(drops.per_unit->value == 6.25);
    const auto spoon = of("Per 5 ml: Magnesium 100 mg 27% NRV. Take 10 ml daily");
    CHECK(spoon.per_serving->value == 100.0);
    CHECK(spoon.per_day->value == 200.0);
    CHECK_FALSE(spoon.per_unit);
    const auto scoop = parser::parse_text("Serving Size 1 scoop (5 g)\nMagnesium (as magnesium citrate) 300 mg 71%");
    CHECK(scoop.serving->unit == "scoop");
    CHECK(scoop.serving->grams == 5.0);
}

TEST_CASE("moles beside the salt's weight are the element", "[portions]") {
    const auto a = of("Magnesium aspartate dihydrate 3.24 g sachet = 10 mmol magnesium");
    CHECK(a.per_serving->value == Approx(243.05));
    CHECK(a.entries.front().rule == "MED-1");
    CHECK(a.entries.front().compound_mg->value == 3240.0);
    CHECK(of("Each tablet contains magnesium 10 mEq").per_unit->value == Approx(121.525));
}

TEST_CASE("a row of a percentage alone gives bounds by the market's daily values", "[portions]") {
    const auto us = of("Supplement Facts\nServing size 2 capsules\nMagnesium 48%");
    CHECK(us.status == calc::Status::kEstimated);
    CHECK_FALSE(us.per_serving->value);
    CHECK(us.per_serving->low == Approx(0.475 * 400));  // an older label
    CHECK(us.per_serving->high == Approx(0.485 * 420));
    const auto eu = of("Nahrungsergänzungsmittel\nPro Tagesdosis (2 Kapseln): Magnesium 80% NRV");
    CHECK(eu.per_serving->low == Approx(0.795 * 375));
    CHECK(eu.per_serving->high == Approx(0.805 * 375));
}
