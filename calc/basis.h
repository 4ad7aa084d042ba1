// Whether a printed amount is the element or the compound, by the rules of calc/data/rules.json.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "calc/assessment.h"
#include "calc/context.h"
#include "parser/label.h"

namespace magscan::calc {

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
    bool form_impossible = false;         // so much can't be in the units as the named form; the amount is kept
    bool needs_denser = false;            // more than the named substance by itself holds: a denser source is mixed in
    bool digit_corrected = false;         // of the amount or the percentage, by the other (repair.h)
    std::optional<double> daily_value;    // of which the printed percentage is, in mg
    bool read_differently = false;        // on several photos, and nothing settles which reading is right
    double confidence = 0;                // 0..1: evidence for the elemental figure, a score (calibration.h)
    std::vector<Check> checks;
};

// `proof`: another column of the statement's row whose amount agrees with its percentage and is a multiple of the
// statement's own (ColumnChoice::proof); null where there is none.
Decision decide(const parser::Statement& statement, const Context& context, const parser::Column* proof = nullptr);

}  // namespace magscan::calc
