// From marked regions to read lines: how each runs, which way up it stands,
// what it says.
#pragma once

#include <opencv2/core.hpp>
#include <optional>
#include <string>
#include <vector>

#include "ocr/engine_pool.h"
#include "ocr/interest.h"
#include "ocr/known_print.h"
#include "ocr/line_reader.h"
#include "ocr/text_detector.h"

namespace magscan::ocr {

struct RegionReadings {
    std::vector<Reading> lines;             // one for each region, in the order given
    std::optional<std::string> own_script;  // what read_in_own_script says of them (script_reader.h)
};

// Every line is read once, doubtful ones in their own script, too, and those that `interest` finds worth it and that
// are unsure then, again (second_looks.h). Of a picture that is read for the second time, only what is not `known`, and
// without further looks.
// The same regions of the same picture give the same readings whatever the number of threads.
RegionReadings read_regions(const cv::Mat& bgr, const std::vector<TextRegion>& regions, EnginePool& engines,
                            const Effort& effort, const LineInterest& interest, const KnownPrint* known = nullptr);

}  // namespace magscan::ocr
