// Rebuilds table rows and text columns of a photographed label from where its words stand.
#pragma once

#include <vector>

#include "ocr/page.h"
#include "parser/document.h"

namespace magscan::parser {

// The page as blocks of running text, top to bottom. Words of one printed row stand in one row of a block even where
// the row is skewed, bent round a bottle or broken into several lines by wide gaps; columns of text side by side become
// blocks of their own. Amounts in columns to the right of a name stand after it in the same row, behind a tab.
std::vector<Block> blocks_of(const ocr::Page& page);

}  // namespace magscan::parser
