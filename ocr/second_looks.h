// Which lines of a picture are read again, once all were read.
#pragma once

#include <vector>

#include "ocr/engine_pool.h"
#include "ocr/interest.h"
#include "ocr/line_reader.h"
#include "ocr/text_detector.h"

namespace magscan::ocr {

// Reads unsure lines again where that may matter: first display type and what may name what is asked for, then, where
// something does, figures and what hardly came out beside it. `readings` are of `regions`, one each, and are replaced
// by what reads better.
void look_twice(std::vector<Reading>& readings, const Pyramid& pyramid, const std::vector<TextRegion>& regions,
                EnginePool& engines, const Effort& effort, const LineInterest& interest);

}  // namespace magscan::ocr
