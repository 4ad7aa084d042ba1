// A front of pack that names magnesium alone and prints its one amount apart from the name, in type of its own.
#pragma once

#include <vector>

#include "parser/label.h"
#include "parser/markup.h"

namespace magscan::parser {

// "MAGNESIUM" over "+ Vitamin B6" over "300 mg": joins the two in one statement, marked `amount_apart`, where nothing
// else on the front can be what the amount is of: one mass on the whole label, no form and no panel, no other substance
// that is dosed that high, no unknown word in large print. Needs the places of the words; a text is left as it is.
void join_front_claim(const std::vector<Markup>& blocks, std::vector<Statement>& statements);

}  // namespace magscan::parser
