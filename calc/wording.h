// Figures as people write them: "1,418 mg", "150 to 211 mg", "2 capsules".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calc/assessment.h"

namespace magscan::calc {

// Up to two decimals where they say something: 200, 81.9, 0.25; thousands set apart by commas.
std::string format_number(double value);

// "200 mg", "1,418 mg".
std::string format_mg(double milligrams);

// "200 mg" where the bounds meet, "about 141 mg (130 to 150 mg)" where the best figure has bounds of its own,
// "150 to 211 mg" where only the bounds are known. Whole milligrams for the bounds above 10 mg.
std::string format_interval(const Interval& interval);

// "2 capsules", "1 tablet", "5 ml", "capsule" without a count.
std::string format_units(const std::optional<double>& count, const std::string& unit);

// "g", "ml": a unit that has no plural.
bool is_measure(std::string_view unit);

// "a", "a and b", "a, b and c"; empty for none. `last` joins the last two.
std::string listed(const std::vector<std::string>& items, std::string_view last = "and");

}  // namespace magscan::calc
