// Which of a row's amounts belongs to one serving, by the headings of the table's columns and by the percentage.
#pragma once

#include <optional>

#include "calc/assessment.h"
#include "parser/label.h"

namespace magscan::calc {

struct ColumnChoice {
    parser::Statement statement;  // with the chosen amount as its own and the others behind it
    bool settled = true;          // false: several amounts and nothing picks one
    // Another column whose amount agrees with the percentage beside it and is to the chosen one as the servings are:
    // what the one amount counts, the other counts. Only where the chosen one has no percentage of its own.
    std::optional<parser::Column> proof;
    std::optional<Check> check;          // which amount was taken, of which others
    std::optional<Check> measure_check;  // whether it is that per 100 g or 100 ml times the serving's measure
};

// Per serving before per day before per unit, the label's own serving size before others, adults before children; per
// 100 g and per 100 ml only where there is nothing else. Statements with one amount come back as they are.
ColumnChoice choose_column(const parser::Statement& statement, const std::optional<parser::Serving>& serving,
                           parser::Jurisdiction market);

}  // namespace magscan::calc
