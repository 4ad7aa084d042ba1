// Where on a picture there is text: the PP-OCRv4 detector (a DB network).
#pragma once

#include <opencv2/core.hpp>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "ocr/network.h"

namespace magscan::ocr {

// One connected stretch of text as the network marks it: the core of the
// letters, shrunk towards its middle line.
struct TextRegion {
    std::vector<cv::Point2f> contour;  // pixels of the picture searched
    float grow = 0;                    // pixels to add on every side of the core to hold the whole letters
    float height = 0;                  // thickness of the core plus twice `grow`, in pixels of the picture
    float seen_height = 0;             // the same in pixels of the network's input, where
                                       // about 20 to 60 reads best
    float score = 0;                   // mean probability of text over the core, 0..1
};

struct RegionLimits {
    float probability = 0.3F;  // of a pixel, to belong to a core
    float score = 0.5F;        // mean of a core, to be kept
};

// Turns a map of probabilities (CV_32F) into regions. `scale` is map pixels per
// picture pixel, `origin` the place of the map's corner in the picture.
std::vector<TextRegion> regions_of(const cv::Mat& probability, double scale, cv::Point2f origin,
                                   const RegionLimits& limits);

// The loaded network. Not thread-safe: one object a thread, or a lock around it.
class TextDetector {
  public:
    // Both sides of the input are multiples of it. The network itself asks for 32; with the margin that 96 leaves it
    // marks more letters at the edge of what it is shown.
    static constexpr int kStep = 96;
    static constexpr int kMostPixels = 960 * 960;  // of the input, so that memory stays bounded

    // A file that tools/fetch_detector.py made. `threads`: that one look uses, 1..64. The error is a sentence for
    // people. Also fails when the file loads but does not behave as the detector.
    static tl::expected<TextDetector, std::string> load(const std::string& path, int threads = 1);

    // Probability of text (CV_32F, 0..1) for each pixel of a BGR picture that, with its sides rounded up to kStep, has
    // at most kMostPixels.
    cv::Mat probability(const cv::Mat& bgr);

    // Sides rounded up to kStep: what the network is given.
    static cv::Size padded(cv::Size size);

  private:
    explicit TextDetector(Network network) : network_(std::move(network)) {}

    Network network_;
};

}  // namespace magscan::ocr
