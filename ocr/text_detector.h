// Where on a picture there is text: the PP-OCRv4 detector (a DB network) run by
// OpenCV.
#pragma once

#include <opencv2/core.hpp>
#include <opencv2/dnn.hpp>
#include <string>
#include <tl/expected.hpp>
#include <vector>

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

// The loaded network. OpenCV 4.6 spoils the output when the size of the input changes between calls, so each size has
// a network of its own; the last one is kept. Not thread-safe: one object a thread, or a lock around it.
class TextDetector {
  public:
    static constexpr int kStep = 96;               // both sides of the input are multiples of it
    static constexpr int kMostPixels = 960 * 960;  // of the input, so that memory stays bounded

    // The error is a sentence for people. Also fails when the file loads but does
    // not behave as the detector.
    static tl::expected<TextDetector, std::string> load(const std::string& onnx_path);

    // Probability of text (CV_32F, 0..1) for each pixel of a BGR picture that, with its sides rounded up to kStep, has
    // at most kMostPixels.
    cv::Mat probability(const cv::Mat& bgr);

    // Sides rounded up to kStep: what the network is given.
    static cv::Size padded(cv::Size size);

  private:
    explicit TextDetector(std::vector<char> onnx) : onnx_(std::move(onnx)) {}
    cv::dnn::Net& net_for(cv::Size size);

    std::vector<char> onnx_;
    cv::dnn::Net net_;  // for inputs of size_
    cv::Size size_;
};

}  // namespace magscan::ocr
