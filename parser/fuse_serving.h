// The serving of a product out of those that its photos give.
#pragma once

#include <optional>
#include <vector>

#include "parser/label.h"

namespace magscan::parser {

// Field by field, from the photo whose words define the serving best; its evidence of each. A serving size, a number of
// servings or a daily dose that two photos give differently is left open, with a warning photos_disagree.
std::optional<Serving> fuse_servings(const std::vector<Label>& photos, std::vector<Warning>& warnings);

}  // namespace magscan::parser
