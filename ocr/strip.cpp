#include "ocr/strip.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace magscan::ocr {
namespace {

constexpr double kMostZoom = 6.0;
constexpr int kBorder = 10;
constexpr int kWidest = 4000;       // strip pixels: a longer line is read smaller
constexpr int kSmallestLevel = 64;  // pixels of a pyramid level's shorter side

cv::Mat straighten(const cv::Mat& picture, double level, const TextLine& line, double zoom) {
    const int width = std::max(1, static_cast<int>(std::lround(line.length * zoom)));
    const int height = std::max(1, static_cast<int>(std::lround(line.height * zoom)));
    const auto unit = static_cast<float>(1 / zoom);
    const auto to_level = static_cast<float>(level);
    cv::Mat map(height, width, CV_32FC2);
    for (int y = 0; y < height; ++y) {
        auto* row = map.ptr<cv::Vec2f>(y);
        const float v = (static_cast<float>(y) + 0.5F) * unit - line.height / 2;
        for (int x = 0; x < width; ++x) {
            const cv::Point2f p = line.at((static_cast<float>(x) + 0.5F) * unit, v) * to_level;
            row[x] = {p.x - 0.5F, p.y - 0.5F};
        }
    }
    cv::Mat strip;
    cv::remap(picture, strip, map, cv::Mat(), cv::INTER_CUBIC, cv::BORDER_REPLICATE);
    return strip;
}

// Whether the letters are lighter than what they stand on: the ground is what fills the edges and most of the strip.
bool is_light_on_dark(const cv::Mat& gray) {
    cv::Mat light;
    cv::threshold(gray, light, 0, 255, cv::THRESH_BINARY | cv::THRESH_OTSU);
    const int edge = std::max(1, gray.rows / 10);
    const cv::Mat top = light.rowRange(0, edge);
    const cv::Mat foot = light.rowRange(gray.rows - edge, gray.rows);
    const double at_edges = (cv::mean(top)[0] + cv::mean(foot)[0]) / (2 * 255);
    const double overall = cv::mean(light)[0] / 255;
    return at_edges + overall < 1.0;
}

int percentile(const cv::Mat& gray, double share) {
    std::array<int, 256> count{};
    for (int y = 0; y < gray.rows; ++y) {
        const uchar* row = gray.ptr<uchar>(y);
        for (int x = 0; x < gray.cols; ++x) ++count[row[x]];
    }
    auto left = static_cast<long long>(share * static_cast<double>(gray.total()));
    for (int value = 0; value < 256; ++value) {
        left -= count[static_cast<std::size_t>(value)];
        if (left < 0) return value;
    }
    return 255;
}

// Evens out the light along the strip and spreads letters and ground to black and white.
cv::Mat normalised(const cv::Mat& gray) {
    cv::Mat ground;
    const int reach = std::max(3, gray.rows | 1);
    cv::dilate(gray, ground, cv::getStructuringElement(cv::MORPH_RECT, {reach, reach}));
    cv::blur(ground, ground, {2 * reach + 1, reach});
    cv::Mat even;
    cv::divide(gray, ground, even, 255);
    const int dark = percentile(even, 0.02);
    const int light = std::max(dark + 24, percentile(even, 0.80));
    cv::Mat out;
    even.convertTo(out, CV_8U, 255.0 / (light - dark), -255.0 * dark / (light - dark));
    return out;
}

}  // namespace

Pyramid::Pyramid(const cv::Mat& bgr) : levels_{bgr} {
    while (std::min(levels_.back().cols, levels_.back().rows) >= 2 * kSmallestLevel) {
        cv::Mat half;
        cv::resize(levels_.back(), half, {}, 0.5, 0.5, cv::INTER_AREA);
        levels_.push_back(half);
    }
}

std::pair<const cv::Mat&, double> Pyramid::level_for(double zoom) const {
    std::size_t i = 0;
    while (i + 1 < levels_.size() && static_cast<double>(levels_[i + 1].cols) >= zoom * levels_[0].cols) ++i;
    return {levels_[i], static_cast<double>(levels_[i].cols) / levels_[0].cols};
}

float Strip::v(float y) const {
    const auto middle = static_cast<float>(gray.rows) / 2;
    return static_cast<float>((y - middle) / zoom);
}

Strip cut_strip(const Pyramid& pyramid, const TextLine& line, int height) {
    Strip strip;
    strip.border = kBorder;
    strip.zoom = std::min(kMostZoom, height / std::max(1.0, static_cast<double>(line.height)));
    strip.zoom = std::min(strip.zoom, kWidest / std::max(1.0, static_cast<double>(line.length)));
    const auto [picture, level] = pyramid.level_for(strip.zoom);
    cv::Mat gray;
    const cv::Mat cut = straighten(picture, level, line, strip.zoom);
    cv::cvtColor(cut, gray, cv::COLOR_BGR2GRAY);
    strip.light_on_dark = is_light_on_dark(gray);
    if (strip.light_on_dark) cv::bitwise_not(gray, gray);
    cv::copyMakeBorder(normalised(gray), strip.gray, kBorder, kBorder, kBorder, kBorder, cv::BORDER_CONSTANT,
                       cv::Scalar(255));
    return strip;
}

}  // namespace magscan::ocr
