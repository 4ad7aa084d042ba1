// Where to look closer for small text, and how close.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "ocr/text_detector.h"

namespace magscan::ocr {

struct SearchLimits {
    int tiles = 2;             // looked at closer, at most
    double enlargement = 2.0;  // of the picture's own pixels, at most
};

struct Tile {
    cv::Rect area;    // pixels of the picture scaled by CloserLook::scale
    cv::Point place;  // of its corner on the mosaic
};

// The tiles that the detector is shown at once, on one canvas.
using Mosaic = std::vector<Tile>;

struct CloserLook {
    double scale = 0;  // tile pixels per picture pixel; 0: no closer look
    std::vector<Mosaic> mosaics;
    cv::Size canvas;  // of each mosaic
};

constexpr float kReadsWell = 16;  // seen height from which a closer look brings nothing

// Tiles over all hints that were seen too small in the look before, at the scale that shows them well, or the largest
// that the limits allow, in the way that takes the least time. `scale` and `canvas` are those of the look before, whose
// network is at hand.
CloserLook plan_closer_look(const std::vector<TextRegion>& hints, cv::Size picture, double scale, cv::Size canvas,
                            const SearchLimits& limits);

}  // namespace magscan::ocr
