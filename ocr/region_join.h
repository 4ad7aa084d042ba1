// Pieces of one printed line that the detector marked apart, made one before they are read.
#pragma once

#include <vector>

#include "ocr/text_detector.h"

namespace magscan::ocr {

// Joins regions of like height that follow each other on one straight line with less than a letter's width between, or
// that overlap: "3" "50 mg". Pieces with a word's gap between them stay apart; so do long ones, which may bend.
std::vector<TextRegion> join_regions(std::vector<TextRegion> regions);

}  // namespace magscan::ocr
