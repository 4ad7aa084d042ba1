#include "ocr/sharpness.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "ocr/median.h"
#include "ocr/percentile.h"
#include "ocr/strip.h"

namespace magscan::ocr {
namespace {

constexpr double kStripHeight = 32;  // pixels: larger print is shrunk, which also takes the grain out
constexpr double kLowest = 4;        // pixels of the picture: lower lines tell nothing
constexpr int kWidestStrip = 2000;   // pixels
constexpr double kWindow = 2.5;  // heights: contrast is taken of a piece of some letters, as light changes on the way
constexpr int kLeastContrast = 30;  // of 255
constexpr double kGrain = 0.7;      // sigma in strip pixels that smooths grain away

// Where a line runs, in pixels of the picture: as many points along its upper as along its lower edge.
struct Band {
    std::vector<cv::Point2f> top;
    std::vector<cv::Point2f> foot;
    std::vector<double> along;  // length of the upper edge up to each point
    double height = 0;

    bool tells() const { return height >= kLowest && along.back() >= height; }
};

Band band_of(const Polygon& polygon, double scale) {
    Band band;
    const std::size_t half = polygon.size() / 2;
    if (half < 2) return band;
    const auto to_picture = [&](const Point& p) {
        return cv::Point2f(static_cast<float>(p.x * scale), static_cast<float>(p.y * scale));
    };
    for (std::size_t i = 0; i < half; ++i) {
        band.top.push_back(to_picture(polygon[i]));
        band.foot.push_back(to_picture(polygon[polygon.size() - 1 - i]));
        const double step = i == 0 ? 0 : cv::norm(band.top[i] - band.top[i - 1]);
        band.along.push_back(i == 0 ? 0 : band.along.back() + step);
        band.height += cv::norm(band.top[i] - band.foot[i]) / static_cast<double>(half);
    }
    return band;
}

// The band made straight, grey, kStripHeight high or as high as the picture shows it.
cv::Mat strip_of(const Pyramid& pyramid, const Band& band) {
    const double zoom = std::min(1.0, kStripHeight / band.height);
    const auto [picture, level] = pyramid.level_for(zoom);
    const int height = std::max(3, static_cast<int>(std::lround(band.height * zoom)));
    const int width = std::clamp(static_cast<int>(std::lround(band.along.back() * zoom)), 3, kWidestStrip);
    cv::Mat map(height, width, CV_32FC2);
    std::size_t piece = 0;
    for (int x = 0; x < width; ++x) {
        const double at = (x + 0.5) / width * band.along.back();
        while (piece + 2 < band.along.size() && band.along[piece + 1] < at) ++piece;
        const double length = std::max(1e-6, band.along[piece + 1] - band.along[piece]);
        const auto share = static_cast<float>((at - band.along[piece]) / length);
        const cv::Point2f top = band.top[piece] + share * (band.top[piece + 1] - band.top[piece]);
        const cv::Point2f foot = band.foot[piece] + share * (band.foot[piece + 1] - band.foot[piece]);
        for (int y = 0; y < height; ++y) {
            const float down = (static_cast<float>(y) + 0.5F) / static_cast<float>(height);
            const cv::Point2f p = (top + down * (foot - top)) * static_cast<float>(level);
            map.at<cv::Vec2f>(y, x) = {p.x - 0.5F, p.y - 0.5F};
        }
    }
    cv::Mat strip;
    cv::remap(picture, strip, map, cv::Mat(), cv::INTER_LINEAR, cv::BORDER_REPLICATE);
    cv::Mat gray;
    cv::cvtColor(strip, gray, cv::COLOR_BGR2GRAY);
    cv::GaussianBlur(gray, gray, {}, kGrain);
    return gray;
}

// How much the grey changes over two pixels in one direction.
cv::Mat slope(const cv::Mat& gray, int dx, int dy) {
    const cv::Rect before(0, 0, gray.cols - 2 * dx, gray.rows - 2 * dy);
    cv::Mat out;
    cv::absdiff(gray(before + cv::Point(2 * dx, 2 * dy)), gray(before), out);
    return out;
}

float blur_of(const Pyramid& pyramid, const Polygon& polygon, double scale) {
    const Band band = band_of(polygon, scale);
    if (band.top.empty() || !band.tells()) return 0;
    const cv::Mat gray = strip_of(pyramid, band);
    const int windows = std::max(1, static_cast<int>(std::lround(gray.cols / (kWindow * gray.rows))));
    std::vector<double> across;
    std::vector<double> along;
    for (int i = 0; i < windows; ++i) {
        const cv::Mat window = gray.colRange(i * gray.cols / windows, (i + 1) * gray.cols / windows);
        const int contrast = percentile(window, 0.95) - percentile(window, 0.05);
        if (contrast < kLeastContrast || window.cols < 3) continue;
        across.push_back(2.0 * contrast / std::max(1, percentile(slope(window, 1, 0), 0.95)));
        along.push_back(2.0 * contrast / std::max(1, percentile(slope(window, 0, 1), 0.95)));
    }
    if (across.empty()) return 0;
    const double width = std::max(median(std::move(across)), median(std::move(along)));
    return static_cast<float>(std::min(1.0, width / gray.rows));
}

}  // namespace

void measure_sharpness(const cv::Mat& bgr, double scale, Page& page) {
    if (page.lines.empty() && page.unread.empty()) return;
    const Pyramid pyramid(bgr);
    for (Line& line : page.lines) line.blur = blur_of(pyramid, line.polygon, scale);
    for (Line& line : page.unread) line.blur = blur_of(pyramid, line.polygon, scale);
}

}  // namespace magscan::ocr
