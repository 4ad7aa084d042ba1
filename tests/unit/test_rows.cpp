#include "parser/rows.h"

#include <catch2/catch.hpp>
#include <cmath>

using namespace magscan;

namespace {

// A page that words are put on by hand, each as a box of the given height along a direction.
struct Sheet {
    ocr::Page page{1000, 1000, 0, {}, {}, "test", "test"};
    float degrees = 0;

    ocr::Point turned(float x, float y) const {
        const float a = degrees * 3.14159265F / 180;
        return {500 + (x - 500) * std::cos(a) - (y - 500) * std::sin(a),
                500 + (x - 500) * std::sin(a) + (y - 500) * std::cos(a)};
    }

    // Words of 10 pixels a letter, 20 high, 8 between them.
    void line(float x, float y, const std::vector<std::string>& words, float slope = 0) {
        ocr::Line line;
        line.height = 20;
        for (const std::string& text : words) {
            const float width = 10.0F * static_cast<float>(text.size());
            const float drop = slope * width;
            ocr::Word word;
            word.text = text;
            word.confidence = 0.9F;
            word.polygon = {turned(x, y), turned(x + width, y + drop), turned(x + width, y + drop + 20),
                            turned(x, y + 20)};
            line.words.push_back(word);
            x += width + 8;
            y += slope * (width + 8);
        }
        page.lines.push_back(line);
    }

    std::string text() const {
        std::string all;
        for (const parser::Block& block : parser::blocks_of(page)) all += block.text + "\n\n";
        return all;
    }
};

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

void put_panel(Sheet& sheet) {
    sheet.line(100, 100, {"Calcium", "(as", "carbonate)"});
    sheet.line(600, 100, {"300", "mg"});
    sheet.line(760, 100, {"23%"});
    sheet.line(100, 130, {"Magnesium", "(as", "citrate)"});
    sheet.line(600, 130, {"200", "mg"});
    sheet.line(760, 130, {"48%"});
    sheet.line(100, 160, {"Zinc"});
    sheet.line(600, 160, {"15", "mg"});
    sheet.line(760, 160, {"136%"});
}

}  // namespace

TEST_CASE("amounts in the next columns stand behind their names", "[rows]") {
    for (const float degrees : {0.0F, 4.0F, -7.0F, 90.0F, 180.0F, 270.0F}) {
        Sheet sheet;
        sheet.degrees = degrees;
        put_panel(sheet);
        CHECK(contains(sheet.text(), "Magnesium (as citrate)\t200 mg\t48%\nZinc\t15 mg\t136%"));
    }
}

TEST_CASE("rows that bend round a bottle keep together", "[rows]") {
    Sheet sheet;
    const auto sag = [](float x) { return 60 * (1 - (x - 500) * (x - 500) / 160000); };
    const auto put = [&](float x, float y, const std::vector<std::string>& words) {
        const float slope = -120 * (x - 470) / 160000;
        sheet.line(x, y + sag(x), words, slope);
    };
    for (int row = 0; row < 5; ++row) {
        const auto y = static_cast<float>(200 + 26 * row);
        put(150, y, {"Magnesium", "row"});
        put(330, y, {"citrate"});
        put(620, y, {std::to_string(100 + row), "mg"});
        put(780, y, {std::to_string(20 + row) + "%"});
    }
    const std::string text = sheet.text();
    for (int row = 0; row < 5; ++row) {
        CHECK(contains(text, "\t" + std::to_string(100 + row) + " mg\t" + std::to_string(20 + row) + "%"));
    }
}

TEST_CASE("columns of text side by side are read one after the other", "[rows]") {
    Sheet sheet;
    sheet.line(50, 100, {"Suggested", "use:", "take", "two"});
    sheet.line(50, 126, {"capsules", "daily", "with", "food"});
    sheet.line(550, 100, {"Magnesium", "(as", "magnesium"});
    sheet.line(550, 126, {"bisglycinate)"});
    sheet.line(860, 126, {"200", "mg"});
    const std::string text = sheet.text();
    CHECK(contains(text, "take two\ncapsules daily"));
    CHECK(contains(text, "(as magnesium\nbisglycinate)\t200 mg"));
}

TEST_CASE("a name that is broken inside its brackets is put together before its amount", "[rows]") {
    Sheet sheet;
    sheet.line(100, 100, {"Magnesium", "(as", "magnesium"});
    sheet.line(600, 100, {"200", "mg"});
    sheet.line(100, 126, {"bisglycinate)"});
    CHECK(contains(sheet.text(), "Magnesium (as magnesium bisglycinate)\t200 mg"));
}

TEST_CASE("evidence carries the words' polygon and weakest confidence", "[rows]") {
    Sheet sheet;
    put_panel(sheet);
    sheet.page.lines[4].words[0].confidence = 0.4F;
    const auto blocks = parser::blocks_of(sheet.page);
    for (const parser::Block& block : blocks) {
        const auto at = block.text.find("200 mg");
        if (at == std::string::npos) continue;
        const parser::Evidence evidence = parser::evidence_of(block, at, at + 6);
        CHECK(evidence.text == "200 mg");
        CHECK(evidence.confidence == Approx(0.4));
        REQUIRE(evidence.polygon.size() == 4);
        CHECK(evidence.polygon[0].x == Approx(600));
        CHECK(evidence.polygon[2].x == Approx(658));
        CHECK(evidence.polygon[2].y == Approx(150));
        return;
    }
    FAIL("no block holds the amount");
}

TEST_CASE("an empty page gives no blocks", "[rows]") {
    CHECK(parser::blocks_of({}).empty());
}

TEST_CASE("where a bracket goes on below, the second of two amounts is the row's own", "[rows]") {
    Sheet sheet;
    sheet.line(100, 100, {"Magnesium", "(from", "1,000", "mg", "60", "mg"});
    sheet.line(600, 100, {"14%"});
    sheet.line(100, 124, {"Magnesium", "Taurate)"});
    CHECK(contains(sheet.text(), "Magnesium (from 1,000 mg Magnesium Taurate)\t60 mg\t14%"));

    Sheet closed;
    closed.line(100, 100, {"Magnesium", "(1,000", "mg)", "60", "mg"});
    CHECK(contains(closed.text(), "Magnesium (1,000 mg) 60 mg"));
}
