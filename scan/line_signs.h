// What each line of a page tells about the photo: whether it belongs to a supplement's label, to its facts panel, and
// how well it was read.
#pragma once

#include <vector>

#include "ocr/page.h"

namespace magscan::scan {

struct LineSigns {
    double letters = 0;     // letters and digits read; of a line that was not read, as many as have room in it
    double confidence = 0;  // 0..1, mean over the letters; 0 of a line that was not read
    int label_words = 0;  // phrases that a supplement's or food's label prints: nutrients, panel headings, capsules ...
    bool panel_word = false;  // a phrase that only stands on the side with the facts: "Serving Size", "% Daily Value"
    bool panel_row = false;  // such a phrase, or a row of a table: a nutrient with its mass, a mass with its percentage
};

// One for each line.
std::vector<LineSigns> signs_of(const std::vector<ocr::Line>& lines);

}  // namespace magscan::scan
