// Amounts of magnesium that a label splits by source: "100 mg (as oxide), 50 mg (as citrate)".
#pragma once

#include <cstddef>
#include <optional>

#include "parser/item.h"

namespace magscan::parser {

// A comma, a plus or the word "and".
bool links_parts(const Markup& markup, std::size_t token);

// "100 mg from magnesium citrate", "50 mg (as oxide)": whether a source follows the amount.
bool is_of_source(const Markup& markup, const Quantity& amount);

// "Magnesium from citrate 60 mg, from malate 60 mg", "(as oxide) 100 mg, (as citrate) 50 mg", "100 mg as oxide and 50
// mg as citrate": the mention as a source with an amount of its own, right behind the item of another.
std::optional<Item> further_part(const Markup& markup, const Mention& mention, const Item& before);

// "375 mg, of which 200 mg from magnesium oxide": the item's own amount is the whole, those with sources its shares.
bool holds_shares(const Markup& markup, const Item& item);

// "... and 50 mg as citrate": an amount with its source, linked to what stands before it.
bool begins_part(const Markup& markup, const Quantity& amount);

}  // namespace magscan::parser
