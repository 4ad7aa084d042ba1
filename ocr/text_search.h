// Finds text of every size on a picture: one coarse look at the whole, then
// closer looks where the text is small.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "ocr/look_plan.h"
#include "ocr/text_detector.h"

namespace magscan::ocr {

// Regions in pixels of `bgr` (8-bit, 3 channels), large text first. The same
// picture gives the same regions.
std::vector<TextRegion> find_text(TextDetector& detector, const cv::Mat& bgr, const SearchLimits& limits = {});

}  // namespace magscan::ocr
