#include "ocr/known_print.h"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace magscan::ocr;

namespace {

const Box kAll{0, 0, 2000, 2000};

Polygon box(float left, float top, float right, float foot) {
    return {{left, top}, {right, top}, {right, foot}, {left, foot}};
}

// "Magnesium 200 mg" from x = 100 to 400, y = 100 to 130.
Page first_page() {
    Page page;
    Line& line = page.lines.emplace_back();
    line.height = 36;
    line.words = {{"Magnesium", box(100, 100, 260, 130), 0.9F, {}},
                  {"200", box(275, 100, 330, 130), 0.9F, {{"260", 0.3F}}},
                  {"mg", box(345, 100, 400, 130), 0.9F, {}}};
    return page;
}

TextLine line_at(cv::Point2f start, float length, float height = 36, cv::Point2f along = {1, 0}) {
    TextLine line;
    line.start = start;
    line.length = length;
    line.height = height;
    line.along = along;
    return line;
}

std::optional<Reading> taken(const Page& page, TextLine line, const Box& wanted = kAll) {
    std::vector<TextLine> lines{line};
    return KnownPrint(page, wanted, {}).take(lines)[0];
}

std::string text_taken(const Page& page, const TextLine& line) {
    const auto reading = taken(page, line);
    return reading ? text_of(*reading) : "read it";
}

}  // namespace

TEST_CASE("a line whose words are all known and sure is not read again", "[known_print]") {
    const auto reading = taken(first_page(), line_at({95, 116}, 310));
    REQUIRE(reading);
    CHECK(text_of(*reading) == "Magnesium 200 mg");
    CHECK(reading->confidence == Approx(0.9));
    CHECK(reading->score > 5);
    REQUIRE(reading->words[1].alternatives.size() == 1);
    CHECK(reading->words[1].place.x == Approx(180));
    CHECK(reading->words[1].place.width == Approx(55));
    CHECK(reading->words[1].place.y == Approx(-16));
    CHECK(reading->words[1].place.height == Approx(30));
}

TEST_CASE("one word in doubt, or a figure that is not quite sure, has the line read again", "[known_print]") {
    Page page = first_page();
    page.lines[0].words[0].confidence = 0.79F;
    CHECK_FALSE(taken(page, line_at({95, 116}, 310)));
    page.lines[0].words[0].confidence = 0.81F;
    CHECK(taken(page, line_at({95, 116}, 310)));
    page.lines[0].words[1].confidence = 0.84F;
    CHECK_FALSE(taken(page, line_at({95, 116}, 310)));
}

TEST_CASE("a line of which more is seen than was known is read again", "[known_print]") {
    CHECK(text_taken(first_page(), line_at({95, 116}, 310)) == "Magnesium 200 mg");
    CHECK(text_taken(first_page(), line_at({95, 116}, 345)) == "read it");      // print behind
    CHECK(text_taken(first_page(), line_at({60, 116}, 345)) == "read it");      // and before
    CHECK(text_taken(first_page(), line_at({95, 116}, 205)) == "read it");      // ends within a word
    CHECK(text_taken(first_page(), line_at({95, 150}, 310)) == "read it");      // the line below
    CHECK(text_taken(first_page(), line_at({95, 116}, 310, 60)) == "read it");  // print of another size
    CHECK(text_taken(first_page(), line_at({95, 116}, 310, 20)) == "read it");
    CHECK(text_taken(first_page(), line_at({265, 116}, 140)) == "200 mg");  // a piece of the line as it was
    Page apart = first_page();
    apart.lines[0].words.erase(apart.lines[0].words.begin() + 1);  // 85 pixels of nothing in between
    CHECK(text_taken(apart, line_at({95, 116}, 310)) == "read it");
}

TEST_CASE("a line that is not wanted is not read, but keeps what is known", "[known_print]") {
    const Box below{0, 300, 2000, 2000};
    const auto known = taken(first_page(), line_at({95, 116}, 310), below);
    REQUIRE(known);
    CHECK(text_of(*known) == "Magnesium 200 mg");
    const auto unknown = taken(first_page(), line_at({95, 200}, 310), below);
    REQUIRE(unknown);
    CHECK(unknown->words.empty());
    CHECK(unknown->line.length == 310);
    CHECK_FALSE(taken(first_page(), line_at({95, 400}, 310), below));
}

TEST_CASE("lines run as the known print of their kind", "[known_print]") {
    Page page = first_page();
    for (Word& word : page.lines[0].words) {  // stands on its head
        std::rotate(word.polygon.begin(), word.polygon.begin() + 2, word.polygon.end());
    }
    Line& steep = page.lines.emplace_back();  // reads upwards
    steep.height = 36;
    steep.words = {{"Zinc", {{600, 400}, {600, 300}, {630, 300}, {630, 400}}, 0.9F, {}}};
    std::vector<TextLine> lines{line_at({95, 116}, 310), line_at({616, 290}, 120, 36, {0, 1}), line_at({95, 500}, 310)};
    const FirstReadings readings = KnownPrint(page, kAll, {}).take(lines);
    CHECK(lines[0].along.x == -1);
    CHECK(lines[0].start.x == 405);
    CHECK(lines[1].along.y == -1);
    CHECK(lines[2].along.x == -1);
    REQUIRE(readings[0]);
    CHECK(text_of(*readings[0]) == "mg 200 Magnesium");  // from its new start
    REQUIRE(readings[1]);
    CHECK(text_of(*readings[1]) == "Zinc");
    CHECK_FALSE(readings[2]);
}

TEST_CASE("words are found again on a part of the photo at another scale", "[known_print]") {
    std::vector<TextLine> lines{line_at({90, 132}, 620, 72)};
    const FirstReadings readings = KnownPrint(first_page(), kAll, {{50, 50}, 2}).take(lines);
    REQUIRE(readings[0]);
    CHECK(text_of(*readings[0]) == "Magnesium 200 mg");
    CHECK(readings[0]->words[0].place.x == Approx(10));
    CHECK(readings[0]->words[0].place.width == Approx(320));
}

TEST_CASE("nothing known leaves lines as they are, to be read", "[known_print]") {
    CHECK_FALSE(taken({}, line_at({95, 116}, 310)));
    Page text;
    text.lines.emplace_back().words = {{"Magnesium", {}, 0.9F, {}}};  // without its place
    CHECK_FALSE(taken(text, line_at({95, 116}, 310)));
}
