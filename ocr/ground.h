// Letters by how far their colour is from what they stand on, whichever of the two is lighter.
#pragma once

#include <opencv2/core.hpp>

namespace magscan::ocr {

// `bgr` is a straightened line with `margin` rows of its ground above and below the letters. Gives the rows between as
// 8-bit grey, dark letters on light; empty where nothing stands out. Follows shade, shine and gradients of the ground,
// and tells colours of equal brightness apart; needs a gap between this line and its neighbours.
cv::Mat contrast_to_ground(const cv::Mat& bgr, int margin);

}  // namespace magscan::ocr
