#include "ocr/line_join.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

namespace magscan::ocr {
namespace {

constexpr float kWordGap = 0.8F;         // heights between the ends of two pieces, at most
constexpr float kOverlap = 1.0F;         // heights by which two pieces may overlap
constexpr float kStep = 0.3F;            // heights by which the second may stand higher or lower
constexpr float kSameSize = 0.62F;       // the smaller height over the larger, at least
constexpr float kSameDirection = 0.97F;  // cosine
constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

// The direction in which a line leaves its end (`at_end`) or its start.
cv::Point2f tangent(const TextLine& line, bool at_end) {
    const float near = at_end ? line.length * 0.95F : 0;
    const cv::Point2f step = line.at(near + line.length * 0.05F, 0) - line.at(near, 0);
    const auto norm = static_cast<float>(cv::norm(step));
    return norm > 0 ? step / norm : line.along;
}

// How far `b` starts behind the end of `a`, in heights; nothing sensible (infinity) when it does not go on there.
float gap_between(const TextLine& a, const TextLine& b) {
    constexpr float kFar = std::numeric_limits<float>::infinity();
    const float height = std::min(a.height, b.height);
    if (height < kSameSize * std::max(a.height, b.height)) return kFar;
    const cv::Point2f along = tangent(a, true);
    if (along.dot(tangent(b, false)) < kSameDirection) return kFar;
    const cv::Point2f step = b.at(0, 0) - a.at(a.length, 0);
    const float ahead = step.dot(along) / height;
    const float below = step.dot({-along.y, along.x}) / height;
    return ahead < -kOverlap || ahead > kWordGap || std::abs(below) > kStep ? kFar : ahead;
}

// Where two pieces overlap, the letters there were read twice: keeps the longer word of the two.
void drop_doubled(Reading& a, Reading& b) {
    if (a.words.empty() || b.words.empty()) return;
    const cv::Rect2f& last = a.words.back().place;
    const cv::Rect2f& first = b.words.front().place;
    const cv::Point2f middle = a.line.at(last.x + last.width / 2, 0);
    const float u = (middle - b.line.start).dot(b.line.along);
    const cv::Point2f head = b.line.at(first.x + first.width / 2, 0);
    const float w = (head - a.line.start).dot(a.line.along);
    const bool last_in_first = u > first.x && u < first.x + first.width;
    const bool first_in_last = w > last.x && w < last.x + last.width;
    if (!last_in_first && !first_in_last) return;
    if (a.words.back().text.size() <= b.words.front().text.size()) {
        a.words.pop_back();
    } else {
        b.words.erase(b.words.begin());
    }
}

void append(Line& line, const Line& piece) {
    line.words.insert(line.words.end(), piece.words.begin(), piece.words.end());
    // An outline is the upper edge forth and the lower edge back: the new piece belongs between the two.
    const auto middle = line.polygon.begin() + static_cast<std::ptrdiff_t>(line.polygon.size() / 2);
    line.polygon.insert(middle, piece.polygon.begin(), piece.polygon.end());
    line.height = std::max(line.height, piece.height);
}

}  // namespace

std::vector<Line> join_pieces(std::vector<Reading> readings, double scale) {
    struct Link {
        float gap;
        std::size_t from;
        std::size_t to;
    };
    std::vector<Link> links;
    for (std::size_t i = 0; i < readings.size(); ++i) {
        for (std::size_t j = 0; j < readings.size(); ++j) {
            if (i == j) continue;
            const float gap = gap_between(readings[i].line, readings[j].line);
            if (std::isfinite(gap)) links.push_back({gap, i, j});
        }
    }
    std::stable_sort(links.begin(), links.end(),
                     [](const Link& a, const Link& b) { return std::abs(a.gap) < std::abs(b.gap); });
    std::vector<std::size_t> next(readings.size(), kNone);
    std::vector<std::size_t> previous(readings.size(), kNone);
    for (const Link& link : links) {
        if (next[link.from] != kNone || previous[link.to] != kNone) continue;
        std::size_t end = link.to;  // never close a ring
        while (next[end] != kNone) end = next[end];
        if (end == link.from) continue;
        next[link.from] = link.to;
        previous[link.to] = link.from;
    }
    for (std::size_t i = 0; i < readings.size(); ++i) {
        if (next[i] != kNone) drop_doubled(readings[i], readings[next[i]]);
    }
    std::vector<Line> lines;
    std::vector<bool> placed_already(readings.size(), false);
    for (std::size_t i = 0; i < readings.size(); ++i) {
        if (placed_already[i]) continue;
        std::size_t first = i;
        while (previous[first] != kNone) first = previous[first];
        Line line = placed(readings[first], scale);
        placed_already[first] = true;
        for (std::size_t j = next[first]; j != kNone; j = next[j]) {
            append(line, placed(readings[j], scale));
            placed_already[j] = true;
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

}  // namespace magscan::ocr
