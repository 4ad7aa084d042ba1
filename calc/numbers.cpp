#include "calc/numbers.h"

#include <cmath>

#include "parser/figures.h"

namespace magscan::calc {

std::string number(double value) {
    const bool whole = std::abs(value) >= 1000 || std::abs(value - std::round(value)) < 0.05;
    return parser::fixed(value, whole ? 0 : 1);
}

}  // namespace magscan::calc
