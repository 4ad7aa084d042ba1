// From what a label says to how much magnesium that is.
#pragma once

#include "calc/assessment.h"
#include "parser/label.h"

namespace magscan::calc {

// A pure function; never fails; safe to call from any number of threads.
Assessment assess(const parser::Label& label);

}  // namespace magscan::calc
