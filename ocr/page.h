// What was read on one photo: lines of words, with where each stands on the photo.
//
// This is the only type that passes from `ocr` to `parser`. It holds no pixels and needs neither OpenCV nor Tesseract,
// so a phone that has its own text recognition can fill it in and skip `ocr` altogether.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace magscan::ocr {

// Pixels of the photo as it was sent, after its EXIF orientation: x to the right, y down, (0,0) the top left corner.
struct Point {
    float x = 0;
    float y = 0;
};

// Upright, in the same pixels.
struct Box {
    float left = 0;
    float top = 0;
    float right = 0;
    float bottom = 0;
};

// At least four corners, clockwise as the text is read: top left, top right, bottom right, bottom left. Curved lines
// carry more corners along their upper and lower edge. Empty where the place is not known (plain text input).
using Polygon = std::vector<Point>;

// Another reading of the same word, and how sure the recogniser was of it (0..1).
struct Alternative {
    std::string text;
    float confidence = 0;
};

struct Word {
    std::string text;  // UTF-8, no white space
    Polygon polygon;
    float confidence = 0;                   // 0..1, as the recogniser gives it
    std::vector<Alternative> alternatives;  // best first; only for words that hold a digit
};

struct Line {
    std::vector<Word> words;  // in reading order
    Polygon polygon;
    float height = 0;  // of the line's text box, in pixels of the photo; 0 where not known
    float blur = 0;  // width of the letters' edges as a share of `height`: sharp print 0.05 to 0.13, print that is hard
                     // to read for it from 0.15, at most 1. Print under some 20 pixels has no less than 3 / height,
                     // however sharp. 0 where not known
};

std::string text_of(const Line& line);  // its words with a blank between them

bool holds_digit(std::string_view text);  // 0 to 9

struct Page {
    int width = 0;  // pixels; 0 for plain text
    int height = 0;
    int rotation =
        0;  // degrees clockwise (0, 90, 180, 270) that the photo has to be turned for most text to stand upright
    std::vector<Line> lines;            // top to bottom, left to right, as the upright text is read
    std::vector<Polygon> glare;         // washed-out regions that touch text
    std::string detector;               // which text detector found the lines
    std::string recognizer;             // engine and version that read them; empty for plain text
    std::string missing_language = {};  // "German": the label's language, where words were in doubt and its data is
                                        // not installed; else empty
    std::vector<Line> unread = {};      // found as text, but not read: lines without words
};

}  // namespace magscan::ocr
