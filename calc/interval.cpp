#include "calc/interval.h"

namespace magscan::calc {

Interval exactly(double value) {
    return {value, value, value};
}

Interval scaled(const Interval& interval, double factor) {
    return scaled(interval, factor, factor);
}

Interval scaled(const Interval& interval, double low_factor, double high_factor) {
    Interval out{std::nullopt, interval.low * low_factor, interval.high * high_factor};
    if (interval.value && low_factor == high_factor) out.value = *interval.value * low_factor;
    return out;
}

}  // namespace magscan::calc
