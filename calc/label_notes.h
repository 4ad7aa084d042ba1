// What is odd about a label itself: warnings with stable codes, listed in README.md.
#pragma once

#include <vector>

#include "calc/elemental.h"

namespace magscan::calc {

// About the statements that the figure rests on, and about a source that is not part of it.
std::vector<parser::Warning> label_notes(const std::vector<Judged>& judged, const Figure& figure,
                                         const Context& context);

// Rule SUM-1: adds to each compound's row that repeats the source of the figure a check that tells so.
void note_sources(std::vector<Judged>& judged, const Figure& figure);

}  // namespace magscan::calc
