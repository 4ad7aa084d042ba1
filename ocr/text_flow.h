// How print runs over a label: the long lines tell it, the short ones borrow
// it.
#pragma once

#include <optional>
#include <vector>

#include "ocr/text_line.h"

namespace magscan::ocr {

class TextFlow {
  public:
    // Learns from the lines that are long enough to tell their own direction
    // well.
    explicit TextFlow(const std::vector<TextLine>& lines);

    // The direction of print at a place, in the sense of the lines nearest to it;
    // nothing where no long line is near. `size` is the height of the text there,
    // pixels.
    std::optional<cv::Point2f> direction_at(cv::Point2f place, float size) const;

  private:
    std::vector<TextLine> long_lines_;
};

}  // namespace magscan::ocr
