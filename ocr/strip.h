// Pixels of one printed line, made straight and plain: what the recogniser is given.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "ocr/text_line.h"

namespace magscan::ocr {

// A picture and its halves, so that large print can be shrunk without losing its edges.
class Pyramid {
  public:
    explicit Pyramid(const cv::Mat& bgr);

    const cv::Mat& full() const { return levels_.front(); }
    // The smallest level that has at least `zoom` pixels a pixel of the full picture, and its own scale.
    std::pair<const cv::Mat&, double> level_for(double zoom) const;

  private:
    std::vector<cv::Mat> levels_;
};

struct Strip {
    cv::Mat gray;                // 8-bit, dark letters on light, with a white border
    double zoom = 1;             // strip pixels a picture pixel
    int border = 0;              // pixels of white on every side
    bool light_on_dark = false;  // as printed

    // Place in the line's own frame (u along, v below the middle line) of a strip pixel.
    float u(float x) const { return static_cast<float>((x - static_cast<float>(border)) / zoom); }
    float v(float y) const;
};

// Cuts `line` out, `height` pixels high (the border comes on top), and enlarges at most `kMostZoom` times.
Strip cut_strip(const Pyramid& pyramid, const TextLine& line, int height);

}  // namespace magscan::ocr
