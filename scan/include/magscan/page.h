// What was read on one photo by somebody else: a phone's own text recognition (ML Kit, Apple Vision), or a recorded
// page of `magscan scan --page --json`. Lines of words, with where each stands on the photo.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "magscan/error.h"
#include "magscan/export.h"

namespace magscan {

inline constexpr std::size_t kMaxTextBytes = 1'000'000;  // of one label's text
inline constexpr std::size_t kMaxPageLines = 2'000;
inline constexpr std::size_t kMaxPageWords = 20'000;
inline constexpr std::size_t kMaxPageBytes = 16'000'000;  // of a page's JSON

// Pixels of the photo as it was sent, after its EXIF orientation: x to the right, y down, (0,0) the top left corner.
// Finite, at most 1e9 away from it.
struct Point {
    float x = 0;
    float y = 0;
};

// At least four corners, clockwise as the text is read: top left, top right, bottom right, bottom left. Curved lines
// carry more corners along their upper and lower edge. Empty where the place is not known; without places the columns
// of a table can't be told apart.
using Polygon = std::vector<Point>;

// Another reading of the same word.
struct Alternative {
    std::string text;
    float confidence = 0;  // 0..1
};

struct Word {
    std::string text;  // UTF-8, no white space
    Polygon polygon = {};
    float confidence = 0.8F;                     // 0..1, as the recogniser gives it
    std::vector<Alternative> alternatives = {};  // best first
};

struct Line {
    std::vector<Word> words = {};  // in reading order
    Polygon polygon = {};
    float height = 0;  // of the line's text box, in pixels of the photo; 0 where not known
    float blur = 0;    // width of the letters' edges as a share of `height`, 0..1; 0 where not known
};

struct Page {
    int width = 0;  // pixels of the photo; 0 where not known
    int height = 0;
    int rotation = 0;                 // degrees clockwise (0, 90, 180, 270) to turn the photo for the text to stand
    std::vector<Line> lines = {};     // top to bottom, left to right, as the upright text is read
    std::vector<Line> unread = {};    // found as text, but not read: lines without words
    std::vector<Polygon> glare = {};  // washed-out regions that touch text
    std::string detector = {};        // what found the lines; report: engine.detector
    std::string recognizer = {};      // engine and version that read them; report: engine.tesseract
};

// Of what `magscan scan --page --json` prints. Every field but a word's `text` may be missing; a line may give `text`
// instead of `words`: each word then takes its share of the line's polygon and the line's `confidence`, or 0.8. Unknown
// fields are passed over. A usage error names the field that is wrong.
MAGSCAN_API tl::expected<Page, Error> page_from_json(std::string_view json);

}  // namespace magscan
