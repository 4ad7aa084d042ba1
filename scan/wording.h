// Names as people write them: "magnesium L-threonate"; the figures are calc's.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "calc/wording.h"

namespace magscan::scan {

using calc::format_interval;
using calc::format_mg;
using calc::format_number;
using calc::format_units;

// The name of a family in a sentence: "bisglycinate" -> "magnesium bisglycinate".
std::string form_name(std::string_view family);

// "magnesium citrate", "magnesium citrate and magnesium malate", "a, b and c"; empty for none.
std::string form_names(const std::vector<std::string>& families);

// Text from a photo or a file name made fit for a terminal: one line, without control characters.
std::string printable(std::string_view text);

}  // namespace magscan::scan
