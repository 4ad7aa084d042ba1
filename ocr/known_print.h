// What an earlier reading tells of a picture that is read again: which way its print runs, and the words that are sure.
#pragma once

#include <opencv2/core.hpp>
#include <optional>
#include <vector>

#include "ocr/line_reader.h"
#include "ocr/orientation.h"
#include "ocr/page.h"

namespace magscan::ocr {

// Where the picture that is read again lies on the photo.
struct Placement {
    cv::Point2f origin;  // pixels of the photo
    double scale = 1;    // pixels of the picture per pixel of the photo
};

class KnownPrint {
  public:
    // `page`: how the photo was read. Only lines with their middle in `wanted` (pixels of the photo) are worth reading.
    KnownPrint(const Page& page, const Box& wanted, const Placement& placement);

    // Turns the lines to run as print of their kind (upright, steep) does, and gives the readings of those that need
    // none: known from end to end, or not wanted, which gives a reading without words.
    FirstReadings take(std::vector<TextLine>& lines) const;

  private:
    struct KnownWord {
        cv::Point2f left, right;  // ends of its middle, pixels of the picture
        float height = 0;         // its own, and its line's
        float line_height = 0;
        PlacedWord word;  // without its place
    };

    void add(const Line& line, const Placement& placement);
    void turn(std::vector<TextLine>& lines) const;
    std::optional<Reading> reading_of(const TextLine& line) const;
    bool covers(const TextLine& line, std::vector<PlacedWord>& words) const;

    std::vector<KnownWord> words_;
    cv::Rect2f wanted_;  // pixels of the picture
};

}  // namespace magscan::ocr
