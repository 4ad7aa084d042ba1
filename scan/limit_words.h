// A report's limits and recommended intake in words.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scan/report.h"

namespace magscan::scan {

// "EU 250 mg a day from supplements: over (400 mg)", a line an authority; before them what was assumed of the day where
// the label gives no directions. Empty where the amount is not known.
std::vector<std::string> limit_lines(const Report& report);

// "114 % of the recommended total daily intake of 350 mg for a pregnant woman (RDA, US), which counts food too";
// nothing where no person or place was asked for, or the amount is not known.
std::optional<std::string> intake_words(const Report& report);

}  // namespace magscan::scan
