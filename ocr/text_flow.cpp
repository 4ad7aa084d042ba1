#include "ocr/text_flow.h"

#include <algorithm>
#include <cmath>

namespace magscan::ocr {
namespace {

constexpr float kLong = 5;           // length over height from which a line tells its direction well
constexpr float kFarthest = 25;      // heights: lines farther off tell nothing
constexpr float kMostTurn = 0.7F;    // cosine: what bends further than 45 degrees away is a frame or a picture
constexpr std::size_t kNearest = 4;  // lines that are asked

struct Witness {
    float distance;
    cv::Point2f along;
};

// The direction of `line` at its point nearest to `place`.
Witness witness(const TextLine& line, cv::Point2f place) {
    const float u = std::clamp((place - line.start).dot(line.along), 0.0F, line.length);
    cv::Point2f along = line.along + line.down() * line.slope(u);
    along /= static_cast<float>(cv::norm(along));
    return {static_cast<float>(cv::norm(line.at(u, 0) - place)), along};
}

}  // namespace

TextFlow::TextFlow(const std::vector<TextLine>& lines) {
    for (const TextLine& line : lines) {
        if (line.length > kLong * line.height) long_lines_.push_back(line);
    }
}

std::optional<cv::Point2f> TextFlow::direction_at(cv::Point2f place, float size) const {
    std::vector<Witness> witnesses;
    for (const TextLine& line : long_lines_) {
        const Witness w = witness(line, place);
        if (w.along.dot(line.along) < kMostTurn) continue;
        if (w.distance < kFarthest * std::max(size, line.height)) witnesses.push_back(w);
    }
    if (witnesses.empty()) return std::nullopt;
    std::stable_sort(witnesses.begin(), witnesses.end(),
                     [](const Witness& a, const Witness& b) { return a.distance < b.distance; });
    if (witnesses.size() > kNearest) witnesses.resize(kNearest);
    cv::Point2f sum(0, 0);
    for (const Witness& w : witnesses) {
        // Lines at right angles to the nearest belong to another piece of print.
        if (std::abs(w.along.dot(witnesses.front().along)) < 0.85F) continue;
        const float sign = w.along.dot(witnesses.front().along) < 0 ? -1.0F : 1.0F;
        const float off = w.distance + size;
        sum += w.along * (sign / (off * off));
    }
    return sum / static_cast<float>(cv::norm(sum));
}

}  // namespace magscan::ocr
