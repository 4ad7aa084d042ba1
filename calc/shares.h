// What part of a statement's compounds can be magnesium, by weight: fractions 0..1 of calc/data/compounds.json.
#pragma once

#include "calc/assessment.h"
#include "parser/label.h"

namespace magscan::calc {

inline constexpr double kDensestSource = 0.603;  // magnesium oxide: no source holds more

struct Share {
    double low = 0.03;
    double typical = 0;               // 0: not known
    double high = kDensestSource;     // of the grades that are sold under the name
    double pure = kDensestSource;     // of the substance itself: what is declared above it has a denser source mixed in
    double densest = kDensestSource;  // of any grade of its family: a name does not prove the pure substance
    double theory = 0;                // by the formula, where the name is that of one defined substance; else 0
    bool named = false;               // by compounds of the table; else the bounds are those of any source

    // Whether a share of the weight lies in the declared range, give or take the rounding of printed figures.
    bool holds(double share) const;
};

// Over all compounds that the statement names; the widest bounds where one of them is not in the table.
Share share_of(const parser::Statement& statement);

// What a weight of the compound holds. `pharmaceutical`: the strength of a medicine, which counts the substance by its
// formula, not as a trade grade.
Interval element_of(double compound_mg, const Share& share, bool pharmaceutical = false);

}  // namespace magscan::calc
