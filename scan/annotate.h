// The photo with the places marked on which the answer rests, and the answer above it.
#pragma once

#include <cstddef>
#include <opencv2/core/mat.hpp>
#include <string>
#include <vector>

#include "scan/report.h"

namespace magscan::scan {

// A copy of `photo` (upright as sent, EXIF applied, 8-bit BGR, not empty) with the evidence outlined: green where an
// amount is elemental magnesium, orange where it is the weight of the compound, yellow where that is not settled, blue
// for the serving. A banner above it holds the headline and what the colours mean, so nothing on the photo is covered.
cv::Mat annotate(const cv::Mat& photo, const Report& report);

// The photos of one product side by side at the height of the lowest, under one banner. `photos` in the order of the
// report's images, none empty.
cv::Mat annotate(const std::vector<cv::Mat>& photos, const Report& report);

// The picture as the bytes of a PNG file; empty where the encoder refuses it.
std::vector<std::byte> encode_png(const cv::Mat& picture);

}  // namespace magscan::scan
