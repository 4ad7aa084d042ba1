// Which lines of a page can matter to what a label says about magnesium: what is worth reading twice.
#pragma once

#include <string_view>

#include "ocr/interest.h"

namespace magscan::parser {

// Takes a line as read, misreadings and all. Generous: a piece of the word ("agnesiu") counts as the name, any number
// as a figure. A pure function; may be called from any number of threads.
ocr::Interest interest_of(std::string_view line);

}  // namespace magscan::parser
