// The percentage of a daily value as a check digit: which daily value makes an amount and its percentage agree.
#pragma once

#include <optional>
#include <vector>

#include "parser/label.h"

namespace magscan::calc {

// True if `percent` is what a label may print for `mg` at this daily value: rounded or cut off to whole percents, or to
// the decimals it shows. `step_mg` is the weight of the amount's last printed digit.
bool percent_fits(double mg, double step_mg, double percent, double daily_value);

// True if `percent` is `mg` at this daily value, rounded: what nearly all labels print.
bool percent_rounds(double mg, double step_mg, double percent, double daily_value);

// The same on conventional food, which rounds to the nearest 2 % up to 10 %, to 5 % up to 50 % and to 10 % above, ties
// up (21 CFR 101.9(c)(8)(iii)). Such a percentage is too coarse to show a misread digit.
bool food_percent_fits(double mg, double step_mg, double percent, double daily_value);

// The daily value at which amount and percentage agree, the market's own first. Nothing where none fits. Values for
// children, and those of other countries, are left out: each further one lets more misread digits pass.
std::optional<double> fitting_daily_value(double mg, double step_mg, double percent, parser::Jurisdiction market);

// What a percentage alone says: the amounts, in mg, that are printed so on labels of the market, by its own daily
// values and their rounding; where the market is not known, by those of all large ones.
struct AmountBounds {
    double low = 0;
    double high = 0;
};
AmountBounds amounts_of_percent(double percent, parser::Jurisdiction market, bool is_food);

// The daily values that adults' labels of a market use, the likelier first.
const std::vector<double>& adult_daily_values(parser::Jurisdiction market);

}  // namespace magscan::calc
