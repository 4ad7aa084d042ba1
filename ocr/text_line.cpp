#include "ocr/text_line.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "ocr/median.h"

namespace magscan::ocr {
namespace {

constexpr float kLongEnough = 1.6F;   // length over height from which a region has a direction of its own
constexpr float kBends = 3.5F;        // length over height from which its own shape tells how it bends
constexpr float kSilhouette = 0.99F;  // sine beyond which a cylinder shows nothing
constexpr int kColumns = 24;          // places along the line where its middle is taken

cv::Point2f direction_of(const cv::RotatedRect& rect) {
    std::array<cv::Point2f, 4> corner;
    rect.points(corner.data());
    const cv::Point2f a = corner[1] - corner[0];
    const cv::Point2f b = corner[2] - corner[1];
    cv::Point2f along = a.dot(a) > b.dot(b) ? a : b;
    const auto norm = static_cast<float>(cv::norm(along));
    along = norm > 0 ? along / norm : cv::Point2f(1, 0);
    if (std::abs(along.x) >= std::abs(along.y) ? along.x < 0 : along.y < 0) along = -along;
    return along;
}

struct Frame {
    cv::Point2f along;
    float u0, u1, v0, v1;  // extent of the contour
};

Frame frame_of(const std::vector<cv::Point2f>& contour, cv::Point2f along) {
    const cv::Point2f down(-along.y, along.x);
    Frame f{along, 1e9F, -1e9F, 1e9F, -1e9F};
    for (const cv::Point2f& p : contour) {
        const float u = p.dot(along);
        const float v = p.dot(down);
        f.u0 = std::min(f.u0, u);
        f.u1 = std::max(f.u1, u);
        f.v0 = std::min(f.v0, v);
        f.v1 = std::max(f.v1, v);
    }
    return f;
}

struct Column {
    float t;  // -1..1 along the frame
    float middle;
    float thickness;
};

// Middle and thickness of the core in evenly spaced columns of its frame.
std::vector<Column> columns_of(const std::vector<cv::Point2f>& contour, const Frame& f) {
    constexpr int kWidth = kColumns * 8;
    constexpr int kHeight = 96;
    const float du = std::max(f.u1 - f.u0, 1e-3F);
    const float dv = std::max(f.v1 - f.v0, 1e-3F);
    const cv::Point2f down(-f.along.y, f.along.x);
    std::vector<cv::Point> drawn;
    for (const cv::Point2f& p : contour) {
        drawn.emplace_back(static_cast<int>(std::lround((p.dot(f.along) - f.u0) / du * (kWidth - 1))),
                           static_cast<int>(std::lround((p.dot(down) - f.v0) / dv * (kHeight - 1))));
    }
    cv::Mat mask = cv::Mat::zeros(kHeight, kWidth, CV_8U);
    cv::fillPoly(mask, std::vector<std::vector<cv::Point>>{drawn}, cv::Scalar(255));
    std::vector<Column> columns;
    for (int c = 0; c < kColumns; ++c) {
        const int x = c * 8 + 4;
        int first = -1;
        int last = -1;
        for (int y = 0; y < kHeight; ++y) {
            if (mask.at<uchar>(y, x) == 0) continue;
            if (first < 0) first = y;
            last = y;
        }
        if (first < 0) continue;
        const float unit = dv / (kHeight - 1);
        columns.push_back({2 * (static_cast<float>(x) / (kWidth - 1)) - 1,
                           f.v0 + unit * static_cast<float>(first + last) / 2,
                           unit * static_cast<float>(last - first + 1)});
    }
    return columns;
}

// Polynomial through the middles, of the degree given, with outliers weighed
// down.
cv::Vec3f fit(const std::vector<Column>& columns, int degree, float tolerance) {
    const int terms = degree + 1;
    cv::Vec3f coefficients(0, 0, 0);
    std::vector<double> weight(columns.size(), 1.0);
    for (int round = 0; round < 4; ++round) {
        cv::Mat a = cv::Mat::zeros(terms, terms, CV_64F);
        cv::Mat b = cv::Mat::zeros(terms, 1, CV_64F);
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const double t = columns[i].t;
            const std::array<double, 3> power{1, t, t * t};
            for (int r = 0; r < terms; ++r) {
                for (int c = 0; c < terms; ++c) a.at<double>(r, c) += weight[i] * power[r] * power[c];
                b.at<double>(r, 0) += weight[i] * power[r] * static_cast<double>(columns[i].middle);
            }
        }
        cv::Mat x;
        if (!cv::solve(a, b, x, cv::DECOMP_CHOLESKY)) return coefficients;
        for (int r = 0; r < terms; ++r) coefficients[r] = static_cast<float>(x.at<double>(r, 0));
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const float t = columns[i].t;
            const float fitted = coefficients[0] + t * (coefficients[1] + t * coefficients[2]);
            const double off = std::abs(columns[i].middle - fitted) / std::max(tolerance, 1e-3F);
            weight[i] = off <= 1 ? 1.0 : 1.0 / (off * off);
        }
    }
    return coefficients;
}

TextLine line_in(const TextRegion& region, cv::Point2f along, bool may_bend) {
    const Frame f = frame_of(region.contour, along);
    const std::vector<Column> columns = columns_of(region.contour, f);
    std::vector<float> thicknesses;
    for (const Column& c : columns) thicknesses.push_back(c.thickness);
    const cv::Point2f down(-along.y, along.x);
    TextLine line;
    line.along = along;
    line.seen_height = region.seen_height;
    line.length = f.u1 - f.u0 + 2 * region.grow;
    const float thickness = median(thicknesses);
    const bool bends =
        may_bend && columns.size() >= kColumns / 2 && line.length > kBends * (thickness + 2 * region.grow);
    const float middle = (f.v0 + f.v1) / 2;
    if (bends) {
        line.height = thickness + 2 * region.grow;
        line.bend = fit(columns, 2, 0.25F * thickness);
        line.bend[0] -= middle;
        // t is counted over the core; stretch it to the grown band.
        const float stretch = line.length / std::max(f.u1 - f.u0, 1e-3F);
        line.bend[1] *= stretch;
        line.bend[2] *= stretch * stretch;
    } else {
        line.height = f.v1 - f.v0 + 2 * region.grow;
    }
    line.start = along * (f.u0 - region.grow) + down * middle;
    return line;
}

}  // namespace

cv::Point2f TextLine::center() const {
    return at(length / 2, 0);
}

float TextLine::slope(float u) const {
    const float half = std::max(length / 2, 1e-3F);
    return (bend[1] + 2 * bend[2] * (u / half - 1)) / half;
}

cv::Point2f TextLine::at(float u, float v) const {
    const float t = u / std::max(length / 2, 1e-3F) - 1;
    if (upright) return start + along * (u + slant * v) + down() * (shift(t) + v);
    const float bent = slope(u);
    const float norm = std::sqrt(1 + bent * bent);
    return start + along * (u + slant * v - v * bent / norm) + down() * (shift(t) + v / norm);
}

float TextLine::unrolled(float u) const {
    if (radius <= 0) return u;
    return radius * std::asin(std::clamp((u - nearest) / radius, -kSilhouette, kSilhouette));
}

float TextLine::rolled_up(float s) const {
    return radius <= 0 ? s : nearest + radius * std::sin(s / radius);
}

bool is_steep(cv::Point2f along) {
    return std::abs(along.y) > std::abs(along.x);
}

TextLine turned_round(const TextLine& line) {
    TextLine out = line;
    out.nearest = line.length - line.nearest;
    out.start = line.start + line.along * line.length;
    out.along = -line.along;
    out.bend = {-line.bend[0], line.bend[1], -line.bend[2]};
    return out;
}

TextLine part_of(const TextLine& line, float u0, float u1, float v0, float v1) {
    const float half = std::max(line.length / 2, 1e-3F);
    const float middle = (u0 + u1) / 2 / half - 1;  // t of the new middle in the old band
    const float stretch = (u1 - u0) / 2 / half;     // old t per new t
    TextLine out = line;
    out.start = line.start + line.along * u0;
    out.length = u1 - u0;
    out.nearest = line.nearest - u0;
    out.height = v1 - v0;
    out.bend = {line.shift(middle) + (v0 + v1) / 2, (line.bend[1] + 2 * line.bend[2] * middle) * stretch,
                line.bend[2] * stretch * stretch};
    return out;
}

bool has_direction(const TextRegion& region) {
    const cv::RotatedRect rect = cv::minAreaRect(region.contour);
    const float grown = 2 * region.grow;
    const float w = rect.size.width + grown;
    const float h = rect.size.height + grown;
    return std::max(w, h) > kLongEnough * std::min(w, h);
}

TextLine line_of(const TextRegion& region) {
    return line_in(region, direction_of(cv::minAreaRect(region.contour)), true);
}

TextLine line_along(const TextRegion& region, cv::Point2f along) {
    return line_in(region, along, false);
}

Polygon outline(const TextLine& line, float u0, float u1, float v0, float v1, double scale) {
    const bool bent = line.sagitta() > 0.05F * line.height;
    const int steps = bent ? std::clamp(static_cast<int>((u1 - u0) / std::max(line.height, 1.0F)), 1, 16) : 1;
    Polygon polygon;
    const auto add = [&](float u, float v) {
        const cv::Point2f p = line.at(u, v);
        polygon.push_back({static_cast<float>(p.x / scale), static_cast<float>(p.y / scale)});
    };
    for (int i = 0; i <= steps; ++i) add(u0 + (u1 - u0) * static_cast<float>(i) / static_cast<float>(steps), v0);
    for (int i = steps; i >= 0; --i) add(u0 + (u1 - u0) * static_cast<float>(i) / static_cast<float>(steps), v1);
    return polygon;
}

}  // namespace magscan::ocr
