#include "ocr/text_search.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "ocr/print_area.h"

namespace magscan::ocr {
namespace {

constexpr int kCoarseSide = 960;  // pixels of the longer side in the coarse look
constexpr RegionLimits kHint{0.2F, 0.3F};
constexpr double kCovered = 0.35;  // share of a region that another may cover
                                   // before it counts as the same

cv::Mat scaled(const cv::Mat& bgr, double scale) {
    cv::Mat out;
    const cv::Size size(std::max(1, static_cast<int>(std::lround(bgr.cols * scale))),
                        std::max(1, static_cast<int>(std::lround(bgr.rows * scale))));
    if (size == bgr.size()) return bgr;
    cv::resize(bgr, out, size, 0, 0, scale < 1 ? cv::INTER_AREA : cv::INTER_CUBIC);
    return out;
}

std::vector<TextRegion> look_closer(TextDetector& detector, const cv::Mat& bgr, const CloserLook& look,
                                    const StopTest& is_stopped) {
    cv::Rect area;
    for (const Mosaic& mosaic : look.mosaics) {
        for (const Tile& tile : mosaic) area |= tile.area;
    }
    // Only what is looked at is enlarged: the whole of a large picture would not fit into memory.
    const auto down = [&](int pixels) { return static_cast<int>(pixels / look.scale); };
    const cv::Rect source = cv::Rect(down(area.x), down(area.y), down(area.width) + 1, down(area.height) + 1) &
                            cv::Rect(0, 0, bgr.cols, bgr.rows);
    const cv::Mat large = scaled(bgr(source), look.scale);
    cv::Mat map = cv::Mat::zeros(large.size(), CV_32F);
    for (const Mosaic& mosaic : look.mosaics) {
        if (is_stopped && is_stopped()) throw Stopped{};
        cv::Mat canvas(look.canvas, CV_8UC3, cv::Scalar::all(0));
        const auto inside = [&](const Tile& tile) { return (tile.area - area.tl()) & cv::Rect({}, large.size()); };
        for (const Tile& tile : mosaic) large(inside(tile)).copyTo(canvas({tile.place, inside(tile).size()}));
        const cv::Mat found = detector.probability(canvas);
        for (const Tile& tile : mosaic) {
            cv::Mat part = map(inside(tile));
            cv::max(part, found({tile.place, part.size()}), part);
        }
    }
    return regions_of(map, look.scale, cv::Point2f(source.tl()), {});
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

std::vector<TextRegion> find_text(TextDetector& detector, const cv::Mat& bgr, const SearchLimits& limits,
                                  const StopTest& is_stopped) {
    const double longest = std::max(bgr.cols, bgr.rows);
    const double scale = std::min(kCoarseSide / longest, limits.enlargement);
    const cv::Mat whole = scaled(bgr, scale);
    const cv::Rect area = print_area(whole);
    if (area.empty()) return {};
    const cv::Mat map = detector.probability(whole(area));
    const cv::Point2f origin = cv::Point2f(area.tl()) / scale;
    std::vector<TextRegion> coarse = regions_of(map, scale, origin, {});
    const CloserLook look = plan_closer_look(regions_of(map, scale, origin, kHint), bgr.size(), scale,
                                             TextDetector::padded(area.size()), limits);
    std::vector<TextRegion> close;
    if (look.scale > 0) close = look_closer(detector, bgr, look, is_stopped);
    return merge(std::move(coarse), std::move(close), bgr.size());
}

}  // namespace magscan::ocr
