// The middle one of some values.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace magscan::ocr {

// Of an even number the upper one of the two in the middle; 0 of none.
template <class Number>
Number median(std::vector<Number> values) {
    if (values.empty()) return 0;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

}  // namespace magscan::ocr
