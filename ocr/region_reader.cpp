#include "ocr/region_reader.h"

#include <cmath>

#include "ocr/line_extent.h"
#include "ocr/orientation.h"
#include "ocr/strip.h"
#include "ocr/text_flow.h"

namespace magscan::ocr {
namespace {

constexpr float kOwnDirection = 3.5F;  // length over height up to which a line borrows its direction
constexpr float kSamePrint = 0.77F;    // cosine: short text up to 40 degrees off
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
        const auto along = flow.direction_at(line.center(), line.height);
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

std::vector<Reading> read_regions(const cv::Mat& bgr, const std::vector<TextRegion>& regions, EnginePool& engines,
                                  int threads) {
    std::vector<TextLine> lines = lines_of(regions);
    const Pyramid pyramid(bgr);
    engines.for_each(lines.size(), threads,
                     [&](std::size_t i, Recognizer&) { lines[i] = fitted_to_ink(pyramid, lines[i]); });
    turn_by_reading(lines, pyramid, engines, threads);
    std::vector<Reading> readings(lines.size());
    engines.for_each(lines.size(), threads, [&](std::size_t i, Recognizer& recognizer) {
        readings[i] = read_best(pyramid, recognizer, lines[i], regions[i]);
    });
    return readings;
}

}  // namespace magscan::ocr
