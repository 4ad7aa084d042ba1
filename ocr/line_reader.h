// Reads one printed line in the ways that may serve, and keeps the way that
// reads best.
#pragma once

#include <optional>
#include <vector>

#include "ocr/page.h"
#include "ocr/recognizer.h"
#include "ocr/strip.h"
#include "ocr/surface.h"
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

// Reads `line` as it is, from the rendering that serves most lines of its length.
Reading read_first(const Pyramid& pyramid, Recognizer& recognizer, const TextLine& line);

// Whether the line as a whole, and each of its words that holds a digit, was read surely.
bool is_sure(const Reading& reading);

// Ink at an end of the line was not read: letters that are paler than the rest. Never of a line with a figure: one that
// is sure is not put to the vote again for a mark beside it.
bool leaves_ends(const Reading& reading);

// Hardly anything was read: a pattern, or print that needs another way of looking at it.
bool is_garbled(const Reading& reading);

// Whether a word of several letters was read. Patterns give short ones, and figures such as 8, 0, 6 and 9 read from
// either end.
bool spells(const Reading& reading);

// Whether `turned`, of the line read from its other end, shows that `upright` stood on its head.
bool is_right_way_round(const Reading& turned, const Reading& upright);

// How much of the line two words both cover, in pixels; negative where a gap parts them.
float shared_width(const PlacedWord& a, const PlacedWord& b);

// The words, with spaces between them.
std::string text_of(const Reading& reading);

// The words of all readings, in their order.
std::vector<std::string> words_of(const std::vector<Reading>& readings);

// Sets confidence and score from the words.
void weigh(Reading& reading);

// What is known of where a line was found, for reading it again.
struct Surroundings {
    const TextRegion& region;
    const std::optional<Surface>& surface;
};

// Reads the line again in other renderings (against its ground, unrolled, straight where it bends, wider, smaller)
// until it is sure and read to its ends, `most` times at most, and votes.
Reading look_again(const Pyramid& pyramid, Recognizer& recognizer, const Reading& first, const Surroundings& around,
                   int most);

// The line for the page; `scale` is picture pixels per pixel of the photo as it
// was sent.
Line placed(const Reading& reading, double scale);

}  // namespace magscan::ocr
