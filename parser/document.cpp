#include "parser/document.h"

#include <algorithm>
#include <cmath>

namespace magscan::parser {
namespace {

// The smallest rectangle around the points whose sides run along the first polygon's upper edge.
ocr::Polygon enclosing(const std::vector<const ocr::Polygon*>& polygons) {
    if (polygons.empty()) return {};
    if (polygons.size() == 1) return *polygons.front();
    const ocr::Polygon& first = *polygons.front();
    float ux = first[1].x - first[0].x;
    float uy = first[1].y - first[0].y;
    const float length = std::hypot(ux, uy);
    if (length <= 0) return first;
    ux /= length;
    uy /= length;
    float low_u = INFINITY, high_u = -INFINITY, low_v = INFINITY, high_v = -INFINITY;
    for (const ocr::Polygon* polygon : polygons) {
        for (const ocr::Point& p : *polygon) {
            const float u = p.x * ux + p.y * uy;
            const float v = -p.x * uy + p.y * ux;
            low_u = std::min(low_u, u);
            high_u = std::max(high_u, u);
            low_v = std::min(low_v, v);
            high_v = std::max(high_v, v);
        }
    }
    const auto corner = [&](float u, float v) { return ocr::Point{u * ux - v * uy, u * uy + v * ux}; };
    return {corner(low_u, low_v), corner(high_u, low_v), corner(high_u, high_v), corner(low_u, high_v)};
}

}  // namespace

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
