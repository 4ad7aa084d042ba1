#include "ocr/line_join.h"

#include <catch2/catch.hpp>

using namespace magscan::ocr;

namespace {

Reading piece(const std::string& text, cv::Point2f start, float length, float height = 30, cv::Point2f along = {1, 0}) {
    Reading reading;
    reading.line.start = start;
    reading.line.length = length;
    reading.line.height = height;
    reading.line.along = along;
    reading.words.push_back({text, 0.9F, {2, -10, length - 4, 20}, {}});
    return reading;
}

std::vector<std::string> texts(const std::vector<Reading>& readings) {
    std::vector<std::string> out;
    for (const Line& line : join_pieces(readings, 1)) {
        std::string text;
        for (const Word& word : line.words) text += (text.empty() ? "" : " ") + word.text;
        out.push_back(text);
    }
    return out;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("words a space apart make one line, columns stay apart", "[line_join]") {
    CHECK(texts({piece("Magnesium", {10, 50}, 150), piece("Glycinate", {172, 52}, 140), piece("200", {500, 50}, 60)}) ==
          Texts{"Magnesium Glycinate", "200"});
}

TEST_CASE("the order given does not matter, nor does the direction", "[line_join]") {
    CHECK(texts({piece("2027", {50, 100}, 90, 30, {0, -1}), piece("before", {50, 220}, 105, 30, {0, -1}),
                 piece("Best", {50, 300}, 70, 30, {0, -1})}) == Texts{"Best before 2027"});
}

TEST_CASE("a word read by both of two overlapping pieces appears once", "[line_join]") {
    Reading left = piece("Magnesium", {0, 50}, 180);
    left.words[0].place.width = 140;
    left.words.push_back({"G", 0.8F, {158, -10, 18, 20}, {}});
    CHECK(texts({left, piece("Glycinate", {155, 50}, 140)}) == Texts{"Magnesium Glycinate"});
}

TEST_CASE("other sizes, other rows and other directions are other lines", "[line_join]") {
    CHECK(texts({piece("a", {0, 50}, 100), piece("b", {110, 50}, 100, 60)}).size() == 2);
    CHECK(texts({piece("a", {0, 50}, 100), piece("b", {110, 75}, 100)}).size() == 2);
    CHECK(texts({piece("a", {0, 50}, 100), piece("b", {110, 50}, 100, 30, {0, 1})}).size() == 2);
    CHECK(texts({}).empty());
}

TEST_CASE("the outline of a joined line is that of its pieces", "[line_join]") {
    const auto lines = join_pieces({piece("a", {0, 50}, 100), piece("b", {110, 50}, 100)}, 2.0);
    REQUIRE(lines.size() == 1);
    REQUIRE(lines[0].polygon.size() == 8);
    CHECK(lines[0].polygon[0].x == Approx(0));
    CHECK(lines[0].polygon[3].x == Approx(105));
    CHECK(lines[0].polygon[3].y < lines[0].polygon[4].y);
    CHECK(lines[0].polygon[7].x == Approx(0));
    CHECK(lines[0].polygon[7].y == Approx(32.5));
    CHECK(lines[0].height == Approx(15));
}
