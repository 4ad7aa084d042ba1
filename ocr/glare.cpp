#include "ocr/glare.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "ocr/median.h"

namespace magscan::ocr {
namespace {

constexpr double kSide = 1000;        // pixels: glare is large, a small picture shows it
constexpr double kWashedOut = 250;    // of 255, in every channel
constexpr double kPaper = 222;        // ground of a line as bright as this is white paper, not glare
constexpr double kFading = 210;       // how bright the surroundings of a reflection still are
constexpr int kFadingReach = 4;       // pixels from its edge at which they are looked at
constexpr double kFadingShare = 0.6;  // of the way round; white paper and background end sharply
constexpr double kOwnEdge = 0.3;      // of the way round that must not be washed out as well
constexpr double kLargest = 0.15;     // of the picture: anything larger is what stands behind
constexpr double kLeast = 0.7;        // area over text, in squares of its height
constexpr float kLineReach = 1.5F;    // heights beyond both ends of a line
constexpr std::size_t kMost = 32;

// Brightness of what a line is printed on, leaving out what is washed out
// already.
double ground_of(const cv::Mat& darkest, const cv::Mat& inside) {
    std::vector<uchar> values;
    for (int y = 0; y < inside.rows; ++y) {
        for (int x = 0; x < inside.cols; ++x) {
            if (inside.at<uchar>(y, x) != 0) values.push_back(darkest.at<uchar>(y, x));
        }
    }
    if (values.empty()) return 255;
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(values.size() * 6 / 10);
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

// The line and what is close to it: a reflection ends a line where it begins.
std::vector<cv::Point> drawn(const TextLine& line, double shrink) {
    const float reach = kLineReach * line.height;
    std::vector<cv::Point> points;
    for (const Point& p : outline(line, -reach, line.length + reach, -line.height, line.height, 1 / shrink)) {
        points.emplace_back(static_cast<int>(std::lround(p.x)), static_cast<int>(std::lround(p.y)));
    }
    return points;
}

// Bands around the lines whose ground is darker than white: only there white means light and not paper.
struct TextBands {
    cv::Mat mask;
    double height = 0;  // of a line in the middle of them by height; 0 where there are none
};

TextBands bands_of(const cv::Mat& darkest, const std::vector<TextLine>& lines, double shrink) {
    TextBands bands{cv::Mat::zeros(darkest.size(), CV_8U)};
    std::vector<float> heights;
    for (const TextLine& line : lines) {
        const std::vector<cv::Point> contour = drawn(line, shrink);
        const cv::Rect box = cv::boundingRect(contour) & cv::Rect(0, 0, darkest.cols, darkest.rows);
        if (box.empty()) continue;
        cv::Mat mask = cv::Mat::zeros(box.size(), CV_8U);
        cv::fillPoly(mask, std::vector<std::vector<cv::Point>>{contour}, cv::Scalar(255), cv::LINE_8, 0, -box.tl());
        if (ground_of(darkest(box), mask) >= kPaper) continue;
        cv::Mat part = bands.mask(box);
        cv::bitwise_or(part, mask, part);
        heights.push_back(static_cast<float>(line.height * shrink));
    }
    if (heights.empty()) return bands;
    bands.height = std::max(6.0F, median(std::move(heights)));
    return bands;
}

cv::Mat grown(const cv::Mat& mask, int by) {
    cv::Mat out;
    cv::dilate(mask, out, cv::getStructuringElement(cv::MORPH_ELLIPSE, {2 * by + 1, 2 * by + 1}));
    return out;
}

// Whether a bright place fades out as a reflection does. `place` is a part of what is `washed` out; where the rest of
// that goes on beside it nothing fades.
bool fades_out(const cv::Mat& darkest, const cv::Mat& washed, const std::vector<cv::Point>& place) {
    const int reach = kFadingReach + 1;
    cv::Rect box = cv::boundingRect(place);
    box = (box - cv::Point(reach, reach) + cv::Size(2 * reach, 2 * reach)) & cv::Rect({}, darkest.size());
    cv::Mat mask = cv::Mat::zeros(box.size(), CV_8U);
    cv::fillPoly(mask, std::vector<std::vector<cv::Point>>{place}, cv::Scalar(255), cv::LINE_8, 0, -box.tl());
    const cv::Mat near = grown(mask, kFadingReach);
    const cv::Mat around = near & ~grown(mask, kFadingReach - 1);
    const cv::Mat ring = near & ~grown(washed(box), kFadingReach - 1);
    const cv::Mat bright = (darkest(box) >= kFading) & ring;
    const int outside = cv::countNonZero(ring);
    return outside >= kOwnEdge * cv::countNonZero(around) && outside > 0 &&
           cv::countNonZero(bright) >= kFadingShare * outside;
}

cv::Mat darkest_channel(const cv::Mat& bgr) {
    std::vector<cv::Mat> channels;
    cv::split(bgr, channels);
    const cv::Mat darkest = cv::min(channels[0], channels[1]);
    return cv::min(darkest, channels[2]);
}

}  // namespace

std::vector<Polygon> find_glare(const cv::Mat& bgr, const std::vector<TextLine>& lines, double scale) {
    std::vector<Polygon> found;
    if (lines.empty()) return found;
    const double shrink = std::min(1.0, kSide / std::max(bgr.cols, bgr.rows));
    cv::Mat small;
    cv::resize(bgr, small, {}, shrink, shrink, cv::INTER_AREA);
    const cv::Mat darkest = darkest_channel(small);
    const TextBands bands = bands_of(darkest, lines, shrink);
    if (bands.height <= 0) return found;

    cv::Mat washed = darkest >= kWashedOut;
    // White letters are as bright, but thin.
    const int stroke = static_cast<int>(bands.height * 0.6) | 1;
    cv::morphologyEx(washed, washed, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_ELLIPSE, {stroke, stroke}));
    std::vector<std::vector<cv::Point>> contours;
    cv::findContours(washed & bands.mask, contours, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_SIMPLE);
    std::stable_sort(contours.begin(), contours.end(),
                     [](const auto& a, const auto& b) { return cv::contourArea(a) > cv::contourArea(b); });
    for (const auto& contour : contours) {
        const double area = cv::contourArea(contour);
        if (found.size() >= kMost || area < kLeast * bands.height * bands.height) break;
        if (area > kLargest * static_cast<double>(darkest.total()) || !fades_out(darkest, washed, contour)) continue;
        std::vector<cv::Point> simple;
        cv::approxPolyDP(contour, simple, bands.height / 4, true);
        if (simple.size() < 3) continue;
        Polygon polygon;
        for (const cv::Point& p : simple) {
            polygon.push_back(
                {static_cast<float>((p.x + 0.5) / shrink / scale), static_cast<float>((p.y + 0.5) / shrink / scale)});
        }
        found.push_back(std::move(polygon));
    }
    return found;
}

}  // namespace magscan::ocr
