#include "parser/document.h"

#include <algorithm>

namespace magscan::parser {
namespace {

float turn(ocr::Point a, ocr::Point b, ocr::Point c) {
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

// Half of a hull by Andrew's monotone chain: the points that the chain has to bend round.
ocr::Polygon chain(const ocr::Polygon& sorted) {
    ocr::Polygon hull;
    for (const ocr::Point& p : sorted) {
        while (hull.size() >= 2 && turn(hull[hull.size() - 2], hull.back(), p) <= 0) hull.pop_back();
        hull.push_back(p);
    }
    return hull;
}

// The convex hull of all corners, clockwise as the picture shows it. A rectangle along the first word would cover the
// rows above and below where the text is bent or the words are askew.
ocr::Polygon enclosing(const std::vector<const ocr::Polygon*>& polygons) {
    if (polygons.empty()) return {};
    if (polygons.size() == 1) return *polygons.front();
    ocr::Polygon points;
    for (const ocr::Polygon* polygon : polygons) points.insert(points.end(), polygon->begin(), polygon->end());
    std::sort(points.begin(), points.end(),
              [](ocr::Point a, ocr::Point b) { return a.x != b.x ? a.x < b.x : a.y < b.y; });
    ocr::Polygon hull = chain(points);  // with y down, turning to the left of the axes is clockwise on the picture
    std::reverse(points.begin(), points.end());
    const ocr::Polygon back = chain(points);
    hull.pop_back();
    hull.insert(hull.end(), back.begin(), back.end() - 1);
    if (hull.size() < 3) return *polygons.front();  // all on one line
    // Consumers are promised four corners: a triangle gets one in the middle of a side.
    if (hull.size() == 3) hull.push_back({(hull[2].x + hull[0].x) / 2, (hull[2].y + hull[0].y) / 2});
    return hull;
}

}  // namespace

void find_tokens(Block& block) {
    block.tokens = tokenise(block.text);
    block.atoms = atoms_of(block.tokens);
}

Block block_of(std::string_view text) {
    Block block;
    block.text = text;
    std::replace(block.text.begin(), block.text.end(), '\r', '\n');
    const auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\n'; };
    for (std::size_t i = 0; i < block.text.size();) {
        while (i < block.text.size() && is_space(block.text[i])) ++i;
        SourceWord word;
        word.begin = i;
        while (i < block.text.size() && !is_space(block.text[i])) ++i;
        word.end = i;
        if (word.end > word.begin) block.words.push_back(std::move(word));
    }
    find_tokens(block);
    block.rows = 1 + static_cast<std::size_t>(std::count(block.text.begin(), block.text.end(), '\n'));
    return block;
}

Evidence evidence_of(const Block& block, std::size_t begin, std::size_t end) {
    Evidence evidence;
    std::vector<const ocr::Polygon*> polygons;
    auto at = std::lower_bound(block.words.begin(), block.words.end(), begin,
                               [](const SourceWord& word, std::size_t from) { return word.end <= from; });
    for (; at != block.words.end() && at->begin < end; ++at) {
        const SourceWord& word = *at;
        if (!evidence.text.empty()) evidence.text += ' ';
        evidence.text.append(block.text, word.begin, word.end - word.begin);
        evidence.confidence = std::min(evidence.confidence, static_cast<double>(word.confidence));
        if (word.polygon.size() >= 4) polygons.push_back(&word.polygon);
    }
    evidence.polygon = enclosing(polygons);
    return evidence;
}

}  // namespace magscan::parser
