// Which way the text of a picture runs, found out by reading some of it.
#pragma once

#include <optional>
#include <vector>

#include "ocr/engine_pool.h"
#include "ocr/line_reader.h"
#include "ocr/page.h"

namespace magscan::ocr {

// Of each line, its first reading where it has been read.
using FirstReadings = std::vector<std::optional<Reading>>;

// Turns lines round where reading a few long ones says that all of their kind (upright ones, steep ones) run the other
// way. Gives the readings of those few, as the lines run now.
FirstReadings turn_by_reading(std::vector<TextLine>& lines, const Pyramid& pyramid, EnginePool& engines,
                              const Effort& effort);

// The mean direction of reading over all that was read, weighed by how much it
// was; (1,0) when nothing was.
cv::Point2f direction_of_reading(const std::vector<Reading>& readings);

// Degrees clockwise (0, 90, 180, 270) to turn a picture whose text runs along
// `direction`.
int rotation_for(cv::Point2f direction);

// Sorts top to bottom, left to right, as text that runs along `direction` is
// read.
void sort_for_reading(std::vector<Reading>& readings, cv::Point2f direction);

}  // namespace magscan::ocr
