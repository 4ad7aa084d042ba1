// The part of a picture that may hold print.
#pragma once

#include <opencv2/core.hpp>

namespace magscan::ocr {

// The smallest upright rectangle outside of which the picture (8-bit, 3 channels) is smooth, with a margin around it;
// empty where all of it is. A bare wall or a studio's white is left out, wood, cloth and noise are not.
cv::Rect print_area(const cv::Mat& bgr);

}  // namespace magscan::ocr
