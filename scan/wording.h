// Figures and names as people write them: "1,418 mg", "150 to 211 mg", "2 capsules", "magnesium L-threonate".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calc/assessment.h"

namespace magscan::scan {

// Up to two decimals where they say something: 200, 81.9, 0.25; thousands set apart by commas.
std::string format_number(double value);

// "200 mg", "1,418 mg".
std::string format_mg(double milligrams);

// "200 mg" where the bounds meet, "about 141 mg (130 to 150 mg)" where the best figure has bounds of its own,
// "150 to 211 mg" where only the bounds are known. Whole milligrams for the bounds above 10 mg.
std::string format_interval(const calc::Interval& interval);

// "2 capsules", "1 tablet", "5 ml", "capsule" without a count.
std::string format_units(const std::optional<double>& count, const std::string& unit);

// The name of a family in a sentence: "bisglycinate" -> "magnesium bisglycinate".
std::string form_name(std::string_view family);

// "magnesium citrate", "magnesium citrate and magnesium malate", "a, b and c"; empty for none.
std::string form_names(const std::vector<std::string>& families);

// Text from a photo or a file name made fit for a terminal: one line, without control characters.
std::string printable(std::string_view text);

}  // namespace magscan::scan
