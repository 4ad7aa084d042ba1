// Whether the facts panel of a page is cut off by the edge of the photo.
#pragma once

#include <vector>

#include "ocr/page.h"
#include "scan/line_signs.h"

namespace magscan::scan {

// `signs`: of page.lines. True where rows of a panel were read and much of the text begins or ends beyond one edge of
// the picture.
bool is_panel_cut(const ocr::Page& page, const std::vector<LineSigns>& signs);

}  // namespace magscan::scan
