// The places of a label that tell how many units a serving has.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "parser/label.h"
#include "parser/markup.h"

namespace magscan::parser {

// A dose found somewhere on the label, and how well that place defines the serving.
struct FoundServing {
    ServingRank rank = ServingRank::kAlone;
    double low = 0;
    double high = 0;        // above `low` for a range
    std::string unit;       // empty where the label names none: "1 daily"
    std::string text;       // as printed
    std::size_t token = 0;  // where it begins in its block
    Evidence evidence;
    std::optional<double> grams;  // of the serving, in brackets behind or before its count
    std::optional<double> millilitres;
    bool several = false;          // other doses beside it, for other people
    bool heads_magnesium = false;  // a row of magnesium stands below it: of two panels, this is the one
};

// Adds what one block of text says, in its order; sets the servings a container.
void find_servings(const Markup& markup, std::vector<FoundServing>& found, Serving& serving);

}  // namespace magscan::parser
