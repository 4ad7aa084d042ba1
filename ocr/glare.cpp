#include "ocr/glare.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace magscan::ocr {
namespace {

constexpr double kSide = 1000;      // pixels: glare is large, a small picture shows it
constexpr double kWashedOut = 250;  // of 255, in every channel
constexpr double kPaper = 236;      // ground of a line as bright as this is white paper, not glare
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

std::vector<cv::Point> drawn(const TextLine& line, double shrink) {
    std::vector<cv::Point> points;
    for (const Point& p : outline(line, 0, line.length, -line.height, line.height, 1 / shrink)) {
        points.emplace_back(static_cast<int>(std::lround(p.x)), static_cast<int>(std::lround(p.y)));
    }
    return points;
}

}  // namespace

std::vector<Polygon> find_glare(const cv::Mat& bgr, const std::vector<TextLine>& lines, double scale) {
    std::vector<Polygon> found;
    if (lines.empty()) return found;
    const double shrink = std::min(1.0, kSide / std::max(bgr.cols, bgr.rows));
    cv::Mat small;
    cv::resize(bgr, small, {}, shrink, shrink, cv::INTER_AREA);
    std::vector<cv::Mat> channels;
    cv::split(small, channels);
    cv::Mat darkest = cv::min(channels[0], channels[1]);
    darkest = cv::min(darkest, channels[2]);

    // Only where the ground of a line is darker than white does white mean light
    // and not paper.
    cv::Mat near_text = cv::Mat::zeros(darkest.size(), CV_8U);
    std::vector<float> heights;
    for (const TextLine& line : lines) {
        const std::vector<cv::Point> contour = drawn(line, shrink);
        const cv::Rect box = cv::boundingRect(contour) & cv::Rect(0, 0, darkest.cols, darkest.rows);
        if (box.empty()) continue;
        cv::Mat mask = cv::Mat::zeros(box.size(), CV_8U);
        cv::fillPoly(mask, std::vector<std::vector<cv::Point>>{contour}, cv::Scalar(255), cv::LINE_8, 0, -box.tl());
        if (ground_of(darkest(box), mask) >= kPaper) continue;
        cv::Mat part = near_text(box);
        cv::bitwise_or(part, mask, part);
        heights.push_back(static_cast<float>(line.height * shrink));
    }
    if (heights.empty()) return found;
    std::nth_element(heights.begin(), heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2), heights.end());
    const double height = std::max(6.0F, heights[heights.size() / 2]);

    cv::Mat washed = darkest >= kWashedOut;
    // White letters are as bright, but thin.
    const int stroke = static_cast<int>(height * 0.6) | 1;
    cv::morphologyEx(washed, washed, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_ELLIPSE, {stroke, stroke}));
    std::vector<std::vector<cv::Point>> contours;
    cv::findContours(washed, contours, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_SIMPLE);
    std::stable_sort(contours.begin(), contours.end(),
                     [](const auto& a, const auto& b) { return cv::contourArea(a) > cv::contourArea(b); });
    for (const auto& contour : contours) {
        if (found.size() >= kMost || cv::contourArea(contour) < height * height / 2) break;
        cv::Mat mask = cv::Mat::zeros(darkest.size(), CV_8U);
        cv::fillPoly(mask, std::vector<std::vector<cv::Point>>{contour}, cv::Scalar(255));
        cv::bitwise_and(mask, near_text, mask);
        if (cv::countNonZero(mask) == 0) continue;
        std::vector<cv::Point> simple;
        cv::approxPolyDP(contour, simple, height / 4, true);
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
