#include "ocr/text_detector.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <iterator>
#include <opencv2/imgproc.hpp>

namespace magscan::ocr {
namespace {

// The network's own constants, as it was trained: ImageNet mean and deviation,
// RGB, and how far its cores are shrunk.
constexpr std::array<double, 3> kMean{0.485, 0.456, 0.406};
constexpr std::array<double, 3> kDeviation{0.229, 0.224, 0.225};
constexpr double kUnclip = 1.6;

constexpr double kSmallestCore = 2.0;  // map pixels: thinner cores are noise
constexpr std::size_t kMostRegions = 3000;

// Each value of each colour, red first, as the network takes it.
std::array<std::array<float, 256>, 3> normalised_values() {
    std::array<std::array<float, 256>, 3> table{};
    for (std::size_t c = 0; c < table.size(); ++c) {
        for (std::size_t i = 0; i < table[c].size(); ++i) {
            table[c][i] = static_cast<float>((static_cast<double>(i) / 255 - kMean[c]) / kDeviation[c]);
        }
    }
    return table;
}

// On black up to `size`.
cv::Mat network_input(const cv::Mat& bgr, cv::Size size) {
    static const auto kTable = normalised_values();
    const auto& [red, green, blue] = kTable;
    cv::Mat input(size, CV_32FC3, cv::Scalar(red[0], green[0], blue[0]));
    for (int y = 0; y < bgr.rows; ++y) {
        const auto* from = bgr.ptr<cv::Vec3b>(y);
        auto* to = input.ptr<cv::Vec3f>(y);
        for (int x = 0; x < bgr.cols; ++x) to[x] = {red[from[x][2]], green[from[x][1]], blue[from[x][0]]};
    }
    return input;
}

double mean_inside(const cv::Mat& probability, const std::vector<cv::Point>& contour) {
    const cv::Rect box = cv::boundingRect(contour) & cv::Rect(0, 0, probability.cols, probability.rows);
    cv::Mat mask = cv::Mat::zeros(box.size(), CV_8U);
    cv::fillPoly(mask, std::vector<std::vector<cv::Point>>{contour}, cv::Scalar(255), cv::LINE_8, 0, -box.tl());
    return cv::mean(probability(box), mask)[0];
}

}  // namespace

std::vector<TextRegion> regions_of(const cv::Mat& probability, double scale, cv::Point2f origin,
                                   const RegionLimits& limits) {
    const cv::Mat core = probability > static_cast<double>(limits.probability);
    std::vector<std::vector<cv::Point>> contours;
    std::vector<cv::Vec4i> hierarchy;
    // Two levels, so that text inside a ring of text is found too.
    cv::findContours(core, contours, hierarchy, cv::RETR_CCOMP, cv::CHAIN_APPROX_SIMPLE);

    std::vector<TextRegion> regions;
    for (std::size_t i = 0; i < contours.size() && regions.size() < kMostRegions; ++i) {
        const auto& contour = contours[i];
        if (hierarchy[i][3] >= 0 || contour.size() < 3) continue;
        const cv::RotatedRect rect = cv::minAreaRect(contour);
        const double thin = std::min(rect.size.width, rect.size.height);
        if (thin < kSmallestCore) continue;
        const double score = mean_inside(probability, contour);
        if (score < static_cast<double>(limits.score)) continue;
        const double area = cv::contourArea(contour);
        const double length = cv::arcLength(contour, true);
        if (area <= 0 || length <= 0) continue;

        TextRegion region;
        const double grow = area * kUnclip / length;
        const double thickness = std::min(thin, 2 * area / std::max(1.0, length - 2 * area / length));
        region.grow = static_cast<float>(grow / scale);
        region.seen_height = static_cast<float>(thickness + 2 * grow);
        region.height = static_cast<float>((thickness + 2 * grow) / scale);
        region.score = static_cast<float>(score);
        region.contour.reserve(contour.size());
        for (const cv::Point& p : contour) {
            region.contour.emplace_back(static_cast<float>((p.x + 0.5) / scale) + origin.x,
                                        static_cast<float>((p.y + 0.5) / scale) + origin.y);
        }
        regions.push_back(std::move(region));
    }
    return regions;
}

cv::Size TextDetector::padded(cv::Size size) {
    const auto up = [](int side) { return (std::max(side, 1) + kStep - 1) / kStep * kStep; };
    return {up(size.width), up(size.height)};
}

tl::expected<TextDetector, std::string> TextDetector::load(const std::string& path, int threads) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return tl::make_unexpected("the text detector " + path + " cannot be read");
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    auto network = Network::load(bytes, threads);
    if (!network) return tl::make_unexpected("the text detector " + path + " cannot be loaded: " + network.error());
    TextDetector detector(std::move(*network));
    try {
        const cv::Mat blank(2 * kStep, 3 * kStep, CV_8UC3, cv::Scalar::all(255));
        if (!detector.probability(blank).empty()) return detector;
    } catch (const std::exception&) {  // takes no pictures of three colours
    }
    return tl::make_unexpected("the text detector " + path + " does not answer as expected");
}

cv::Mat TextDetector::probability(const cv::Mat& bgr) {
    CV_Assert(bgr.type() == CV_8UC3 && !bgr.empty() && padded(bgr.size()).area() <= kMostPixels);
    const cv::Mat map = network_.run(network_input(bgr, padded(bgr.size())));
    if (map.size() != padded(bgr.size()) || map.type() != CV_32F) return {};
    return map(cv::Rect(0, 0, bgr.cols, bgr.rows));
}

}  // namespace magscan::ocr
