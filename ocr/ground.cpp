#include "ocr/ground.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "ocr/percentile.h"

namespace magscan::ocr {
namespace {

constexpr int kWidestMedian = 255;       // OpenCV's limit for the window of a median
constexpr double kFaintest = 7;          // distance (8-bit YCrCb) under which nothing stands out
constexpr float kApart = 24;             // distance between the grounds above and below that no gradient explains
constexpr double kInsideLetters = 0.86;  // share of pixels nearer to the ground than the inside of the letters

// The ground along the line, one pixel a column: the median of the rows, smoothed over `window` columns.
cv::Mat ground_along(const cv::Mat& rows, int window) {
    cv::Mat line(1, rows.cols, CV_8UC3);
    std::vector<uchar> values(static_cast<std::size_t>(rows.rows));
    for (int x = 0; x < rows.cols; ++x) {
        for (int channel = 0; channel < 3; ++channel) {
            for (int y = 0; y < rows.rows; ++y) {
                values[static_cast<std::size_t>(y)] = rows.at<cv::Vec3b>(y, x)[channel];
            }
            const auto middle = values.begin() + rows.rows / 2;
            std::nth_element(values.begin(), middle, values.end());
            line.at<cv::Vec3b>(0, x)[channel] = *middle;
        }
    }
    cv::medianBlur(line, line, std::min(window | 1, kWidestMedian));
    return line;
}

float distance(const cv::Vec3b& a, const cv::Vec3b& b) {
    return static_cast<float>(cv::norm(cv::Vec3f(a) - cv::Vec3f(b)));
}

// The colour that most of the strip has, by its channels' medians: the ground, as letters leave more free than they
// cover.
cv::Vec3b prevailing(const cv::Mat& strip) {
    cv::Vec3b colour;
    for (int channel = 0; channel < 3; ++channel) {
        cv::Mat values;
        cv::extractChannel(strip, values, channel);
        colour[channel] = static_cast<uchar>(percentile(values, 0.5));
    }
    return colour;
}

// A margin that reaches beyond an edge, or into the next line, is not this line's ground: where the two differ, the one
// that is more like the strip as a whole stands in for the other.
void settle(cv::Mat& above, cv::Mat& below, const cv::Vec3b& most) {
    for (int x = 0; x < above.cols; ++x) {
        auto& top = above.at<cv::Vec3b>(0, x);
        auto& foot = below.at<cv::Vec3b>(0, x);
        if (distance(top, foot) < kApart) continue;
        const float by_top = distance(top, most);
        const float by_foot = distance(foot, most);
        if (by_foot < by_top / 2) top = foot;
        if (by_top < by_foot / 2) foot = top;
    }
}

double quantile(const cv::Mat& distances, double share) {
    std::vector<float> values(distances.begin<float>(), distances.end<float>());
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

}  // namespace

cv::Mat contrast_to_ground(const cv::Mat& bgr, int margin) {
    const int height = bgr.rows - 2 * margin;
    if (margin < 1 || height < 1) return {};
    // Not Lab: OpenCV 4.6 takes 0.2 s for its tables at first use, and loses one of two sets where two threads ask at
    // once.
    cv::Mat ycrcb;
    cv::cvtColor(bgr, ycrcb, cv::COLOR_BGR2YCrCb);
    cv::Mat above = ground_along(ycrcb.rowRange(0, margin), 3 * height);
    cv::Mat below = ground_along(ycrcb.rowRange(bgr.rows - margin, bgr.rows), 3 * height);
    settle(above, below, prevailing(ycrcb));
    cv::Mat distances(height, bgr.cols, CV_32F);
    for (int y = 0; y < height; ++y) {
        const float share = (static_cast<float>(y) + 0.5F) / static_cast<float>(height);
        for (int x = 0; x < bgr.cols; ++x) {
            const auto& pixel = ycrcb.at<cv::Vec3b>(y + margin, x);
            const auto& top = above.at<cv::Vec3b>(0, x);
            const auto& foot = below.at<cv::Vec3b>(0, x);
            float sum = 0;
            for (int channel = 0; channel < 3; ++channel) {
                const float ground =
                    static_cast<float>(top[channel]) * (1 - share) + static_cast<float>(foot[channel]) * share;
                const float off = static_cast<float>(pixel[channel]) - ground;
                sum += off * off;
            }
            distances.at<float>(y, x) = std::sqrt(sum);
        }
    }
    const double letters = quantile(distances, kInsideLetters);
    if (letters < kFaintest) return {};
    cv::Mat gray;
    distances.convertTo(gray, CV_8U, -255 / letters, 255);
    return gray;
}

}  // namespace magscan::ocr
