#include "ocr/surface.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "ocr/median.h"

namespace magscan::ocr {
namespace {

constexpr std::size_t kFewest = 4;       // lines that tell where text ends
constexpr float kSameDirection = 0.82F;  // cosine: of the lines that run along the surface
constexpr float kReach = 0.975F;         // how far out text is found: sine of some 77 degrees from the nearest point
constexpr float kCloseToEdge = 0.22F;    // of the radius, from the silhouette: a line's end that was lost there
constexpr float kLastReadable = 0.985F;  // of the radius: nothing can be read beyond
constexpr float kNoticeable = 1.25F;     // squeeze from which a line is worth unrolling
constexpr float kSteepestEdge = 0.3F;    // slope of a silhouette against the text, at most

cv::Point2f main_direction(const std::vector<TextLine>& lines) {
    const auto longest = std::max_element(lines.begin(), lines.end(),
                                          [](const TextLine& a, const TextLine& b) { return a.length < b.length; });
    cv::Point2f sum(0, 0);
    for (const TextLine& line : lines) {
        if (line.along.dot(longest->along) > kSameDirection) sum += line.along * line.length;
    }
    return sum / static_cast<float>(cv::norm(sum));
}

// The side of the points' convex hull that lies outermost at the height `v`.
Surface::Edge outer_edge(const std::vector<cv::Point2f>& hull, float v, bool left) {
    Surface::Edge edge{left ? 1e9F : -1e9F, 0};
    for (std::size_t i = 0; i < hull.size(); ++i) {
        const cv::Point2f a = hull[i];
        const cv::Point2f b = hull[(i + 1) % hull.size()];
        if (std::min(a.y, b.y) > v || std::max(a.y, b.y) < v || std::abs(a.y - b.y) < 1e-3F) continue;
        const float slope = std::clamp((b.x - a.x) / (b.y - a.y), -kSteepestEdge, kSteepestEdge);
        const float u = a.x + (b.x - a.x) * (v - a.y) / (b.y - a.y);
        if (left ? u < edge.u(v) : u > edge.u(v)) edge = {u - slope * v, slope};
    }
    return edge;
}

}  // namespace

std::optional<Surface> surface_of(const std::vector<TextLine>& lines) {
    if (lines.size() < kFewest) return std::nullopt;
    Surface surface;
    surface.along = main_direction(lines);
    const cv::Point2f down(-surface.along.y, surface.along.x);
    std::vector<cv::Point2f> ends;
    for (const TextLine& line : lines) {
        if (line.along.dot(surface.along) < kSameDirection) continue;
        for (const float u : {0.0F, line.length}) {
            const cv::Point2f p = line.at(u, 0);
            ends.emplace_back(p.dot(surface.along), p.dot(down));
        }
    }
    if (ends.size() < 2 * kFewest) return std::nullopt;
    std::vector<float> heights;
    for (const cv::Point2f& p : ends) heights.push_back(p.y);
    const float middle = median(std::move(heights));
    std::vector<cv::Point2f> hull;
    cv::convexHull(ends, hull);
    surface.left = outer_edge(hull, middle, true);
    surface.right = outer_edge(hull, middle, false);
    const float width = surface.right.u(middle) - surface.left.u(middle);
    if (width <= 0) return std::nullopt;
    const float margin = width / 2 * (1 / kReach - 1);
    surface.left.at -= margin;
    surface.right.at += margin;
    return surface;
}

std::optional<TextLine> rolled(const Surface& surface, const TextLine& line) {
    if (line.along.dot(surface.along) < kSameDirection) return std::nullopt;
    const cv::Point2f down(-surface.along.y, surface.along.x);
    const cv::Point2f start = line.at(0, 0);
    const cv::Point2f end = line.at(line.length, 0);
    const float v = (start + end).dot(down) / 2;
    const float left = surface.left.u(v);
    const float right = surface.right.u(v);
    const float radius = (right - left) / 2;
    if (radius <= line.height) return std::nullopt;
    // Along the line, places of the surface's frame keep their distances to within the cosine of its tilt.
    float u0 = start.dot(surface.along);
    float u1 = end.dot(surface.along);
    const float middle = (left + right) / 2;
    const float stretch = line.length / std::max(u1 - u0, 1.0F);
    const float before = u0;
    if (u0 - left < kCloseToEdge * radius) u0 = std::min(u0, middle - kLastReadable * radius);
    if (right - u1 < kCloseToEdge * radius) u1 = std::max(u1, middle + kLastReadable * radius);
    const float farthest = std::min(std::max(middle - u0, u1 - middle) / radius, kLastReadable);
    if (1 / std::sqrt(1 - farthest * farthest) < kNoticeable) return std::nullopt;
    TextLine out = part_of(line, (u0 - before) * stretch, line.length + (u1 - end.dot(surface.along)) * stretch,
                           -line.height / 2, line.height / 2);
    out.radius = radius * stretch;
    out.nearest = (middle - u0) * stretch;
    return out;
}

}  // namespace magscan::ocr
