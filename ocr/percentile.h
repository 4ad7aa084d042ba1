// Grey levels that tell letters from ground.
#pragma once

#include <opencv2/core.hpp>

namespace magscan::ocr {

// The grey (0..255) that a share (0..1) of the picture's pixels lies below. `gray` is 8-bit with one channel.
int percentile(const cv::Mat& gray, double share);

}  // namespace magscan::ocr
