// What about a photo stood in the way of an answer, and how to take a better one.
#pragma once

#include <vector>

#include "calc/assessment.h"
#include "ocr/page.h"

namespace magscan::scan {

// Codes, in the order in which they are given:
//   detector_missing   the text detector is not installed; whatever the answer
//   upside_down        the photo stands on its head and was turned; whatever the answer
// and where the answer is not complete, or not sure:
//   not_a_label        hardly any text, or much text and nothing that a label says; then no other fault is named
//   nothing_read       too little was read to say anything
//   blurred, glare_over_text, text_too_small   much of what was found stands there so and was read with doubt, or not
//   panel_cut_off      rows of a facts panel run into the edge of the picture
//   only_front_seen    magnesium is named, its amount is not settled, and nothing of a facts panel was seen
//   hard_to_read       much was read with doubt, for none of these reasons
// Pages without a size (plain text) get none.
std::vector<parser::Warning> photo_advice(const ocr::Page& page, const calc::Assessment& assessment);

}  // namespace magscan::scan
