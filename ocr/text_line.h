// Geometry of one printed line: where it runs, how it bends, and where a point
// of it lies.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "ocr/page.h"
#include "ocr/text_detector.h"

namespace magscan::ocr {

// A band of `height` pixels around a middle line that starts at `start`, runs
// `length` pixels along `along` (a unit vector in the direction of reading) and
// leaves that straight line by
//     shift(t) = bend[0] + bend[1] t + bend[2] t^2,   t from -1 (start) to 1
//     (end),
// pixels towards the foot of the letters.
struct TextLine {
    cv::Point2f start;
    cv::Point2f along{1, 0};
    float length = 0;
    float height = 0;
    cv::Vec3f bend{0, 0, 0};
    float slant = 0;             // how far letters lean: pixels along the line per pixel
                                 // down, where 0 is square to it
    bool upright = false;        // letters all stand square to `along`, as on a bottle, not to the bent middle line, as
                                 // on a round seal
    float radius = 0;            // of the cylinder that the line runs round, in pixels; 0: flat
    float nearest = 0;           // pixels along the line to where the cylinder is nearest; only where it has a radius
    float seen_height = 0;       // as in TextRegion
    bool light_on_dark = false;  // letters lighter than what they stand on

    cv::Point2f down() const { return {-along.y, along.x}; }
    float shift(float t) const { return bend[0] + t * (bend[1] + t * bend[2]); }
    float sagitta() const { return std::abs(bend[2]); }
    // Slope of the middle line against `along` at the place `u`.
    float slope(float u) const;
    cv::Point2f center() const;
    // The point at `u` pixels along and `v` pixels below the middle line.
    cv::Point2f at(float u, float v) const;
    // Pixels along the surface from where it is nearest to the place `u`, and back. On a flat line both give what they
    // take.
    float unrolled(float u) const;
    float rolled_up(float s) const;
};

// Whether print along it runs up or down rather than across.
bool is_steep(cv::Point2f along);

// The same band, read from its other end.
TextLine turned_round(const TextLine& line);

// The band of one region. Runs along its longer side, to the right (or down if
// steeper than 45 degrees), and bends where it is long enough to tell.
TextLine line_of(const TextRegion& region);

// The straight band of a region, in a direction given.
TextLine line_along(const TextRegion& region, cv::Point2f along);

// The part of a band between u0 and u1 along it and between v0 and v1 below its
// middle; may reach beyond its ends.
TextLine part_of(const TextLine& line, float u0, float u1, float v0, float v1);

// True where the region is long enough to tell its own direction.
bool has_direction(const TextRegion& region);

// Outline of the part of a line between u0 and u1 and between v0 and v1, in
// pixels divided by `scale`; with more corners along the edges where the line
// bends.
Polygon outline(const TextLine& line, float u0, float u1, float v0, float v1, double scale);

}  // namespace magscan::ocr
