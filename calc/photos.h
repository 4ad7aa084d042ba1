// Where the photos of one product contradict each other, and what of it the check digits settle.
#pragma once

#include <vector>

#include "calc/basis.h"
#include "calc/elemental.h"

namespace magscan::calc {

// A statement whose readings on several photos were compared: the one that counts, and its decision.
struct Settled {
    parser::Statement statement;  // without rivals
    Decision decision;
    std::vector<parser::Warning> warnings;
};

// Of readings of one row that differ, the one counts whose amount fits a percentage that was read in that row, if only
// one does. Otherwise the decision is bounds over all readings, never a figure. A statement without rivals is decided
// as it is.
Settled settle_readings(const parser::Statement& statement, const Context& context);

// Whether some photo shows both.
bool share_photo(const parser::Statement& a, const parser::Statement& b);

// Whether the photos fall into groups that name no form in common: photos of different products, or parts of one panel
// that no photo shows as a whole. Names of a whole group of forms ("chelate") contradict nothing.
bool forms_disagree(const std::vector<parser::Statement>& statements);

// What to say about forms that disagree, and about amounts on other photos that the figure leaves unexplained.
std::vector<parser::Warning> contradictions(const std::vector<Judged>& judged, const Figure& figure,
                                            const Context& context);

}  // namespace magscan::calc
