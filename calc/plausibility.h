// Whether so much of the element can be in the dosage units at all (rules P-1 and P-2): m mg of the element need
// m / fraction mg of the compound, and a unit holds so many grams (calc/data/unit_capacity.json).
#pragma once

#include <optional>
#include <string>

#include "calc/shares.h"

namespace magscan::calc {

inline constexpr double kCompoundFromMg = 700;  // no usual serving carries that much of the element (rule FOP-2)
inline constexpr double kImpossibleMg = 2500;   // no oral product carries that much of the element in a serving

enum class Fit {
    kUnchecked,       // the unit, or how many of them, is not known
    kFits,            //
    kTight,           // more powder than usual
    kNeedsDenser,     // not as the pure substance; grades with a denser source mixed in, sold under its name, fit
    kFormImpossible,  // as no grade of the named form, but as oxide
    kImpossible,      // not even as oxide, or more than usual of that
};

struct Plausibility {
    Fit fit = Fit::kUnchecked;
    double most_mg = kImpossibleMg;  // of the element that the units can hold as the densest grade of the named form
    std::string detail;              // the arithmetic in words
    bool tight = false;              // more powder than usual, even of the densest grade
    bool close = false;              // it takes more than a quarter of what the units hold: worth telling
};

// For `mg` of the element in `units` units. Where the unit or the count is missing, only what no serving of any kind
// holds is told.
Plausibility plausibility(double mg, std::optional<double> units, const std::optional<std::string>& unit,
                          const Share& share);

}  // namespace magscan::calc
