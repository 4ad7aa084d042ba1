#include "parser/document.h"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace magscan;

namespace {

// A block of words with the given places.
parser::Block block_with(const std::vector<ocr::Polygon>& polygons) {
    std::string text;
    for (std::size_t i = 0; i < polygons.size(); ++i) text += i == 0 ? "word" : " word";
    parser::Block block = parser::block_of(text);
    for (std::size_t i = 0; i < polygons.size(); ++i) block.words[i].polygon = polygons[i];
    return block;
}

ocr::Polygon outline(const std::vector<ocr::Polygon>& polygons) {
    const parser::Block block = block_with(polygons);
    return parser::evidence_of(block, 0, block.text.size()).polygon;
}

// Twice the area; positive where the corners run clockwise on a picture, whose y points down.
float area(const ocr::Polygon& p) {
    float sum = 0;
    for (std::size_t i = 0; i < p.size(); ++i) {
        const ocr::Point& next = p[(i + 1) % p.size()];
        sum += p[i].x * next.y - next.x * p[i].y;
    }
    return sum;
}

ocr::Polygon box(float left, float top, float right, float bottom) {
    return {{left, top}, {right, top}, {right, bottom}, {left, bottom}};
}

}  // namespace

TEST_CASE("evidence of several words is outlined by their hull", "[document]") {
    const auto hull = outline({box(10, 10, 50, 30), box(60, 12, 90, 32)});
    CHECK(hull.size() >= 4);
    CHECK(area(hull) > 0);
    // A step up to the right: the hull leaves out the corners that a rectangle would take in.
    const auto steps = outline({box(0, 100, 100, 120), box(200, 0, 300, 20)});
    CHECK(area(steps) < 2 * 300 * 120 * 0.75F);
    for (const ocr::Point& p : steps) {
        CHECK((p.x >= 0 && p.x <= 300 && p.y >= 0 && p.y <= 120));
    }
}

TEST_CASE("a tilted first word does not carry the outline off the photo", "[document]") {
    // The first, short word is read askew; the second is a long one in the same row.
    const auto hull = outline({{{0, 5}, {20, 0}, {22, 18}, {2, 23}}, box(30, 0, 900, 20)});
    for (const ocr::Point& p : hull) CHECK((p.x >= 0 && p.y >= 0 && p.x <= 900 && p.y <= 23));
    CHECK(area(hull) > 0);
}

TEST_CASE("an outline has four corners even where the words span a triangle, and one word keeps its own",
          "[document]") {
    const ocr::Polygon triangle = {{0, 0}, {100, 0}, {100, 0}, {0, 100}};
    const auto hull = outline({triangle, triangle});
    CHECK(hull.size() == 4);
    CHECK(area(hull) > 0);
    const ocr::Polygon flat = {{0, 0}, {10, 0}, {10, 0}, {0, 0}};
    CHECK(outline({flat, flat}).size() >= 4);
    CHECK(outline({box(1, 2, 3, 4)}).size() == 4);
    CHECK(outline({}).empty());
}
