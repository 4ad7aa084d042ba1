// A figure that may be a part only, because rows beside it could not be read.
#pragma once

#include <optional>
#include <vector>

#include "calc/elemental.h"

namespace magscan::calc {

// Where rows beside the figure's own may be magnesium's, the figure is the least there is and no longer firm: with what
// the rows can add as its upper bound, or none where a row left no figure at all. Gives a warning that says what to do.
// A total needs nothing added. Rows whose amount and percentage do not fit magnesium's daily value are other nutrients.
std::optional<parser::Warning> allow_for_unread_rows(Figure& figure, const std::vector<Judged>& judged,
                                                     const parser::Label& label);

}  // namespace magscan::calc
