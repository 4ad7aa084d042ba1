// How far the letters of a line really reach: the detector marks a line's core
// and tells its edges only roughly.
#pragma once

#include "ocr/strip.h"
#include "ocr/text_line.h"

namespace magscan::ocr {

// The line with its height, middle and ends moved to where the ink ends. Grows
// by at most half a height above and below, and by one height at each end.
TextLine fitted_to_ink(const Pyramid& pyramid, const TextLine& line);

}  // namespace magscan::ocr
