// Reading without the text detector: Tesseract finds the lines itself. Finds
// far less on labels, but needs no model.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "ocr/engine_pool.h"
#include "ocr/line_reader.h"

namespace magscan::ocr {

// Lines of a BGR picture, in its pixels. Tries the four ways up and keeps the
// one that reads best.
std::vector<Reading> read_by_layout(const cv::Mat& bgr, EnginePool& engines, const Effort& effort, int max_lines);

}  // namespace magscan::ocr
