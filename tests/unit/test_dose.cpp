#include "calc/dose.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

using namespace magscan::calc;

namespace {

Dose answer(const std::string& compound, double mg, Basis basis) {
    const auto out = dose({compound, mg, basis, std::nullopt, std::nullopt});
    INFO(compound);
    REQUIRE(out);
    return *out;
}

}  // namespace

TEST_CASE("A broad name gives bounds over all that it may stand for, and no single figure", "[dose]") {
    const Dose citrate = answer("citrate-unspecified", 500, Basis::kCompound);
    REQUIRE(citrate.readings.size() == 1);
    CHECK(citrate.elemental.per_serving.low == Approx(52.5));   // 500 x 0.105
    CHECK(citrate.elemental.per_serving.high == Approx(82.5));  // 500 x 0.165
    CHECK_FALSE(citrate.elemental.per_serving.value);
    REQUIRE(citrate.candidates.size() == 3);
    CHECK(citrate.candidates[0].compound->id == "citrate-tri");  // the densest first
    CHECK(citrate.candidates[0].elemental_mg->high == Approx(82.5));
    CHECK_FALSE(citrate.candidates[0].compound_mg);

    for (const Compound& compound : compounds()) {
        if (compound.definition == Definition::kDefined || compound.definition == Definition::kExcipient) continue;
        INFO(compound.id);
        const Dose broad = answer(compound.id, 100, Basis::kCompound);
        CHECK_FALSE(broad.share.share.value);
        CHECK_FALSE(broad.elemental.per_serving.value);
        CHECK(broad.elemental.per_serving.low < broad.elemental.per_serving.high);
        for (const Candidate& candidate : broad.candidates) {
            CHECK(candidate.share.share.low >= broad.share.share.low);
            CHECK(candidate.share.share.high <= broad.share.share.high);
        }
    }
}

TEST_CASE("Glycinate spans the buffered grades too", "[dose]") {
    const Dose glycinate = answer("glycinate-unspecified", 1000, Basis::kCompound);
    CHECK(glycinate.elemental.per_serving.low == Approx(100));
    CHECK(glycinate.elemental.per_serving.high == Approx(220));
}

TEST_CASE("One substance that is declared as its formula says gives one figure within its bounds", "[dose]") {
    const Dose epsom = answer("sulfate-heptahydrate", 1000, Basis::kCompound);
    REQUIRE(epsom.elemental.per_serving.value);
    CHECK(*epsom.elemental.per_serving.value == Approx(98.61).margin(0.01));  // 24.305 / 246.466
    CHECK(epsom.elemental.per_serving.low == Approx(97));
    CHECK(epsom.elemental.per_serving.high == Approx(99.5));
    CHECK(epsom.candidates.empty());

    // Oxide is declared at 54 to 60 %: one figure would be false for many packs.
    const Dose oxide = answer("oxide", 500, Basis::kCompound);
    CHECK_FALSE(oxide.elemental.per_serving.value);
    CHECK(oxide.elemental.per_serving.low == Approx(270));
    CHECK(oxide.elemental.per_serving.high == Approx(301.5).margin(0.05));
    CHECK(*oxide.share.theory == Approx(24.305 / 40.304));
}

TEST_CASE("An elemental amount gives the weight of the compound", "[dose]") {
    const Dose lysinate = answer("lysinate-glycinate", 200, Basis::kElemental);
    REQUIRE(lysinate.readings.size() == 1);
    CHECK(lysinate.readings[0].basis == Basis::kElemental);
    CHECK(*lysinate.readings[0].elemental.per_serving.value == 200);
    REQUIRE(lysinate.readings[0].compound);
    CHECK(lysinate.readings[0].compound->per_serving.low == Approx(2000));
    CHECK(lysinate.readings[0].compound->per_serving.high == Approx(200 / 0.095));
    const Dose epsom = answer("sulfate-heptahydrate", 98.61, Basis::kElemental);
    CHECK(*epsom.readings[0].compound->per_serving.value == Approx(1000).margin(0.1));
}

TEST_CASE("Servings, units and days", "[dose]") {
    const auto out = dose({"citrate-unspecified", 1000, Basis::kCompound, 2, 3});
    REQUIRE(out);
    const DoseReading& reading = out->readings.at(0);
    CHECK(reading.elemental.per_serving.high == Approx(165));
    CHECK(reading.elemental.per_unit->high == Approx(82.5));
    CHECK(reading.elemental.per_day->high == Approx(495));
    CHECK(*reading.compound->per_unit->value == Approx(500));
    CHECK(*reading.compound->per_day->value == Approx(3000));
    REQUIRE(reading.daily_values.size() == 2);
    CHECK(reading.daily_values[0].reference->mg == 420);
    CHECK(reading.daily_values[0].per_serving.high == Approx(100 * 165.0 / 420));
    CHECK(reading.daily_values[0].per_day->high == Approx(100 * 495.0 / 420));
    CHECK(reading.daily_values[1].reference->mg == 375);
    CHECK(reading.daily_values[1].per_serving.low == Approx(100 * 105.0 / 375));
    const Dose plain = answer("oxide", 100, Basis::kElemental);
    CHECK_FALSE(plain.elemental.per_unit);
    CHECK_FALSE(plain.elemental.per_day);
    CHECK_FALSE(plain.readings[0].daily_values[0].per_day);
}

TEST_CASE("An open basis gives both readings, unless no serving holds that much magnesium", "[dose]") {
    const Dose open = answer("citrate-unspecified", 699, Basis::kAmbiguous);
    REQUIRE(open.readings.size() == 2);
    CHECK(open.rule == "FOP-3");
    CHECK(open.readings[0].basis == Basis::kCompound);
    CHECK(open.readings[1].basis == Basis::kElemental);
    CHECK(open.elemental.per_serving.low == Approx(699 * 0.105));
    CHECK(open.elemental.per_serving.high == Approx(699));
    CHECK_FALSE(open.elemental.per_serving.value);
    CHECK(open.candidates[0].elemental_mg);
    CHECK(open.candidates[0].compound_mg);
    CHECK(answer("oxide", 400, Basis::kAmbiguous).rule == "FOP-4");

    const Dose much = answer("citrate-unspecified", 700, Basis::kAmbiguous);
    REQUIRE(much.readings.size() == 1);
    CHECK(much.rule == "FOP-2");
    CHECK(much.question.basis == Basis::kCompound);
    CHECK(answer("citrate-unspecified", 700, Basis::kElemental).rule.empty());
}

TEST_CASE("The element is itself, and a processing aid may count as nothing", "[dose]") {
    const Dose element = answer("elemental", 300, Basis::kAmbiguous);
    REQUIRE(element.readings.size() == 1);
    CHECK(*element.elemental.per_serving.value == 300);
    CHECK_FALSE(element.readings[0].compound);
    const Dose stearate = answer("stearate", 10, Basis::kCompound);
    CHECK(stearate.elemental.per_serving.low == 0);
    CHECK(stearate.elemental.per_serving.high == Approx(0.5));
    CHECK_FALSE(answer("stearate", 10, Basis::kElemental).readings[0].compound);
}

TEST_CASE("Every compound answers with ordered, finite bounds", "[dose]") {
    const auto ordered = [](const Interval& interval) {
        CHECK(std::isfinite(interval.high));
        CHECK(interval.low >= 0);
        CHECK(interval.low <= interval.high);
        if (interval.value) CHECK((*interval.value >= interval.low && *interval.value <= interval.high));
    };
    for (const Compound& compound : compounds()) {
        for (const double mg : {kLeastDoseMg, 250.0, kMostDoseMg}) {
            INFO(compound.id << " " << mg);
            const Dose open = answer(compound.id, mg, Basis::kAmbiguous);
            const Dose element = answer(compound.id, mg, Basis::kElemental);
            ordered(open.share.share);
            ordered(open.elemental.per_serving);
            CHECK(open.share.share.high <= 1);
            if (element.readings[0].compound) {
                ordered(element.readings[0].compound->per_serving);
                CHECK(element.readings[0].compound->per_serving.low >= mg);
            }
        }
    }
}

TEST_CASE("A question that can't be meant is refused in words", "[dose]") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double infinite = std::numeric_limits<double>::infinity();
    CHECK(dose({"unobtainate", 100, Basis::kCompound, {}, {}}).error() == "no such compound: unobtainate");
    for (const double mg : {0.0, -1.0, kMostDoseMg * 1.01, nan, infinite}) {
        INFO(mg);
        REQUIRE_FALSE(dose({"oxide", mg, Basis::kCompound, {}, {}}));
        CHECK(dose({"oxide", mg, Basis::kCompound, {}, {}}).error().find("amount") != std::string::npos);
    }
    for (const double count : {0.0, -2.0, kMostDoseCount + 1, nan, infinite}) {
        INFO(count);
        REQUIRE_FALSE(dose({"oxide", 100, Basis::kCompound, count, {}}));
        CHECK(dose({"oxide", 100, Basis::kCompound, count, {}}).error().find("units") != std::string::npos);
        REQUIRE_FALSE(dose({"oxide", 100, Basis::kCompound, {}, count}));
        CHECK(dose({"oxide", 100, Basis::kCompound, {}, count}).error().find("servings") != std::string::npos);
    }
}
