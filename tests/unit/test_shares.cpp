#include "calc/shares.h"

#include <catch2/catch.hpp>

#include "calc/numbers.h"

using namespace magscan;

namespace {

calc::Share share(const std::vector<std::pair<std::string, std::string>>& forms) {
    parser::Statement s;
    for (const auto& [family, compound] : forms) s.forms.push_back({family, compound, compound});
    return calc::share_of(s);
}

}  // namespace

TEST_CASE("a share lies between the declared bounds of the named compounds", "[shares]") {
    const auto one = share({{"citrate", "citrate-unspecified"}});
    CHECK(one.low == Approx(0.105));
    CHECK(one.high == Approx(0.165));
    CHECK(one.densest == Approx(0.31));  // buffered citrates
    CHECK(one.theory == 0);
    const auto two = share({{"citrate", "citrate-unspecified"}, {"oxide", "oxide"}});
    CHECK(two.low == Approx(0.105));
    CHECK(two.high == Approx(0.603));
    CHECK(two.typical == 0);
    CHECK(two.named);
    CHECK_FALSE(share({}).named);
    CHECK_FALSE(share({{"citrate", "citrate-unspecified"}, {"other", "unheard-of"}}).named);
    CHECK(share({}).high == calc::kDensestSource);
}

TEST_CASE("what a name covers by mixing is not the pure substance's", "[shares]") {
    const auto glycinate = share({{"bisglycinate", "glycinate-unspecified"}});
    CHECK(glycinate.high == Approx(0.2));
    CHECK(glycinate.pure == Approx(0.141));
    CHECK(share({{"amino-acid-chelate", "amino-acid-chelate"}}).pure == Approx(0.141));
    CHECK(share({{"oxide", "oxide"}}).pure == Approx(0.603));
}

TEST_CASE("a medicine's strength counts the substance by its formula", "[shares]") {
    const auto oxide = share({{"oxide", "oxide"}});
    const auto drug = calc::element_of(400, oxide, true);
    CHECK(*drug.value == Approx(241.2).margin(0.05));
    CHECK(drug.low == Approx(240));
    CHECK(drug.high == *drug.value);
    const auto food = calc::element_of(400, oxide);
    CHECK(*food.value == Approx(240));
    CHECK(food.low == Approx(216));
    // No single substance, no formula.
    CHECK(calc::element_of(400, share({{"citrate", "citrate-unspecified"}}), true).low == Approx(42));
}

TEST_CASE("numbers in sentences carry one decimal where it says something", "[shares]") {
    CHECK(calc::number(47.62) == "47.6");
    CHECK(calc::number(200) == "200");
    CHECK(calc::number(133.33) == "133.3");
    CHECK(calc::number(3546.1) == "3546");
}
