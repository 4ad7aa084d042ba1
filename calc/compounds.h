// The table of magnesium compounds: formula, mass fraction, declared range, family. Loaded once from
// calc/data/compounds.json; safe to read from any number of threads.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace magscan::calc {

// How well a label's name pins the substance down.
enum class Definition {
    kDefined,    // one substance: the fraction follows from the formula
    kRange,      // commercial material or variable hydrate
    kAmbiguous,  // a name that covers several substances
    kExcipient,  // counts 0 mg
};

struct Compound {
    std::string id;
    std::string name;
    std::string family;   // id of the report's forms
    std::string formula;  // empty where the substance has none
    Definition definition = Definition::kDefined;
    double molar_mass = 0;    // g/mol, computed from the formula; 0 without one
    double fraction = 0;      // mass fraction of magnesium 0..1 computed from the formula; 0 without one
    double declared_low = 0;  // mass fraction 0..1 that labels and suppliers declare
    double declared_typical = 0;
    double declared_high = 0;
    double pure_high =
        0;            // what the substance itself can hold; more is declared only where a denser source is mixed in
    std::string why;  // why declared and computed differ
    std::vector<std::string> sources;
};

// Relative, of a declared range: what the rounding of printed figures may add to it.
inline constexpr double kDeclaredSlack = 0.03;

// Whether a share of the weight lies in a declared range, give or take the slack.
bool fits_declared(double share, double low, double high);

// Never null for an id of the table; nullptr otherwise.
const Compound* find_compound(std::string_view id);
const std::vector<Compound>& compounds();

}  // namespace magscan::calc
