// Puts the pieces of one printed line together again: the detector often marks words one by one.
#pragma once

#include <vector>

#include "ocr/line_reader.h"
#include "ocr/page.h"

namespace magscan::ocr {

// Lines for the page, in the order of their first pieces. Pieces are joined when one goes on where the other ends, a
// word gap apart; columns of a table stay apart. `scale` is picture pixels per pixel of the photo as it was sent.
std::vector<Line> join_pieces(std::vector<Reading> readings, double scale);

}  // namespace magscan::ocr
