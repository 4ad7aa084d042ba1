// Whether a printed amount is the element or the compound, by the rules of calc/data/rules.json.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "calc/assessment.h"
#include "parser/label.h"

namespace magscan::calc {

// What the rest of the label says that bears on one statement.
struct Context {
    parser::Jurisdiction market = parser::Jurisdiction::kUnknown;
    std::optional<double> units_per_serving;
    std::optional<std::string> unit;  // dosage unit
    bool front_names_form =
        false;  // "GLYCINATE" in a headline of its own: what "MAGNESIUM 500 mg" beside it counts is open
    bool photos_name_other_forms = false;  // see forms_disagree in photos.h
    // The label's amounts of compounds by name: a front may show one of those off.
    std::vector<double> compound_mg = {};
};

struct Decision {
    Basis basis = Basis::kAmbiguous;
    Status status = Status::kUnknown;
    std::string rule;                   // id of the rule that decided
    std::optional<Interval> elemental;  // of the statement's own serving, unit or day
    std::optional<Interval> compound;
    bool percent_agrees = false;
    bool percent_agrees_loosely = false;  // not by the market's own daily value, or cut off instead of rounded
    bool contradicts_itself = false;      // figures of the statement that can't all be true
    bool percent_disagrees = false;       // a printed percentage that no daily value explains
    bool read_differently = false;        // on several photos, and nothing settles which reading is right
    double confidence = 0;                // 0..1: evidence for the elemental figure, a score (calibration.h)
    std::vector<Check> checks;
};

Decision decide(const parser::Statement& statement, const Context& context);

}  // namespace magscan::calc
