#include "ocr/text_search.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <utility>

namespace magscan::ocr {
namespace {

constexpr float kReadsWell = 20;     // seen height from which a closer look brings nothing
constexpr float kWantedHeight = 26;  // seen height that a closer look aims at
constexpr double kWorthwhile = 1.3;  // a closer look must enlarge at least this much
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

// Tiles of the network's size over `area`, spread evenly.
std::vector<cv::Rect> tile(const cv::Rect& area) {
    const auto spread = [](int start, int length) {
        std::vector<std::pair<int, int>> spans;
        if (length <= TextDetector::kSide) return std::vector<std::pair<int, int>>{{start, length}};
        const int step = TextDetector::kSide - kOverlap;
        const int count = (length - kOverlap + step - 1) / step;
        for (int i = 0; i < count; ++i) {
            const int at = static_cast<int>(static_cast<long long>(length - TextDetector::kSide) * i / (count - 1));
            spans.emplace_back(start + at, TextDetector::kSide);
        }
        return spans;
    };
    std::vector<cv::Rect> tiles;
    for (const auto& [y, h] : spread(area.y, area.height)) {
        for (const auto& [x, w] : spread(area.x, area.width)) tiles.emplace_back(x, y, w, h);
    }
    return tiles;
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
        std::vector<cv::Rect> tiles;
        for (const cv::Rect& t : tile(area)) {
            const bool holds_text = std::any_of(boxes.begin(), boxes.end(), [&](const cv::Rect2f& b) {
                return !(cv::Rect(cv::Rect2f(b.x * up, b.y * up, b.width * up, b.height * up)) & t).empty();
            });
            if (holds_text) tiles.push_back(t);
        }
        if (static_cast<int>(tiles.size()) > limits.tiles) continue;
        return {scale, area, std::move(tiles)};
    }
    return closer;
}

std::vector<TextRegion> look_closer(TextDetector& detector, const cv::Mat& bgr, const Closer& closer) {
    const cv::Mat large = scaled(bgr, closer.scale);
    cv::Mat map = cv::Mat::zeros(closer.area.size(), CV_32F);
    for (const cv::Rect& t : closer.tiles) {
        const cv::Rect inside = t & cv::Rect(0, 0, large.cols, large.rows);
        const cv::Mat found = detector.probability(large(inside));
        cv::Mat part = map(cv::Rect(inside.tl() - closer.area.tl(), inside.size()));
        cv::max(part, found, part);
    }
    const cv::Point2f origin(static_cast<float>(closer.area.x / closer.scale),
                             static_cast<float>(closer.area.y / closer.scale));
    return regions_of(map, closer.scale, origin, {});
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
    const double scale = std::min(TextDetector::kSide / longest, limits.enlargement);
    const cv::Mat map = detector.probability(scaled(bgr, scale));
    std::vector<TextRegion> coarse = regions_of(map, scale, {}, {});
    const Closer closer = plan(regions_of(map, scale, {}, kHint), bgr.size(), scale, limits);
    std::vector<TextRegion> close;
    if (closer.scale > 0) close = look_closer(detector, bgr, closer);
    return merge(std::move(coarse), std::move(close), bgr.size());
}

}  // namespace magscan::ocr
