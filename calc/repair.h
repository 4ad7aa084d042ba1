// Repairs a misread digit where the arithmetic of the label leaves one reading only.
#pragma once

#include <optional>
#include <vector>

#include "calc/assessment.h"
#include "parser/label.h"

namespace magscan::calc {

struct Repair {
    parser::Statement statement;  // with the figure that was meant
    bool digit = true;            // a digit was changed; false: only a percentage sign was taken for digits
    Check check;                  // both readings and the proof
};

// Amount and percentage of daily value are check digits for each other. Where they disagree, one digit of one of the
// two is changed if exactly one plausible misreading makes them agree and nothing else on the label speaks against it.
// Nothing where they agree, where two repairs are possible, and where the amount may be the compound's.
std::optional<Repair> repair(const parser::Statement& statement, const std::vector<parser::Statement>& all,
                             parser::Jurisdiction market);

}  // namespace magscan::calc
