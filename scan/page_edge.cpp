#include "scan/page_edge.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace magscan::scan {
namespace {

constexpr float kBeyond = 0.05F;  // heights that a line reaches beyond the edge: its place leaves a little room around
                                  // the ink, so that letters that are cut reach out, and those close to the edge do not
constexpr std::size_t kFewestRows = 2;  // of a table, to speak of a panel
constexpr double kFewestCut = 3;        // lines cut at one edge: fewer may be a stray word or the background
constexpr double kCutShare = 0.25;      // of all lines

enum Edge : std::size_t { kLeft, kTop, kRight, kBottom, kEdges };

ocr::Point middle(const ocr::Point& a, const ocr::Point& b) {
    return {(a.x + b.x) / 2, (a.y + b.y) / 2};
}

// The edge at which a line begins or ends, if it runs into one and not along it.
std::size_t edge_at(const ocr::Page& page, const ocr::Line& line, const ocr::Point& end, const ocr::Point& other) {
    const float beyond = kBeyond * line.height;
    const bool level = std::abs(end.x - other.x) >= std::abs(end.y - other.y);
    if (level && end.x < -beyond) return kLeft;
    if (level && end.x > static_cast<float>(page.width) + beyond) return kRight;
    if (!level && end.y < -beyond) return kTop;
    if (!level && end.y > static_cast<float>(page.height) + beyond) return kBottom;
    return kEdges;
}

}  // namespace

bool is_panel_cut(const ocr::Page& page, const std::vector<LineSigns>& signs) {
    const auto is_row = [](const LineSigns& s) { return s.panel_row; };
    if (static_cast<std::size_t>(std::count_if(signs.begin(), signs.end(), is_row)) < kFewestRows) return false;
    std::array<std::size_t, kEdges + 1> cut{};
    for (const ocr::Line& line : page.lines) {
        const std::size_t half = line.polygon.size() / 2;
        if (half < 2) continue;
        const ocr::Point begin = middle(line.polygon.front(), line.polygon.back());
        const ocr::Point end = middle(line.polygon[half - 1], line.polygon[half]);
        ++cut[edge_at(page, line, begin, end)];
        ++cut[edge_at(page, line, end, begin)];
    }
    const double least = std::max(kFewestCut, kCutShare * static_cast<double>(page.lines.size()));
    return static_cast<double>(*std::max_element(cut.begin(), cut.begin() + kEdges)) >= least;
}

}  // namespace magscan::scan
