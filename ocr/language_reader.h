// Reads the lines of a label once more in the label's own language, where that may help.
#pragma once

#include <opencv2/core.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "ocr/engine_pool.h"
#include "ocr/interest.h"
#include "ocr/line_reader.h"

namespace magscan::ocr {

// Tells the language from the readings, which were made with English data. Where it is another, lines with doubtful
// words are read with that language's data too, and for each the better reading is kept; figures stay as they were
// read, and so do lines of Interest::kName, whose words English data reads as well. Returns the name of the language
// ("German") where its data is not installed and lines were in doubt; the readings then stay as they are. Else returns
// "". Labels in another script than Latin: see script_reader.h. English labels cost nothing but the look at their
// words. The same readings of the same picture give the same result whatever the number of threads.
std::string read_in_own_language(std::vector<Reading>& readings, const cv::Mat& bgr, EnginePool& engines,
                                 const Effort& effort, const LineInterest& interest = {});

// The better of two readings of a line, `own` with data of its language. Words that are figures stay as `english` has
// them.
using FigureTest = bool (*)(std::string_view word);
Reading better_of(const Reading& english, Reading own, FigureTest is_figure = holds_digit);

// A line with a word that another language's data might read better.
bool is_doubtful(const Reading& reading);

}  // namespace magscan::ocr
