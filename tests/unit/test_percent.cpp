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
