#include "ocr/page_json.h"

#include <catch2/catch.hpp>
#include <limits>

using namespace magscan::ocr;
using nlohmann::json;

namespace {

Page sample() {
    Page page;
    page.width = 1500;
    page.height = 2000;
    page.rotation = 270;
    page.detector = "ppocr-v4-det";
    page.recognizer = "tesseract 5.3.0";
    page.glare = {{{1, 2}, {3.25F, 4}, {5, 6.1F}}};
    Word word;
    word.text = "200";
    word.confidence = 0.1F + 0.2F;
    word.polygon = {{1.1F, 2.2F}, {1e-7F, 4}, {5, 6}, {7, 1.0F / 3}};
    word.alternatives = {{"20O", 0.7F}, {"2OO", 0.123456789F}};
    Word accents;
    accents.text = "Magnésium™";
    accents.confidence = 1;
    Line line;
    line.words = {word, accents};
    line.polygon = word.polygon;
    line.height = 31.7F;
    line.blur = 0.11F;
    page.lines = {line, Line{}};
    Line unread;
    unread.height = 20;
    unread.blur = 0.4F;
    unread.polygon = line.polygon;
    page.unread = {unread};
    return page;
}

}  // namespace

TEST_CASE("a page comes back from JSON as it was, to the bit", "[page_json]") {
    const Page page = sample();
    const auto back = page_from_json(json::parse(to_json(page).dump()));
    REQUIRE(back);
    CHECK(back->width == page.width);
    CHECK(back->height == page.height);
    CHECK(back->rotation == page.rotation);
    CHECK(back->detector == page.detector);
    CHECK(back->recognizer == page.recognizer);
    REQUIRE(back->glare.size() == 1);
    REQUIRE(back->glare[0].size() == 3);
    CHECK(back->glare[0][2].y == page.glare[0][2].y);
    REQUIRE(back->lines.size() == 2);
    CHECK(back->lines[0].height == page.lines[0].height);
    CHECK(back->lines[0].blur == page.lines[0].blur);
    REQUIRE(back->unread.size() == 1);
    CHECK(back->unread[0].blur == page.unread[0].blur);
    CHECK(back->unread[0].polygon.size() == 4);
    REQUIRE(back->lines[0].words.size() == 2);
    const Word& was = page.lines[0].words[0];
    const Word& is = back->lines[0].words[0];
    CHECK(is.text == was.text);
    CHECK(is.confidence == was.confidence);
    REQUIRE(is.polygon.size() == was.polygon.size());
    for (std::size_t i = 0; i < is.polygon.size(); ++i) {
        CHECK(is.polygon[i].x == was.polygon[i].x);
        CHECK(is.polygon[i].y == was.polygon[i].y);
    }
    REQUIRE(is.alternatives.size() == 2);
    CHECK(is.alternatives[1].text == "2OO");
    CHECK(is.alternatives[1].confidence == was.alternatives[1].confidence);
    CHECK(back->lines[0].words[1].text == "Magnésium™");
    CHECK(to_json(*back) == to_json(page));
}

TEST_CASE("fields may be missing", "[page_json]") {
    const auto empty = page_from_json(json::object());
    REQUIRE(empty);
    CHECK(empty->lines.empty());
    const auto plain = page_from_json(json::parse(R"({"lines":[{"text":"Magnesium  200 mg"},{"words":[{"text":"x"}]}],
        "unknown":{"a":1},"glare":null})"));
    REQUIRE(plain);
    REQUIRE(plain->lines.size() == 2);
    CHECK(plain->lines[0].blur == 0);
    CHECK(plain->unread.empty());
    REQUIRE(plain->lines[0].words.size() == 3);
    CHECK(plain->lines[0].words[1].text == "200");
    CHECK(plain->lines[1].words[0].text == "x");
    CHECK(plain->lines[1].words[0].confidence == 0);
}

TEST_CASE("a line's text is split into words that stand where their letters do", "[page_json]") {
    const auto page = page_from_json(json::parse(R"({"lines":[
        {"text":"Zn  \u00b5g 48%","polygon":[[100,10],[200,20],[200,40],[100,30]],"confidence":0.5},
        {"text":"no place"}, {"text":"bent line","polygon":[[0,0],[5,1],[9,0],[9,4],[5,5],[0,4]]}]})"));
    REQUIRE(page);
    const auto& words = page->lines[0].words;
    REQUIRE(words.size() == 3);
    CHECK(words[1].text == "\u00b5g");
    CHECK(words[1].confidence == 0.5F);
    REQUIRE(words[1].polygon.size() == 4);  // letters 4 to 6 of 10
    CHECK(words[1].polygon[0].x == Approx(140));
    CHECK(words[1].polygon[0].y == Approx(14));
    CHECK(words[1].polygon[2].x == Approx(160));
    CHECK(words[1].polygon[2].y == Approx(36));
    CHECK(words[2].polygon[1].x == Approx(200));
    CHECK(page->lines[1].words[0].polygon.empty());
    CHECK(page->lines[1].words[0].confidence == 0.8F);
    CHECK(page->lines[2].words[0].polygon.empty());
}

TEST_CASE("what is wrong is named, never thrown", "[page_json]") {
    const auto fails = [](const json& j, const std::string& part) {
        const auto page = page_from_json(j);
        REQUIRE_FALSE(page);
        CAPTURE(page.error());
        CHECK(page.error().find(part) != std::string::npos);
    };
    fails(json::parse("[]"), "object");
    fails(json(3), "object");
    fails(json(), "object");
    fails({{"width", "wide"}}, "width");
    fails({{"width", -1}}, "width");
    fails({{"width", 1e300}}, "width");
    fails({{"rotation", 45}}, "rotation");
    fails({{"lines", 5}}, "lines");
    fails({{"lines", json::array({1})}}, "lines[0]");
    fails(json::parse(R"({"lines":[{"words":[{"text":"a"},{"confidence":1}]}]})"), "lines[0].words[1]");
    fails(json::parse(R"({"lines":[{"words":[{"text":5}]}]})"), "text");
    fails(json::parse(R"({"lines":[{"words":[{"text":"a","confidence":7}]}]})"), "confidence");
    fails(json::parse(R"({"lines":[{"polygon":[[1,2,3]]}]})"), "polygon");
    fails(json::parse(R"({"lines":[{"polygon":[["a",2]]}]})"), "polygon");
    fails(json::parse(R"({"lines":[{"height":{}}]})"), "height");
    fails(json::parse(R"({"glare":[7]})"), "glare");
    fails({{"lines", json::array({{{"height", std::numeric_limits<double>::infinity()}}})}}, "height");
}
