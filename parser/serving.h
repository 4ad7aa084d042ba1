// Serving size, servings a container, servings a day.
#pragma once

#include <optional>
#include <vector>

#include "parser/label.h"
#include "parser/markup.h"

namespace magscan::parser {

// Nothing where the label states neither a serving nor how much to take.
std::optional<Serving> serving_of(const std::vector<Markup>& blocks);

}  // namespace magscan::parser
