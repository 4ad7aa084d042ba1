#include "calc/numbers.h"

#include <cmath>
#include <cstdio>

namespace magscan::calc {

std::string number(double value) {
    char text[32];
    const bool whole = std::abs(value) >= 1000 || std::abs(value - std::round(value)) < 0.05;
    std::snprintf(text, sizeof text, whole ? "%.0f" : "%.1f", value);
    return text;
}

}  // namespace magscan::calc
