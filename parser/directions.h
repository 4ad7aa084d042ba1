// How much the directions say to take a day.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "parser/markup.h"

namespace magscan::parser {

// A range a day, from the fewest to the most that the directions allow.
struct PerDay {
    double low = 0;
    double high = 0;
};

struct Directions {
    std::optional<PerDay> units;     // dosage units
    std::optional<PerDay> servings;  // "one serving twice daily": no dosage unit is named
    bool doses_differ = false;       // "2 in the morning, 1 in the evening"
};

// The doses of one day added up: "2 capsules in the morning and 1 before bed" is 3, "1 tablet twice daily" 2. Only
// doses counted in `unit` ("capsule"); in the unit of the first where it is empty. Nothing where no day is spoken of,
// or where the directions differ: for several people or purposes, as needed, growing, or told twice and not the same.
Directions directions_of(const std::vector<Markup>& blocks, const std::string& unit);

}  // namespace magscan::parser
