// One item of a label: a name for magnesium with all that is printed about it, in running text.
#pragma once

#include <optional>
#include <vector>

#include "parser/label.h"
#include "parser/markup.h"
#include "parser/sections.h"

namespace magscan::parser {

struct Item {
    const Mention* head = nullptr;  // the name that the item is about
    std::size_t first = 0;  // token range [first, last), with the amount in front of the name if it has one there
    std::size_t last = 0;
    const Quantity* before = nullptr;  // "200 mg of magnesium": the amount in front of the name
    bool part = false;  // "... and 50 mg as citrate": one source's part of the magnesium that the item before names
};

// The items of a block, left to right. Names inside other nutrients' brackets ("Vitamin C (as magnesium ascorbate)"),
// excipients and names in lists of what is absent are none.
std::vector<Item> find_items(const Markup& markup, const std::vector<Section>& sections);

// True where nothing but filler words ("of", "de", "pure", "total" ...) stands between the tokens. `scraps`: nor
// anything but those and what is left of misread short words and marks.
bool only_fillers(const Markup& markup, std::size_t first, std::size_t last, bool scraps = false);

// What the item says.
Statement read_item(const Markup& markup, const Item& item);

}  // namespace magscan::parser
