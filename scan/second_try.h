// When a photo is read once more, and what of it: a label whose print is at the edge of what can be read comes out
// otherwise from an enlarged or a sharpened picture, sometimes with the digit or word that was missing.
#pragma once

#include <optional>

#include "ocr/page.h"

namespace magscan::scan {

// What is read once more, and how.
struct SecondTry {
    bool enlarged = false;  // small print; else sharpened, which costs less and serves letters on a picture
    ocr::Box kept = {};     // whose lines are taken; pixels of the photo
    ocr::Box seen = {};     // and what has to be looked at, so that no line of it is cut
};

// For a page that leaves open what its label seems to say, one photo in eight: magnesium without a figure although
// there is more than a front to be seen, a figure or bounds that are hardly more likely right than wrong, a panel
// without magnesium of whose words many were read with doubt, a front without a form although a word beside the name
// was read with doubt. Of a panel the rows around the names, in which figures and forms stand; of a front, and where no
// line names magnesium, all.
std::optional<SecondTry> second_try_for(const ocr::Page& page);

// The page with what was read `again` in place of its own lines there.
ocr::Page with_second_try(const ocr::Page& page, ocr::Page again, const SecondTry& second_try);

// Whether the second page of a photo tells form and figure without much doubt where the first does not, or is surer of
// them; where neither has a figure, whether it tells the form.
bool is_clearer(const ocr::Page& second, const ocr::Page& first);

}  // namespace magscan::scan
