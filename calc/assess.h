// From what a label says to how much magnesium that is.
#pragma once

#include "calc/assessment.h"
#include "parser/label.h"

namespace magscan::calc {

// `usual_market` is whose rules and reference values to assume where the label does not show its own; it never
// overrides what the label shows. A pure function; never fails; safe to call from any number of threads.
Assessment assess(const parser::Label& label, parser::Jurisdiction usual_market = parser::Jurisdiction::kUnknown);

}  // namespace magscan::calc
