// What about a photo stood in the way of an answer, and how to take a better one.
#pragma once

#include <vector>

#include "calc/assessment.h"
#include "ocr/page.h"

namespace magscan::scan {

// Codes: detector_missing (whatever the answer); and where the answer is not complete: nothing_read, text_too_small,
// glare_over_text, hard_to_read. Pages without a size (plain text) get none.
std::vector<parser::Warning> photo_advice(const ocr::Page& page, const calc::Assessment& assessment);

}  // namespace magscan::scan
