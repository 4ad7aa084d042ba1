// Cells: runs of words on one printed line without a wide gap, in a frame in which their text runs to the right.
#pragma once

#include <string>
#include <vector>

#include "ocr/page.h"

namespace magscan::parser {

struct Cell {
    std::vector<const ocr::Word*> words;  // in reading order
    // In the frame turned so that text of this cell's direction runs along +u, v down; pixels.
    float left = 0;
    float right = 0;
    float left_v = 0;  // middle height of the text at its two ends
    float right_v = 0;
    float left_slope = 0;  // dv/du of the baseline at its two ends
    float right_slope = 0;
    float height = 0;
    bool value = false;  // amounts, percentages, marks only: belongs to the name on its left

    std::string text() const;  // its words, a space between them
    float middle_v() const { return (left_v + right_v) / 2; }
    float width() const { return right - left; }
};

// All cells of the page that run in one direction.
struct CellGroup {
    float angle = 0;  // radians, direction of the text on the photo
    std::vector<Cell> cells;
};

// The groups hold pointers into the page, which has to outlive them. The group with most text comes first.
std::vector<CellGroup> cells_of(const ocr::Page& page);

}  // namespace magscan::parser
