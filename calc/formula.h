// Chemical formulas: what they are made of and what they weigh. Safe to use from any number of threads.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace magscan::calc {

// Atoms of each element in one formula unit. Ordered by symbol.
using Composition = std::map<std::string, double, std::less<>>;

// Reads a formula as chemists write it: "Mg(C2H4NO2)2", "4MgCO3.Mg(OH)2.5H2O". Round and square brackets nest up to 8
// deep; parts joined by a dot ('.', '·' or '*') may begin with a whole multiplier. Subscript digits (U+2080..U+2089)
// count as digits. The error says in words what is wrong and where. At most 200 bytes, counts up to 9999, known
// elements only.
tl::expected<Composition, std::string> parse_formula(std::string_view formula);

// Grams per mole from the table of atomic weights (calc/data/atomic_weights.json).
double molar_mass(const Composition& composition);

// Mass fraction of magnesium, 0..1; 0 for an empty composition.
double magnesium_fraction(const Composition& composition);

}  // namespace magscan::calc
