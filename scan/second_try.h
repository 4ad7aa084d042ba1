// When a photo is read once more: a label whose print is at the edge of what can be read comes out otherwise from an
// enlarged or a sharpened picture, sometimes with the digit or word that was missing.
#pragma once

#include "ocr/page.h"

namespace magscan::scan {

// Whether the page leaves open what its label seems to say: magnesium without a figure although there is more than a
// front to be seen, no form although a word beside the name was read with doubt, a figure that is hardly more likely
// right than wrong, or a panel without magnesium of which much was read with doubt. One photo in six.
bool is_left_open(const ocr::Page& page);

// Whether the second page of a photo tells form and figure where the first does not, or is surer of them; where neither
// has a figure, whether it tells the form.
bool is_clearer(const ocr::Page& second, const ocr::Page& first);

}  // namespace magscan::scan
