#include <catch2/catch.hpp>
#include <limits>

#include "samples.h"

using magscan::Page;
using magscan::Scanner;
using nlohmann::json;

namespace {

Page page_of_words() {
    Page page;
    page.width = 1000;
    page.height = 400;
    float y = 20;
    for (const char* text : {"Supplement Facts", "Serving Size 2 Capsules", "Magnesium (as Magnesium Malate) 144 mg"}) {
        magscan::Line& line = page.lines.emplace_back();
        line.height = 30;
        float x = 20;
        std::string word;
        for (const char* c = text;; ++c) {
            if (*c != ' ' && *c != '\0') {
                word += *c;
                continue;
            }
            const float end = x + 15 * static_cast<float>(word.size());
            line.words.push_back({word, {{x, y}, {end, y}, {end, y + 30}, {x, y + 30}}, 0.95F});
            x = end + 15;
            word.clear();
            if (*c == '\0') break;
        }
        line.polygon = {{20, y}, {x, y}, {x, y + 30}, {20, y + 30}};
        y += 60;
    }
    return page;
}

void refused(const Page& page, const std::string& word) {
    const auto report = Scanner::parse(page);
    REQUIRE_FALSE(report.has_value());
    CHECK(report.error().kind == magscan::Error::Kind::kUsage);
    CHECK_THAT(report.error().message, Catch::Contains(word));
}

}  // namespace

TEST_CASE("a page that was read elsewhere gets an answer with its places", "[api]") {
    const auto report = Scanner::parse(page_of_words(), {.name = "phone"});
    REQUIRE(report.has_value());
    CHECK(report->source().kind == magscan::SourceKind::kText);
    CHECK(report->source().name == "phone");
    REQUIRE(report->magnesium().size() == 1);
    CHECK(report->elemental().per_serving->value == 144.0);
    CHECK(report->magnesium().front().forms == std::vector<std::string>{"malate"});
    CHECK(report->magnesium().front().evidence.front().polygon.size() == 4);
}

TEST_CASE("a recorded page is the same as JSON and as values", "[api]") {
    for (const char* name : {"bottle_threonate_dagger", "box_citrate_de", "front_citrate_ambiguous"}) {
        INFO(name);
        const auto page = magscan::page_from_json(file("tests/pages/" + std::string(name) + ".json"));
        REQUIRE(page.has_value());
        CHECK(page->lines.size() > 5);
        const auto report = Scanner::parse(*page, {.name = "a"});
        REQUIRE(report.has_value());
        CHECK(report->engine().tesseract == page->recognizer);
        CHECK(report->magnesium().size() >= 1);
    }
}

TEST_CASE("pages of one product are one report", "[api]") {
    const Page pages[] = {page_of_words(), Page{}};
    const auto report = Scanner::parse(pages, {.name = "product"});
    REQUIRE(report.has_value());
    CHECK(report->elemental().per_serving->value == 144.0);
    CHECK_FALSE(Scanner::parse(std::span<const Page>{}).has_value());
    CHECK_FALSE(Scanner::parse(std::vector<Page>(7)).has_value());
}

TEST_CASE("a page that is wrong is refused by name", "[api]") {
    const float nan = std::numeric_limits<float>::quiet_NaN();
    Page page = page_of_words();
    page.lines[1].words[0].confidence = 1.5F;
    refused(page, "line 2 of a page: a word's confidence");
    page = page_of_words();
    page.lines[0].polygon[0].x = nan;
    refused(page, "polygon");
    page = page_of_words();
    page.lines[2].words[0].polygon[3].y = 2e9F;
    refused(page, "a word's polygon");
    page = page_of_words();
    page.lines[0].height = nan;
    refused(page, "height");
    page = page_of_words();
    page.rotation = 45;
    refused(page, "rotation");
    page = page_of_words();
    page.width = -1;
    refused(page, "width");
    page = page_of_words();
    page.lines.resize(magscan::kMaxPageLines + 1);
    refused(page, "2,000 lines");
    page = page_of_words();
    page.lines[0].words.resize(magscan::kMaxPageWords + 1);
    refused(page, "20,000 words");
    page = page_of_words();
    page.lines[0].words[0].text.resize(magscan::kMaxTextBytes, 'a');
    refused(page, "1 MB");
}

TEST_CASE("JSON that is no page is refused by name", "[api]") {
    for (const char* text : {"", "{", "[]", "7", "{\"lines\": 7}", "[{\"lines\": []}, {\"lines\": []}]"}) {
        INFO(text);
        const auto page = magscan::page_from_json(text);
        REQUIRE_FALSE(page.has_value());
        CHECK(page.error().kind == magscan::Error::Kind::kUsage);
    }
    CHECK(magscan::page_from_json(std::string(1000, '[')).error().kind == magscan::Error::Kind::kUsage);
    CHECK_THAT(magscan::page_from_json("{\"lines\": 7}").error().message, Catch::Contains("lines"));
}
