// Finds text of every size on a picture: one coarse look at the whole, then
// closer looks where the text is small.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "ocr/text_detector.h"

namespace magscan::ocr {

struct SearchLimits {
    int tiles = 2;             // closer looks at most; each costs as much as the coarse one
    double enlargement = 2.0;  // of the picture's own pixels, at most
};

// Regions in pixels of `bgr` (8-bit, 3 channels), large text first. The same
// picture gives the same regions.
std::vector<TextRegion> find_text(TextDetector& detector, const cv::Mat& bgr, const SearchLimits& limits = {});

}  // namespace magscan::ocr
