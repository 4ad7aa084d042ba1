// Where one table begins beside another: panels that are broken into several columns of nutrients.
#pragma once

#include <set>
#include <vector>

#include "ocr/page.h"

namespace magscan::parser {

// A word in the frame in which text runs along +u, v down; pixels.
struct PlacedWord {
    const ocr::Word* word = nullptr;
    float u = 0;  // where it begins
    float v = 0;
    float height = 0;
};

// The words in the middle of a line with which a row of the next table begins: a nutrient's name behind a percentage or
// an amount ("6 mg 353% Magnesium"), with names of the rows above or below beginning at the same place.
std::set<const ocr::Word*> table_starts(const std::vector<std::vector<PlacedWord>>& lines);

}  // namespace magscan::parser
