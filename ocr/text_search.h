// Finds text of every size on a picture: one coarse look at the whole, then
// closer looks where the text is small.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "ocr/effort.h"
#include "ocr/look_plan.h"
#include "ocr/text_detector.h"

namespace magscan::ocr {

// Regions in pixels of `bgr` (8-bit, 3 channels), large text first. The same
// picture gives the same regions. `is_stopped` is asked before each closer look; once it says so, Stopped is thrown.
std::vector<TextRegion> find_text(TextDetector& detector, const cv::Mat& bgr, const SearchLimits& limits = {},
                                  const StopTest& is_stopped = {});

}  // namespace magscan::ocr
