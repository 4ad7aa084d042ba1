// The report as an answer for people: the elemental figure first, then forms, what the printed amounts mean and why,
// the checks and the warnings.
#pragma once

#include <string>

#include "scan/report.h"

namespace magscan::scan {

// UTF-8, several lines, ends in a line break. What was read on the photo is printed without control characters.
std::string text_report(const Report& report);

// The answer in one line: "200 mg elemental magnesium per serving of 2 capsules".
std::string headline(const Report& report);

}  // namespace magscan::scan
