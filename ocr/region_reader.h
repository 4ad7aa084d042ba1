// From marked regions to read lines: how each runs, which way up it stands,
// what it says.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "ocr/engine_pool.h"
#include "ocr/interest.h"
#include "ocr/line_reader.h"
#include "ocr/text_detector.h"

namespace magscan::ocr {

// One reading for each region, in the order given. Every line is read once; those that `again` finds worth it and that
// are unsure, again (second_looks.h); without it, none.
// The same regions of the same picture give the same readings whatever the number of threads.
std::vector<Reading> read_regions(const cv::Mat& bgr, const std::vector<TextRegion>& regions, EnginePool& engines,
                                  const Effort& effort, const LineInterest* again);

}  // namespace magscan::ocr
