// Listings of shops and comparisons: a row a product, its properties in cells between bars.
#pragma once

#include "parser/markup.h"

namespace magscan::parser {

// "Acme Magnesium Citrate | magnesium citrate | 100 mg | 1 capsule": product, form, amount and serving in cells of
// their own. False where the product's cell prints the same amount: it may be a part of its name.
bool in_listing(const Markup& markup, const Quantity& amount);

}  // namespace magscan::parser
