// Reads labels in another script than Latin, such as Greek, which English data reads as gibberish.
#pragma once

#include <opencv2/core.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ocr/engine_pool.h"
#include "ocr/line_reader.h"

namespace magscan::ocr {

// Whether English data seems to have met letters that it does not know: several lines of words of no known language,
// read with doubt, with letters of two kinds in one word ("EvnAtkec", "S6on"). Looks at the words only. Blurred
// Latin print reads as doubtful, but keeps to one kind of letter.
bool seems_of_other_script(const std::vector<Reading>& readings);

// Where the page seems to be of another script: reads a few of its lines with the data of each listed language that is
// installed, and where one of them reads these surely and finds its own words, all doubtful lines. A label mixes
// scripts: what the first look read surely stays, and so do figures. Returns nothing where the page is of no other
// script; else "", or the language's name ("Greek") where its data is missing and what was read looks like its words.
// The same readings of the same picture give the same result whatever the number of threads.
std::optional<std::string> read_in_own_script(std::vector<Reading>& readings, const cv::Mat& bgr, EnginePool& engines,
                                              const Effort& effort);

// Whether a text holds letters of another script than Latin: Greek and what follows it in Unicode.
bool holds_other_letters(std::string_view text);

// What Greek data gets wrong in a figure: words that stand close are parted, and an iota with a breathing, which no
// label of today prints, is a 1 where it stands alone.
void mend_greek(std::vector<PlacedWord>& words);

// A digit between letters of one word ("Sta8eonc" for "διάθεσης") is a letter of another script; any other is a figure.
bool is_figure_in_script(std::string_view word);

}  // namespace magscan::ocr
