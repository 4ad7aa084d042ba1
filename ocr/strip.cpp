#include "ocr/strip.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <opencv2/imgproc.hpp>

#include "ocr/ground.h"
#include "ocr/percentile.h"

namespace magscan::ocr {
namespace {

constexpr double kMostZoom = 6.0;
constexpr int kBorder = 10;
constexpr int kWidest = 4000;              // strip pixels: a longer line is read smaller
constexpr double kColourTellsMore = 1.85;  // spread along the strongest colour over spread of brightness
constexpr float kGroundMargin = 0.14F;     // heights above and below the letters that show the ground
constexpr double kWidestEdge = 0.8;  // strip heights: a wider piece at a side is ground in the shade, letters on it
constexpr int kSmallestLevel = 64;   // pixels of a pyramid level's shorter side

// Whether a piece of ink is no letter of this line: the edge of what the text
// is printed on, a rule, or what reaches in from the line above or below.
bool is_foreign(const cv::Rect& box, cv::Size strip) {
    const bool at_side = box.x == 0 || box.br().x == strip.width;
    const bool at_top = box.y == 0;
    const bool at_foot = box.br().y == strip.height;
    if (at_side && box.height >= 0.9 * strip.height && box.width < kWidestEdge * strip.height) return true;
    if (at_top && box.br().y <= 0.22 * strip.height) return true;
    if (at_foot && box.y >= 0.80 * strip.height) return true;
    return box.width > 3 * strip.height && box.height <= std::max(2.0, 0.12 * strip.height);
}

// Paints over, in white, what is_foreign.
void clean(cv::Mat& even) {
    cv::Mat ink;
    cv::threshold(even, ink, 0, 255, cv::THRESH_BINARY_INV | cv::THRESH_OTSU);
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centers;
    const int count = cv::connectedComponentsWithStats(ink, labels, stats, centers, 8, CV_32S);
    for (int i = 1; i < count; ++i) {
        const int* s = stats.ptr<int>(i);
        const cv::Rect box(s[cv::CC_STAT_LEFT], s[cv::CC_STAT_TOP], s[cv::CC_STAT_WIDTH], s[cv::CC_STAT_HEIGHT]);
        if (!is_foreign(box, even.size())) continue;
        cv::Mat mask = labels == i;
        cv::dilate(mask, mask, cv::getStructuringElement(cv::MORPH_RECT, {5, 5}));
        even.setTo(cv::Scalar(255), mask);
    }
}

// Spreads letters and ground to black and white.
cv::Mat spread(cv::Mat even) {
    clean(even);
    const int dark = std::min(percentile(even, 0.02), 200);
    const int light = std::max(dark + 24, percentile(even, 0.80));
    cv::Mat out;
    even.convertTo(out, CV_8U, 255.0 / (light - dark), -255.0 * dark / (light - dark));
    return out;
}

// Evens out the light along the strip, then spreads.
cv::Mat normalised(const cv::Mat& gray) {
    cv::Mat ground;
    const int reach = std::max(3, gray.rows | 1);
    cv::dilate(gray, ground, cv::getStructuringElement(cv::MORPH_RECT, {reach, reach}));
    cv::blur(ground, ground, {2 * reach + 1, reach});
    cv::Mat even;
    cv::divide(gray, ground, even, 255);
    return spread(even);
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

cv::Mat cut_pixels(const Pyramid& pyramid, const TextLine& line, double zoom) {
    const auto [picture, level] = pyramid.level_for(zoom);
    const float first = line.unrolled(0);
    const int width = std::max(1, static_cast<int>(std::lround((line.unrolled(line.length) - first) * zoom)));
    const int height = std::max(1, static_cast<int>(std::lround(line.height * zoom)));
    const auto unit = static_cast<float>(1 / zoom);
    const auto to_level = static_cast<float>(level);
    std::vector<float> place(static_cast<std::size_t>(width));  // along the line, of each column
    for (int x = 0; x < width; ++x) {
        place[static_cast<std::size_t>(x)] = line.rolled_up(first + (static_cast<float>(x) + 0.5F) * unit);
    }
    cv::Mat map(height, width, CV_32FC2);
    for (int y = 0; y < height; ++y) {
        auto* row = map.ptr<cv::Vec2f>(y);
        const float v = (static_cast<float>(y) + 0.5F) * unit - line.height / 2;
        for (int x = 0; x < width; ++x) {
            const cv::Point2f p = line.at(place[static_cast<std::size_t>(x)], v) * to_level;
            row[x] = {p.x - 0.5F, p.y - 0.5F};
        }
    }
    cv::Mat strip;
    cv::remap(picture, strip, map, cv::Mat(), cv::INTER_CUBIC, cv::BORDER_REPLICATE);
    return strip;
}

namespace {

// Of the three colours, over all pixels.
cv::Matx33d covariance_of(const cv::Mat& bgr) {
    std::array<std::uint64_t, 3> sum{};
    std::array<std::uint64_t, 6> products{};  // bb bg br gg gr rr
    for (int y = 0; y < bgr.rows; ++y) {
        const auto* row = bgr.ptr<cv::Vec3b>(y);
        for (int x = 0; x < bgr.cols; ++x) {
            const std::uint64_t b = row[x][0], g = row[x][1], r = row[x][2];
            sum[0] += b, sum[1] += g, sum[2] += r;
            products[0] += b * b, products[1] += b * g, products[2] += b * r;
            products[3] += g * g, products[4] += g * r, products[5] += r * r;
        }
    }
    const auto n = static_cast<double>(bgr.total());
    const auto of = [&](int at, int i, int j) {
        const auto mean = [&](int c) { return static_cast<double>(sum[static_cast<std::size_t>(c)]) / n; };
        return static_cast<double>(products[static_cast<std::size_t>(at)]) / n - mean(i) * mean(j);
    };
    return {of(0, 0, 0), of(1, 0, 1), of(2, 0, 2),  //
            of(1, 0, 1), of(3, 1, 1), of(4, 1, 2),  //
            of(2, 0, 2), of(4, 1, 2), of(5, 2, 2)};
}

}  // namespace

cv::Mat contrast_of(const cv::Mat& bgr) {
    cv::Mat gray;
    cv::cvtColor(bgr, gray, cv::COLOR_BGR2GRAY);
    cv::Mat values;
    cv::Mat vectors;
    cv::eigen(cv::Mat(covariance_of(bgr)), values, vectors);
    cv::Scalar spread;
    cv::Scalar unused;
    cv::meanStdDev(gray, unused, spread);
    const double most = std::sqrt(std::max(values.at<double>(0), 0.0));
    if (most < kColourTellsMore * spread[0]) return gray;
    cv::Mat axis = vectors.row(0);
    if (cv::sum(axis)[0] < 0) axis = -axis;
    cv::Mat projected;
    const cv::Matx13f weights(static_cast<float>(axis.at<double>(0)), static_cast<float>(axis.at<double>(1)),
                              static_cast<float>(axis.at<double>(2)));
    cv::transform(bgr, projected, weights);
    cv::normalize(projected, gray, 0, 255, cv::NORM_MINMAX, CV_8U);
    return gray;
}

namespace {

cv::Mat by_brightness(const Pyramid& pyramid, const TextLine& line, double zoom) {
    cv::Mat gray = contrast_of(cut_pixels(pyramid, line, zoom));
    if (line.light_on_dark) cv::bitwise_not(gray, gray);
    return normalised(gray);
}

cv::Mat by_ground(const Pyramid& pyramid, const TextLine& line, double zoom) {
    const auto margin = static_cast<int>(std::lround(kGroundMargin * line.height * zoom));
    const float reach = line.height / 2 + static_cast<float>(margin / zoom);
    const cv::Mat gray =
        contrast_to_ground(cut_pixels(pyramid, part_of(line, 0, line.length, -reach, reach), zoom), margin);
    return gray.empty() ? gray : normalised(gray);
}

}  // namespace

Strip cut_strip(const Pyramid& pyramid, const TextLine& line, const Rendering& rendering) {
    Strip strip;
    strip.border = kBorder;
    strip.stretch = rendering.stretch;
    strip.zoom = std::min(kMostZoom, rendering.height / std::max(1.0, static_cast<double>(line.height)));
    strip.line = line;
    strip.first = line.unrolled(0);
    const double length = static_cast<double>(line.unrolled(line.length) - strip.first);
    strip.zoom = std::min(strip.zoom, kWidest / std::max(1.0, length * strip.stretch));
    cv::Mat gray = rendering.contrast == Contrast::kGround ? by_ground(pyramid, line, strip.zoom)
                                                           : by_brightness(pyramid, line, strip.zoom);
    if (gray.empty()) return strip;
    if (strip.stretch != 1) cv::resize(gray, gray, {}, strip.stretch, 1, cv::INTER_CUBIC);
    cv::copyMakeBorder(gray, strip.gray, kBorder, kBorder, kBorder, kBorder, cv::BORDER_CONSTANT, cv::Scalar(255));
    return strip;
}

}  // namespace magscan::ocr
