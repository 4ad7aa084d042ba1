// The round side of a bottle, seen in where its text ends: print that turns away towards the silhouette is narrower
// there.
#pragma once

#include <optional>
#include <vector>

#include "ocr/text_line.h"

namespace magscan::ocr {

// The silhouettes of a cylinder that stands across the text, in a frame whose u axis is the direction of the text:
// u = at + slope * v. Pixels of the picture.
struct Surface {
    struct Edge {
        float at = 0;
        float slope = 0;
        float u(float v) const { return at + slope * v; }
    };
    cv::Point2f along{1, 0};
    Edge left;
    Edge right;
};

// The narrowest cylinder that holds all lines, supposing that the text reaches nearly to its silhouettes. Lines across
// the main direction are left out. Nothing where there are too few lines to tell.
std::optional<Surface> surface_of(const std::vector<TextLine>& lines);

// `line` as print on the surface: with radius and nearest point, and with its ends moved out to the silhouette where
// they lie close to it. Nothing where the surface makes no difference to the line, which runs across it or in its
// middle.
std::optional<TextLine> rolled(const Surface& surface, const TextLine& line);

}  // namespace magscan::ocr
