#include "ocr/look_plan.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <optional>

namespace magscan::ocr {
namespace {

constexpr float kWantedHeight = 22;   // seen height that a closer look aims at
constexpr double kWorthwhile = 1.3;   // a closer look must enlarge at least this much
constexpr double kNextScale = 0.93;   // how the scale is lowered until the tiles fit
constexpr float kMargin = 4;          // heights of a hint around it, where print may go on unseen
constexpr int kNewNetwork = 250'000;  // pixels that are looked at in the time that another network takes to be made

constexpr int kGap = 32;  // pixels between tiles on one mosaic

struct Hint {
    cv::Rect2f box;  // pixels of the picture
    float seen_height;
};

std::vector<Hint> small_ones(const std::vector<TextRegion>& regions) {
    std::vector<Hint> hints;
    for (const TextRegion& region : regions) {
        if (region.seen_height >= kReadsWell) continue;
        const cv::Rect2f box = cv::boundingRect(region.contour);
        const float margin = kMargin * region.height;
        hints.push_back(
            {{box.x - margin, box.y - margin, box.width + 2 * margin, box.height + 2 * margin}, region.seen_height});
    }
    return hints;
}

struct Cover {
    std::vector<Mosaic> mosaics;
    cv::Size canvas;
    int cost = 0;  // pixels
};

// What looking at mosaics of this size takes: on the canvas at hand, or on one of their own.
Cover priced(std::vector<Mosaic> mosaics, cv::Size size, cv::Size at_hand) {
    const cv::Size own = TextDetector::padded(size);
    const auto count = static_cast<int>(mosaics.size());
    const int cost_of_own = count * own.area() + kNewNetwork;
    const bool fits = own.width <= at_hand.width && own.height <= at_hand.height;
    if (fits && count * at_hand.area() <= cost_of_own) return {std::move(mosaics), at_hand, count * at_hand.area()};
    return {std::move(mosaics), own, cost_of_own};
}

// The cheapest tile or pair of tiles over all boxes whose canvas the detector takes.
class Tiling {
  public:
    Tiling(const std::vector<Hint>& hints, double scale, cv::Size picture, cv::Size at_hand) : at_hand_(at_hand) {
        const cv::Rect whole(0, 0, static_cast<int>(std::lround(picture.width * scale)),
                             static_cast<int>(std::lround(picture.height * scale)));
        const auto up = static_cast<float>(scale);
        for (const Hint& hint : hints) {
            const cv::Rect2f& b = hint.box;
            const cv::Rect box = cv::Rect(cv::Rect2f(b.x * up, b.y * up, b.width * up, b.height * up)) & whole;
            if (!box.empty()) boxes_.push_back(box);
        }
    }

    std::optional<Cover> best(int most_tiles, std::size_t most_mosaics) {
        std::optional<Cover> best;
        const auto consider = [&](std::vector<Mosaic> mosaics, cv::Size size) {
            Cover cover = priced(std::move(mosaics), size, at_hand_);
            if (cover.canvas.area() > TextDetector::kMostPixels || cover.mosaics.size() > most_mosaics) return;
            if (!best || cover.cost < best->cost) best = std::move(cover);
        };
        if (boxes_.empty() || most_tiles < 1) return best;
        for (const auto before : {+[](const cv::Rect&a, const cv::Rect&b) { return a.y < b.y; },
                                  +[](const cv::Rect&a, const cv::Rect&b) { return a.x < b.x; }}) {
            std::stable_sort(boxes_.begin(), boxes_.end(), before);
            std::vector<cv::Rect> rest = boxes_;  // what each and all after it cover
            for (std::size_t i = rest.size() - 1; i-- > 0;) rest[i] |= rest[i + 1];
            consider({{{rest.front(), {}}}}, rest.front().size());
            cv::Rect first;
            for (std::size_t i = 0; most_tiles > 1 && i + 1 < boxes_.size(); ++i) {
                first |= boxes_[i];
                const cv::Rect& second = rest[i + 1];
                const int width = std::max(first.width, second.width);
                const int height = std::max(first.height, second.height);
                const cv::Point right(first.width + kGap, 0);
                const cv::Point below(0, first.height + kGap);
                consider({{{first, {}}, {second, right}}}, {right.x + second.width, height});
                consider({{{first, {}}, {second, below}}}, {width, below.y + second.height});
                consider({{{first, {}}}, {{second, {}}}}, {width, height});
            }
        }
        return best;
    }

  private:
    cv::Size at_hand_;
    std::vector<cv::Rect> boxes_;  // pixels of the scaled picture
};

}  // namespace

CloserLook plan_closer_look(const std::vector<TextRegion>& regions, cv::Size picture, double scale, cv::Size canvas,
                            const SearchLimits& limits) {
    const std::vector<Hint> hints = small_ones(regions);
    if (hints.empty()) return {};
    std::vector<float> heights;
    for (const Hint& hint : hints) heights.push_back(hint.seen_height);
    const auto quarter = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 4);
    std::nth_element(heights.begin(), quarter, heights.end());
    // As large as wanted where one mosaic holds it all, else no larger than needed.
    const double least = scale * kWorthwhile;
    for (const auto& [height, mosaics] : {std::pair(kWantedHeight, 1U), std::pair(kReadsWell, 2U)}) {
        const double enough = mosaics == 1 ? std::max(least, scale * kReadsWell / *quarter) : least;
        const double start = std::max(scale * height / *quarter, enough);
        for (double s = std::min(start, limits.enlargement); s >= enough; s *= kNextScale) {
            if (auto cover = Tiling(hints, s, picture, canvas).best(limits.tiles, mosaics)) {
                return {s, std::move(cover->mosaics), cover->canvas};
            }
        }
    }
    return {};
}

}  // namespace magscan::ocr
