#include "calc/plausibility.h"

#include <catch2/catch.hpp>

using namespace magscan;
using calc::Fit;

namespace {

calc::Share share(const std::string& family, const std::string& compound) {
    parser::Statement s;
    s.forms = {{family, compound, compound}};
    return calc::share_of(s);
}

Fit fit(double mg, std::optional<double> units, const std::optional<std::string>& unit, const calc::Share& of) {
    return calc::plausibility(mg, units, unit, of).fit;
}

}  // namespace

TEST_CASE("the compound of an amount has to fit into the units", "[plausibility]") {
    const calc::Share glycinate = share("bisglycinate", "bisglycinate");
    CHECK(fit(100, 1, "capsule", glycinate) == Fit::kFits);
    CHECK(fit(200, 1, "capsule", glycinate) == Fit::kNeedsDenser);  // 1.42 g pure, 0.91 g at 22 %
    CHECK(fit(300, 1, "capsule", glycinate) == Fit::kFormImpossible);
    CHECK(fit(300, 3, "capsule", glycinate) == Fit::kFits);
    CHECK(calc::plausibility(200, 1, "capsule", glycinate).tight);
    CHECK_FALSE(calc::plausibility(160, 1, "capsule", glycinate).tight);
    CHECK(fit(900, 1, "capsule", glycinate) == Fit::kImpossible);  // not even as oxide
    CHECK(fit(400, 1, "sachet", glycinate) == Fit::kFits);
    const calc::Share oxide = share("oxide", "oxide");
    CHECK(fit(400, 1, "capsule", oxide) == Fit::kFits);
    CHECK(fit(600, 1, "capsule", oxide) == Fit::kTight);
    CHECK(fit(700, 1, "capsule", oxide) == Fit::kImpossible);
}

TEST_CASE("liquids and weights hold no more than they are", "[plausibility]") {
    const calc::Share chloride = share("chloride", "chloride-hexahydrate");
    CHECK(fit(250, 40, "drop", chloride) == Fit::kFits);
    CHECK(fit(250, 4, "drop", chloride) != Fit::kFits);
    CHECK(fit(400, 2, "ml", chloride) != Fit::kFits);
    CHECK(fit(400, 15, "ml", chloride) == Fit::kFits);
    CHECK(fit(300, 2.5, "g", share("citrate", "citrate-tri")) == Fit::kFits);
    CHECK(fit(1400, 2, "g", calc::Share{}) == Fit::kImpossible);
}

TEST_CASE("without the units only what no serving holds is refused", "[plausibility]") {
    const calc::Share threonate = share("l-threonate", "l-threonate-monohydrate");
    CHECK(fit(144, std::nullopt, "capsule", threonate) == Fit::kUnchecked);
    CHECK(fit(2000, std::nullopt, std::nullopt, threonate) == Fit::kImpossible);  // 24 g
    CHECK(fit(2000, std::nullopt, std::nullopt, share("oxide", "oxide")) == Fit::kUnchecked);
    CHECK(fit(2000, std::nullopt, std::nullopt, calc::Share{}) == Fit::kUnchecked);
    CHECK(fit(3000, std::nullopt, std::nullopt, calc::Share{}) == Fit::kImpossible);
}

TEST_CASE("the arithmetic is told in words", "[plausibility]") {
    const auto found = calc::plausibility(1000, 2, "capsule", share("bisglycinate", "bisglycinate"));
    CHECK(found.detail ==
          "500 mg of magnesium in one capsule would need at least 2273 mg of powder; it holds 1100 mg at most.");
    CHECK(found.most_mg == Approx(2 * 1100 * 0.22));
}
