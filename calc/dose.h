// What an amount of a named form of magnesium comes to, without a label around it. Pure arithmetic on the table of
// compounds; safe to use from any number of threads.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "calc/assessment.h"
#include "calc/compounds.h"
#include "calc/reference_values.h"

namespace magscan::calc {

inline constexpr double kLeastDoseMg = 0.001;   // in a serving
inline constexpr double kMostDoseMg = 100'000;  // of anything in a serving
inline constexpr double kMostDoseCount = 1000;  // units in a serving, servings in a day

struct DoseQuestion {
    std::string compound;                     // id of compounds.json
    double amount_mg = 0;                     // of a serving: kLeastDoseMg to kMostDoseMg
    Basis basis = Basis::kAmbiguous;          // of what: of magnesium, of the compound, or not known
    std::optional<double> units_per_serving;  // above 0, at most kMostDoseCount; as servings_per_day
    std::optional<double> servings_per_day;
};

// A mass in mg, over the ways to take it that the question tells.
struct DoseMass {
    Interval per_serving;
    std::optional<Interval> per_unit;
    std::optional<Interval> per_day;
};

// The share of magnesium in a compound's weight, 0..1.
struct WeightShare {
    Interval share;                // `value` only where one figure is right within some percent
    std::optional<double> theory;  // by the formula
};

// A compound that the name may stand for.
struct Candidate {
    const Compound* compound = nullptr;
    WeightShare share;
    std::optional<Interval> elemental_mg;  // per serving, if the amount is the compound's
    std::optional<Interval> compound_mg;   // per serving, if the amount is magnesium's
};

// What the magnesium is of a daily value, in percent.
struct DailyValueShare {
    const ReferenceValue* reference = nullptr;
    Interval per_serving;
    std::optional<Interval> per_day;
};

// One way to understand the amount.
struct DoseReading {
    Basis basis = Basis::kElemental;   // kElemental or kCompound
    DoseMass elemental;                // magnesium
    std::optional<DoseMass> compound;  // what the form weighs; missing where its share of magnesium may be 0
                                       // and for the element
    std::vector<DailyValueShare> daily_values;
};

struct Dose {
    DoseQuestion question;
    const Compound* compound = nullptr;  // never null
    WeightShare share;
    std::vector<Candidate> candidates;  // what the name may stand for, densest first; empty where it is one substance
    std::string rule;                   // id of the rule that says what the amount counts; empty where the caller did
    std::vector<DoseReading> readings;  // one; two, the compound's first, where the basis is open
    DoseMass elemental;                 // over all readings
};

// The error says in words what is wrong with the question.
tl::expected<Dose, std::string> dose(const DoseQuestion& question);

}  // namespace magscan::calc
