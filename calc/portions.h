// From the figure that the label gives to one unit, one serving and one day.
#pragma once

#include "calc/assessment.h"
#include "calc/context.h"

namespace magscan::calc {

// Fills what follows from `per_serving` or `per_unit`, from the units of a serving and from the servings a day that
// the directions make; where those are a range, so is the day. The percentages of daily values only where the figure is
// stated or derived.
void spread(Assessment& assessment, const Context& context);

}  // namespace magscan::calc
