#include "calc/percent.h"

#include <catch2/catch.hpp>

using namespace magscan;
using calc::fitting_daily_value;
using calc::percent_fits;

TEST_CASE("a percentage fits its amount when it is rounded or cut off", "[percent]") {
    CHECK(percent_fits(200, 1, 48, 420));  // 47.6
    CHECK(percent_fits(200, 1, 47, 420));  // cut off
    CHECK_FALSE(percent_fits(200, 1, 49, 420));
    CHECK_FALSE(percent_fits(200, 1, 46, 420));
    CHECK(percent_fits(430, 1, 114.6, 375));  // 114.67 cut off
    CHECK(percent_fits(81.9, 0.1, 19.5, 420));
    CHECK_FALSE(percent_fits(210, 1, 48, 420));
}

TEST_CASE("the daily value that fits tells the market's print", "[percent]") {
    CHECK(fitting_daily_value(200, 1, 48, parser::Jurisdiction::kUs) == 420.0);
    CHECK(fitting_daily_value(200, 1, 50, parser::Jurisdiction::kUs) == 400.0);
    CHECK(fitting_daily_value(200, 1, 53, parser::Jurisdiction::kEu) == 375.0);
    CHECK_FALSE(fitting_daily_value(280, 1, 48, parser::Jurisdiction::kUs));
    // 100 % of what small children need is no proof of a figure.
    CHECK_FALSE(fitting_daily_value(80, 1, 100, parser::Jurisdiction::kUs));
}

TEST_CASE("each market's own daily value comes first, then those of the large ones", "[percent]") {
    using parser::Jurisdiction;
    const auto fits = [](double mg, double percent, Jurisdiction market) {
        return fitting_daily_value(mg, 1, percent, market);
    };
    CHECK(fits(160, 50, Jurisdiction::kAustralia) == 320.0);
    CHECK(fits(160, 50, Jurisdiction::kJapan) == 320.0);
    CHECK(fits(150, 37.5, Jurisdiction::kRussia) == 400.0);
    CHECK(fits(200, 48, Jurisdiction::kCanada) == 420.0);
    CHECK(fits(100, 40, Jurisdiction::kCanada) == 250.0);  // labels until 2021
    CHECK(fits(200, 53, Jurisdiction::kCanada) == 375.0);
    for (const Jurisdiction market : {Jurisdiction::kUnknown, Jurisdiction::kUs, Jurisdiction::kEu}) {
        CHECK_FALSE(fits(160, 50, market));
        CHECK_FALSE(fits(100, 40, market));
    }
}

TEST_CASE("food labels round to 2, 5 and 10 percent, ties up", "[percent]") {
    using calc::food_percent_fits;
    CHECK(food_percent_fits(325, 1, 80, 420));  // 77.4
    CHECK_FALSE(food_percent_fits(325, 1, 77, 420));
    CHECK(food_percent_fits(84, 1, 20, 420));
    CHECK(food_percent_fits(100, 1, 25, 420));  // 23.8
    CHECK_FALSE(food_percent_fits(100, 1, 24, 420));
    CHECK(food_percent_fits(24, 1, 6, 420));    // 5.7
    CHECK(food_percent_fits(21, 0.1, 6, 420));  // 5.0: ties go up
    CHECK_FALSE(food_percent_fits(420, 1, 90, 420));
}

TEST_CASE("a percentage alone bounds the amount by the market's daily values and its rounding", "[percent]") {
    using parser::Jurisdiction;
    const auto eu = calc::amounts_of_percent(80, Jurisdiction::kEu, false);
    CHECK(eu.low == Approx(298.125));
    CHECK(eu.high == Approx(301.875));
    const auto fine = calc::amounts_of_percent(37.5, Jurisdiction::kRussia, false);
    CHECK(fine.low == Approx(149.8));
    CHECK(fine.high == Approx(150.2));
    const auto food = calc::amounts_of_percent(20, Jurisdiction::kUs, true);
    CHECK(food.low == Approx(0.175 * 400));
    CHECK(food.high == Approx(0.225 * 420));
    const auto any = calc::amounts_of_percent(8, Jurisdiction::kUnknown, false);
    CHECK(any.low == Approx(0.075 * 375));
    CHECK(any.high == Approx(0.085 * 420));
    CHECK(calc::amounts_of_percent(0, Jurisdiction::kUs, false).low == 0);
}
