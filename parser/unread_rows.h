// Rows of a panel beside a row for magnesium that may be magnesium's too, but were read in part only.
#pragma once

#include <vector>

#include "parser/item.h"
#include "parser/label.h"
#include "parser/markup.h"

namespace magscan::parser {

// Near a row that has magnesium with an amount and a percentage: rows whose name could not be read, and rows that name
// another form of magnesium in a closing bracket, or as the row that was read does, but no amount. Rows of other
// nutrients are none. `items[i]` are those of `blocks[i]`. Whether the figures can be magnesium's, their percentage has
// to tell (see calc/unread_rows.h).
std::vector<UnreadRow> find_unread_rows(const std::vector<Markup>& blocks, const std::vector<std::vector<Item>>& items);

}  // namespace magscan::parser
