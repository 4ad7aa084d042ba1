#include "ocr/region_reader.h"

#include <algorithm>
#include <cmath>

#include "ocr/line_extent.h"
#include "ocr/orientation.h"
#include "ocr/script_reader.h"
#include "ocr/second_looks.h"
#include "ocr/strip.h"
#include "ocr/text_flow.h"

namespace magscan::ocr {
namespace {

constexpr float kOwnDirection = 5;   // length over height up to which a line borrows its direction: the tail of a
                                     // letter tilts "200 mg" by four degrees
constexpr float kSamePrint = 0.77F;  // cosine: short text up to 40 degrees off
                                     // belongs to the print around it

// The bands of all regions. Those too short to tell their direction borrow it
// from the long ones around them.
std::vector<TextLine> lines_of(const std::vector<TextRegion>& regions) {
    std::vector<TextLine> lines;
    for (const TextRegion& region : regions) lines.push_back(line_of(region));
    const TextFlow flow(lines);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        TextLine& line = lines[i];
        if (line.length > kOwnDirection * line.height) continue;
        auto along = flow.direction_at(line.center(), line.height);
        if (along && along->dot(line.along) < 0) along = -*along;  // which end comes first is found out by reading
        const bool tells = has_direction(regions[i]);
        // Print at right angles to its surroundings stays as it is.
        if (along && (!tells || std::abs(along->dot(line.along)) > kSamePrint)) {
            line = line_along(regions[i], *along);
        } else if (!tells) {
            line = line_along(regions[i], {1, 0});
        }
    }
    return lines;
}

}  // namespace

RegionReadings read_regions(const cv::Mat& bgr, const std::vector<TextRegion>& regions, EnginePool& engines,
                            const Effort& effort, const LineInterest& interest, const KnownPrint* known) {
    std::vector<TextLine> lines = lines_of(regions);
    const Pyramid pyramid(bgr);
    engines.for_each(lines.size(), effort,
                     [&](std::size_t i, Recognizer&) { lines[i] = fitted_to_ink(pyramid, lines[i]); });
    const FirstReadings first = known ? known->take(lines) : turn_by_reading(lines, pyramid, engines, effort);
    RegionReadings out;
    out.lines.resize(lines.size());
    engines.for_each(lines.size(), effort, [&](std::size_t i, Recognizer& recognizer) {
        out.lines[i] = first[i] ? *first[i] : read_first(pyramid, recognizer, lines[i]);
    });
    out.own_script = read_in_own_script(out.lines, bgr, engines, effort);
    if (!known) look_twice(out.lines, pyramid, regions, engines, effort, interest);
    return out;
}

}  // namespace magscan::ocr
