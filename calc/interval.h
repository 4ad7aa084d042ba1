// Arithmetic with bounds.
#pragma once

#include "calc/assessment.h"

namespace magscan::calc {

// A figure whose bounds meet.
Interval exactly(double value);

Interval scaled(const Interval& interval, double factor);

// Bounds times the factors; the value only where both factors are one.
Interval scaled(const Interval& interval, double low_factor, double high_factor);

}  // namespace magscan::calc
