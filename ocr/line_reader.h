// Reads one printed line in the ways that may serve, and keeps the way that
// reads best.
#pragma once

#include <vector>

#include "ocr/page.h"
#include "ocr/recognizer.h"
#include "ocr/strip.h"
#include "ocr/text_line.h"

namespace magscan::ocr {

struct PlacedWord {
    std::string text;
    float confidence = 0;  // 0..1
    cv::Rect2f place;      // in the line's own frame: x along the line, y below its
                           // middle, pixels of the picture
    std::vector<Alternative> alternatives;
};

// One way of reading a line.
struct Reading {
    TextLine line;  // as it was read: direction and bend
    std::vector<PlacedWord> words;
    float confidence = 0;  // mean over letters and digits
    float score = 0;       // grows with how much was read and how surely: tells the
                           // better of two readings of a line
};

// Reads `line` as it is, from one rendering.
Reading read_once(const Pyramid& pyramid, Recognizer& recognizer, const TextLine& line, const Rendering& rendering);

// Reads the line of `region`; where it bends also straight, and where the
// reading is unsure also from the other end and at another size. Words that
// hold a digit get the other readings of their place as alternatives.
Reading read_best(const Pyramid& pyramid, Recognizer& recognizer, const TextLine& line, const TextRegion& region);

// The line for the page; `scale` is picture pixels per pixel of the photo as it
// was sent.
Line placed(const Reading& reading, double scale);

}  // namespace magscan::ocr
