// Washed-out places that touch text: what stood there cannot be read, and a
// retake may help.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "ocr/page.h"
#include "ocr/text_line.h"

namespace magscan::ocr {

// A reflection fades out at its edge and covers no more than a part of the picture; what ends sharply is white paper
// or background and no glare. Outlines of the parts that lie over text, in pixels of the photo as sent (`scale`: pixels
// of `bgr` per pixel of that photo), largest first.
std::vector<Polygon> find_glare(const cv::Mat& bgr, const std::vector<TextLine>& lines, double scale);

}  // namespace magscan::ocr
