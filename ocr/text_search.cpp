#include "ocr/text_search.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <utility>

namespace magscan::ocr {
namespace {

constexpr float kReadsWell = 16;     // seen height from which a closer look brings nothing
constexpr float kWantedHeight = 22;  // seen height that a closer look aims at
constexpr double kWorthwhile = 1.3;  // a closer look must enlarge at least this much
constexpr int kCoarseSide = 960;     // pixels of the longer side in the coarse look
constexpr int kOverlap = 96;         // pixels that neighbouring tiles share
constexpr RegionLimits kHint{0.2F, 0.3F};
constexpr double kCovered = 0.35;  // share of a region that another may cover
                                   // before it counts as the same

struct Closer {
    double scale = 0;  // tile pixels per picture pixel; 0: no closer look
    cv::Rect area;     // pixels of the picture scaled by `scale`
    std::vector<cv::Rect> tiles;
};

cv::Mat scaled(const cv::Mat& bgr, double scale) {
    cv::Mat out;
    const cv::Size size(std::max(1, static_cast<int>(std::lround(bgr.cols * scale))),
                        std::max(1, static_cast<int>(std::lround(bgr.rows * scale))));
    if (size == bgr.size()) return bgr;
    cv::resize(bgr, out, size, 0, 0, scale < 1 ? cv::INTER_AREA : cv::INTER_CUBIC);
    return out;
}

// `area` as it is, or in two halves along its longer side, if each fits into the network; else nothing.
std::vector<cv::Rect> tile(const cv::Rect& area) {
    const auto fits = [](cv::Size size) { return TextDetector::padded(size).area() <= TextDetector::kMostPixels; };
    if (fits(area.size())) return {area};
    cv::Rect first = area;
    cv::Rect second = area;
    if (area.width >= area.height) {
        first.width = (area.width + kOverlap) / 2;
        second.width = first.width;
        second.x = area.br().x - second.width;
    } else {
        first.height = (area.height + kOverlap) / 2;
        second.height = first.height;
        second.y = area.br().y - second.height;
    }
    if (!fits(first.size())) return {};
    return {first, second};
}

// Which tiles to look at: enlarged as the small text needs, less if that takes
// more tiles than allowed.
Closer plan(const std::vector<TextRegion>& hints, cv::Size picture, double coarse_scale, const SearchLimits& limits) {
    std::vector<float> heights;
    std::vector<cv::Rect2f> boxes;
    for (const TextRegion& hint : hints) {
        if (hint.seen_height >= kReadsWell) continue;
        heights.push_back(hint.seen_height);
        cv::Rect2f box = cv::boundingRect(hint.contour);
        const float margin = 2 * hint.height;
        boxes.emplace_back(box.x - margin, box.y - margin, box.width + 2 * margin, box.height + 2 * margin);
    }
    Closer closer;
    if (heights.empty()) return closer;
    cv::Rect2f all = boxes.front();
    for (const cv::Rect2f& box : boxes) all |= box;
    std::nth_element(heights.begin(), heights.begin() + heights.size() / 4, heights.end());
    const double wanted = kWantedHeight / heights[heights.size() / 4];
    double scale = std::min(coarse_scale * wanted, limits.enlargement);
    for (; scale >= coarse_scale * kWorthwhile; scale *= 0.93) {
        const cv::Rect whole(0, 0, static_cast<int>(std::lround(picture.width * scale)),
                             static_cast<int>(std::lround(picture.height * scale)));
        const auto up = static_cast<float>(scale);
        const cv::Rect area = cv::Rect(cv::Rect2f(all.x * up, all.y * up, all.width * up, all.height * up)) & whole;
        if (area.empty()) return closer;
        std::vector<cv::Rect> tiles = tile(area);
        if (tiles.empty() || static_cast<int>(tiles.size()) > limits.tiles) continue;
        return {scale, area, std::move(tiles)};
    }
    return closer;
}

std::vector<TextRegion> look_closer(TextDetector& detector, const cv::Mat& bgr, const Closer& closer) {
    // Only what is looked at is enlarged: the whole of a large picture would not fit into memory.
    const auto down = [&](int pixels) { return static_cast<int>(pixels / closer.scale); };
    const cv::Rect source =
        cv::Rect(down(closer.area.x), down(closer.area.y), down(closer.area.width) + 1, down(closer.area.height) + 1) &
        cv::Rect(0, 0, bgr.cols, bgr.rows);
    const cv::Mat large = scaled(bgr(source), closer.scale);
    cv::Mat map = cv::Mat::zeros(large.size(), CV_32F);
    for (const cv::Rect& t : closer.tiles) {
        const cv::Rect inside = (t - closer.area.tl()) & cv::Rect({}, large.size());
        const cv::Mat found = detector.probability(large(inside));
        cv::Mat part = map(inside);
        cv::max(part, found, part);
    }
    return regions_of(map, closer.scale, cv::Point2f(source.tl()), {});
}

// Keeps one of the regions that both looks found: large text as the coarse look
// saw it, small text as the close one.
std::vector<TextRegion> merge(std::vector<TextRegion> coarse, std::vector<TextRegion> close, cv::Size picture) {
    struct Candidate {
        int rank;
        double area;
        TextRegion region;
    };
    std::vector<Candidate> candidates;
    for (TextRegion& r : coarse) {
        const double area = cv::contourArea(r.contour);
        candidates.push_back({r.seen_height >= kReadsWell ? 0 : 2, area, std::move(r)});
    }
    for (TextRegion& r : close) {
        const double area = cv::contourArea(r.contour);
        candidates.push_back({1, area, std::move(r)});
    }
    std::stable_sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
        return a.rank != b.rank ? a.rank < b.rank : a.area > b.area;
    });
    const double shrink = std::min(1.0, 2000.0 / std::max(picture.width, picture.height));
    cv::Mat taken = cv::Mat::zeros(static_cast<int>(picture.height * shrink) + 1,
                                   static_cast<int>(picture.width * shrink) + 1, CV_8U);
    std::vector<TextRegion> kept;
    for (Candidate& c : candidates) {
        std::vector<cv::Point> contour;
        for (const cv::Point2f& p : c.region.contour) {
            contour.emplace_back(static_cast<int>(p.x * shrink), static_cast<int>(p.y * shrink));
        }
        const cv::Rect box = cv::boundingRect(contour) & cv::Rect(0, 0, taken.cols, taken.rows);
        if (box.empty()) continue;
        cv::Mat mask = cv::Mat::zeros(box.size(), CV_8U);
        cv::fillPoly(mask, std::vector<std::vector<cv::Point>>{contour}, cv::Scalar(255), cv::LINE_8, 0, -box.tl());
        cv::Mat shared;
        cv::bitwise_and(mask, taken(box), shared);
        if (cv::countNonZero(shared) > kCovered * cv::countNonZero(mask)) continue;
        cv::Mat part = taken(box);
        cv::bitwise_or(part, mask, part);
        kept.push_back(std::move(c.region));
    }
    return kept;
}

}  // namespace

std::vector<TextRegion> find_text(TextDetector& detector, const cv::Mat& bgr, const SearchLimits& limits) {
    const double longest = std::max(bgr.cols, bgr.rows);
    const double scale = std::min(kCoarseSide / longest, limits.enlargement);
    const cv::Mat map = detector.probability(scaled(bgr, scale));
    std::vector<TextRegion> coarse = regions_of(map, scale, {}, {});
    const Closer closer = plan(regions_of(map, scale, {}, kHint), bgr.size(), scale, limits);
    std::vector<TextRegion> close;
    if (closer.scale > 0) close = look_closer(detector, bgr, closer);
    return merge(std::move(coarse), std::move(close), bgr.size());
}

}  // namespace magscan::ocr
