// Which part of a label each word stands in.
#pragma once

#include <vector>

#include "parser/label.h"
#include "parser/markup.h"

namespace magscan::parser {

struct Section {
    Place place = Place::kFront;
    bool excipients = false;  // "Other ingredients: ..."
    bool absent = false;      // "Free from: ..."
};

// One per token. A block without a heading of its own begins as `inherited`.
std::vector<Section> sections_of(const Markup& markup, Section inherited);

}  // namespace magscan::parser
