#include "ocr/region_join.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "ocr/text_line.h"

namespace magscan::ocr {
namespace {

constexpr float kGap = 0.12F;             // heights between the grown ends of two pieces, at most
constexpr float kOverlap = 1.2F;          // heights by which they may overlap
constexpr float kStep = 0.2F;             // heights by which one may stand higher
constexpr float kSameHeight = 0.72F;      // the smaller height over the larger, at least
constexpr float kSameDirection = 0.985F;  // cosine, of pieces that are long enough to have one
constexpr float kAcross = 0.7F;           // cosine under which a piece stands across the line: a thin digit
constexpr float kLongest = 9;             // heights, of both together

// Whether `b` goes on where `a` ends.
bool goes_on(const TextRegion& first, TextLine a, const TextRegion& second, TextLine b) {
    const bool first_leads = a.length >= b.length;
    if (!has_direction(first_leads ? first : second)) return false;
    const TextLine leading = first_leads ? a : b;
    TextLine& other = first_leads ? b : a;
    const TextRegion& piece = first_leads ? second : first;
    const float cosine = std::abs(other.along.dot(leading.along));
    float height = std::min(first.height, second.height);
    float larger = std::max(first.height, second.height);
    if (has_direction(piece) && cosine > kAcross) {
        if (cosine < kSameDirection) return false;
    } else {  // one letter has no direction of its own: a "1" seems to run down
        other = line_along(piece, leading.along);
        height = std::min(a.height, b.height);
        larger = std::max(a.height, b.height);
    }
    if (height < kSameHeight * larger) return false;
    const cv::Point2f step = b.center() - a.center();
    const float ahead = step.dot(leading.along);
    const float gap = (ahead - (a.length + b.length) / 2) / height;
    const float below = std::abs(step.dot(leading.down())) / height;
    const bool in_line = below < kStep && ahead > 0 && gap < kGap && gap > -kOverlap;
    return in_line && ahead + (a.length + b.length) / 2 < kLongest * height;
}

TextRegion joined(const TextRegion& a, const TextRegion& b) {
    TextRegion out = a.contour.size() >= b.contour.size() ? a : b;
    std::vector<cv::Point2f> points = a.contour;
    points.insert(points.end(), b.contour.begin(), b.contour.end());
    cv::convexHull(points, out.contour);
    out.score = std::min(a.score, b.score);
    out.height = std::max(a.height, b.height);
    out.seen_height = std::max(a.seen_height, b.seen_height);
    out.grow = std::max(a.grow, b.grow);
    return out;
}

}  // namespace

std::vector<TextRegion> join_regions(std::vector<TextRegion> regions) {
    std::vector<TextLine> lines;
    for (const TextRegion& region : regions) lines.push_back(line_of(region));
    for (std::size_t i = 0; i < regions.size(); ++i) {
        for (std::size_t j = 0; j < regions.size();) {
            if (i == j || (!goes_on(regions[i], lines[i], regions[j], lines[j]) &&
                           !goes_on(regions[j], lines[j], regions[i], lines[i]))) {
                ++j;
                continue;
            }
            regions[i] = joined(regions[i], regions[j]);
            lines[i] = line_of(regions[i]);
            regions.erase(regions.begin() + static_cast<std::ptrdiff_t>(j));
            lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(j));
            if (j < i) --i;
            j = 0;
        }
    }
    return regions;
}

}  // namespace magscan::ocr
