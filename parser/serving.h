// Serving size, servings a container, servings a day.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "parser/label.h"
#include "parser/markup.h"

namespace magscan::parser {

// "each", "jede", "chaque" ...: one unit is spoken of. Takes a normalised word.
bool means_each(std::string_view word);

// Nothing where the label states neither a serving nor how much to take.
std::optional<Serving> serving_of(const std::vector<Markup>& blocks);

}  // namespace magscan::parser
