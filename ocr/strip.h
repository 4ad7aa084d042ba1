// Pixels of one printed line, made straight and plain: what the recogniser is
// given.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "ocr/text_line.h"

namespace magscan::ocr {

// A picture and its halves, so that large print can be shrunk without losing
// its edges.
class Pyramid {
  public:
    explicit Pyramid(const cv::Mat& bgr);

    const cv::Mat& full() const { return levels_.front(); }
    // The smallest level that has at least `zoom` pixels a pixel of the full
    // picture, and its own scale.
    std::pair<const cv::Mat&, double> level_for(double zoom) const;

  private:
    std::vector<cv::Mat> levels_;
};

struct Strip {
    cv::Mat gray;        // 8-bit, dark letters on light, with a white border
    double zoom = 1;     // strip pixels a picture pixel, across the line
    double stretch = 1;  // the same along the line, in units of `zoom`
    int border = 0;      // pixels of white on every side
    TextLine line;       // what was cut
    float first = 0;     // unrolled place of the strip's first column

    // Place in the line's own frame (u along, v below the middle line) of a strip
    // pixel.
    float u(float x) const {
        return line.rolled_up(first + static_cast<float>((x - static_cast<float>(border)) / (zoom * stretch)));
    }
    float v(float y) const;
};

// The straightened and, where the line runs round a cylinder, unrolled pixels of `line`, in colour, `zoom` pixels a
// picture pixel.
cv::Mat cut_pixels(const Pyramid& pyramid, const TextLine& line, double zoom);

// Grey in which letters and ground differ most: brightness, or the colour
// difference where that tells more.
cv::Mat contrast_of(const cv::Mat& bgr);

// What makes letters dark and their ground light.
enum class Contrast {
    kBrightness,  // brightness, or the strongest colour; TextLine::light_on_dark tells which way round
    kGround,      // distance from the colour of the ground around the line
};

// How a strip is rendered for the recogniser.
struct Rendering {
    int height = 48;     // of the line, strip pixels; the border comes on top
    double stretch = 1;  // of the width, for narrow letters
    Contrast contrast = Contrast::kBrightness;
};

// Cuts `line` out, dark on light, evenly lit, and cleaned of what is no letter: edges and pieces of other lines. Empty
// pixels where nothing stands out from the ground.
Strip cut_strip(const Pyramid& pyramid, const TextLine& line, const Rendering& rendering);

}  // namespace magscan::ocr
