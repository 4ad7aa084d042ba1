// From what was read to what the label says.
#pragma once

#include <string_view>

#include "ocr/page.h"
#include "parser/label.h"

namespace magscan::parser {

// Both are pure functions of their input, never fail, and may be called from any number of threads. A page or text with
// nothing about magnesium gives a label without statements.
Label parse_page(const ocr::Page& page);
Label parse_text(std::string_view text);

}  // namespace magscan::parser
