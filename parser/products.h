// Whether a photo shows more than one product that the figure could be of.
#pragma once

#include <optional>
#include <vector>

#include "parser/label.h"

namespace magscan::parser {

// A warning where two facts panels of similar print stand apart, or two fronts stand side by side, and give amounts of
// magnesium that contradict each other. `titles` are the places of the panels' titles. Nothing for text, and for
// amounts of which one is the other times a few units.
std::optional<Warning> several_products(const std::vector<Statement>& statements,
                                        const std::vector<ocr::Polygon>& titles);

}  // namespace magscan::parser
