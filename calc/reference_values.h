// What 100 % of magnesium means on a label, by market, time and population. Loaded once from
// calc/data/reference_values.json; safe to read from any number of threads.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace magscan::calc {

struct ReferenceValue {
    std::string id;            // "us-dv"
    std::string jurisdiction;  // us, eu, ca, au, jp, kr, cn, ru, br
    std::string scheme;        // "Daily Value"
    std::string population;
    double mg = 0;             // of magnesium a day
    std::optional<int> since;  // years of labels; missing where open
    std::optional<int> until;
    std::vector<std::string> sources;
};

// In the order of the file: the current value for adults first in each market.
const std::vector<ReferenceValue>& reference_values();

// nullptr for an id that the table does not hold.
const ReferenceValue* find_reference_value(std::string_view id);

}  // namespace magscan::calc
