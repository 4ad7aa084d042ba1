// The words that reports and data files use for the values of an assessment.
#pragma once

#include <string_view>

#include "calc/assessment.h"

namespace magscan::calc {

std::string_view name_of(Outcome outcome);     // "complete", "partial", "no_magnesium", "unreadable"
std::string_view name_of(Status status);       // "stated", "derived", "estimated", "unknown"
std::string_view name_of(Basis basis);         // "elemental", "compound", "ambiguous"
std::string_view name_of(CheckResult result);  // "pass", "fail", "corrected", "skipped"

}  // namespace magscan::calc
