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

struct Piece {
    TextRegion region;
    TextLine line;
    bool directed = false;  // long enough to have a direction
};

Piece piece_of(TextRegion region) {
    Piece piece{std::move(region), {}, false};
    piece.line = line_of(piece.region);
    piece.directed = has_direction(piece.region);
    return piece;
}

// Whether two pieces can't belong together however the smaller one is turned. Nearly all pairs of a page.
bool apart(const Piece& leading, const Piece& other) {
    const float height = std::max(leading.line.height, leading.region.height);
    const float reach = kLongest * height;
    const float turned = (other.line.length + other.line.height) / 2;  // how far its middle may move
    const cv::Point2f step = other.line.center() - leading.line.center();
    return leading.line.length / 2 > reach || std::hypot(step.x, step.y) > reach + kStep * height + turned;
}

// Whether `second` goes on where `first` ends.
bool goes_on(const Piece& first, const Piece& second) {
    const bool first_leads = first.line.length >= second.line.length;
    const Piece& leading = first_leads ? first : second;
    const Piece& piece = first_leads ? second : first;
    if (!leading.directed || apart(leading, piece)) return false;
    const cv::Point2f along = leading.line.along;
    TextLine other = piece.line;
    const float cosine = std::abs(other.along.dot(along));
    float height = std::min(leading.region.height, piece.region.height);
    float larger = std::max(leading.region.height, piece.region.height);
    if (piece.directed && cosine > kAcross) {
        if (cosine < kSameDirection) return false;
    } else {  // one letter has no direction of its own: a "1" seems to run down
        other = line_along(piece.region, along);
        height = std::min(leading.line.height, other.height);
        larger = std::max(leading.line.height, other.height);
    }
    if (height < kSameHeight * larger) return false;
    const cv::Point2f step = (other.center() - leading.line.center()) * (first_leads ? 1 : -1);
    const float both = (leading.line.length + other.length) / 2;
    const float ahead = step.dot(along);
    const float gap = (ahead - both) / height;
    const float below = std::abs(step.dot(leading.line.down())) / height;
    const bool in_line = below < kStep && ahead > 0 && gap < kGap && gap > -kOverlap;
    return in_line && ahead + both < kLongest * height;
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
    std::vector<Piece> pieces;
    for (TextRegion& region : regions) pieces.push_back(piece_of(std::move(region)));
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        for (std::size_t j = 0; j < pieces.size();) {
            if (i == j || (!goes_on(pieces[i], pieces[j]) && !goes_on(pieces[j], pieces[i]))) {
                ++j;
                continue;
            }
            pieces[i] = piece_of(joined(pieces[i].region, pieces[j].region));
            pieces.erase(pieces.begin() + static_cast<std::ptrdiff_t>(j));
            if (j < i) --i;
            j = 0;
        }
    }
    std::vector<TextRegion> out;
    for (Piece& piece : pieces) out.push_back(std::move(piece.region));
    return out;
}

}  // namespace magscan::ocr
