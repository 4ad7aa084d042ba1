// The table of magnesium compounds: formula, mass fraction, declared range, family, and what law and registers call
// them. Loaded once from calc/data/compounds.json; safe to read from any number of threads.
#pragma once

#include <optional>
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

// How far a compound's number in the register of the Chemical Abstracts Service can be relied on.
enum class CasStatus {
    kVerified,  // read in a document
    kSure,      // in common use, not checked against a document
    kLikely,
    kUnsure,  // registers give other numbers, too
};

// Whether the European Union lets a food supplement use it as a source of magnesium.
enum class EuStatus {
    kListed,        // in Annex II of Directive 2002/46/EC
    kByParts,       // a blend, a coating or a name for what is listed there
    kNovelFood,     // authorised as a novel food
    kSpecialFoods,  // only in foods for special medical purposes, Regulation (EU) 2016/128
    kNotListed,
    kUnclear,        // the name hides what it is made of
    kNotApplicable,  // the element itself
};

struct Compound {
    std::string id;
    std::string name;
    std::string family;         // id of the report's forms
    bool names_family = false;  // what the family's name alone stands for; one row of each family
    std::string formula;        // empty where the substance has none
    Definition definition = Definition::kDefined;
    double molar_mass = 0;    // g/mol, computed from the formula; 0 without one
    double fraction = 0;      // mass fraction of magnesium 0..1 computed from the formula; 0 without one
    double declared_low = 0;  // mass fraction 0..1 that labels and suppliers declare
    double declared_typical = 0;
    double declared_high = 0;
    double pure_high = 0;  // of the substance itself; more is declared only where a denser source is mixed in
    std::vector<std::string> covers;  // ids of the compounds that a broad name may stand for
    std::optional<std::string> cas;
    CasStatus cas_status = CasStatus::kUnsure;
    std::optional<std::string> additive;  // E number, or the international one (INS) where the EU has none
    EuStatus eu_status = EuStatus::kUnclear;
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

// What a family's name alone stands for: "citrate" is any of the citrates. nullptr for an unknown family.
const Compound* compound_of_family(std::string_view family);

// The words of the data file.
std::string_view name_of(Definition definition);
std::string_view name_of(CasStatus status);
std::string_view name_of(EuStatus status);

}  // namespace magscan::calc
