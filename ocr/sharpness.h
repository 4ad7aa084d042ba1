// How sharp the print is: how many pixels its edges take to turn from ink to ground.
#pragma once

#include <opencv2/core.hpp>

#include "ocr/page.h"

namespace magscan::ocr {

// Sets `blur` of every line of the page, read or not. `scale` is pixels of `bgr` per pixel of the photo as it was sent.
// Defocus widens all edges, motion those across it: the wider of edges along and across the line counts. Measured
// against the contrast beside each edge, at one height of the letters, so that dim light, grain and the size of the
// print matter little. Stays 0 where the contrast is too low to tell, or the place of a line is not known.
void measure_sharpness(const cv::Mat& bgr, double scale, Page& page);

}  // namespace magscan::ocr
