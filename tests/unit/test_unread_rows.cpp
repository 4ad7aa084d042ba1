#include <catch2/catch.hpp>

#include "calc/assess.h"
#include "parser/fuse.h"
#include "parser/label_parser.h"

using namespace magscan;
using calc::Status;

namespace {

calc::Assessment of(std::string_view text) {
    return calc::assess(parser::parse_text(text));
}

bool warns(const calc::Assessment& a) {
    for (const parser::Warning& w : a.warnings) {
        if (w.code == "rows_unread") return true;
    }
    return false;
}

// Words of 10 pixels a letter, 20 high, 8 between them.
void line(ocr::Page& page, float x, float y, const std::vector<std::string>& words) {
    ocr::Line line;
    line.height = 20;
    for (const std::string& text : words) {
        const float width = 10.0F * static_cast<float>(text.size());
        ocr::Word word;
        word.text = text;
        word.confidence = 0.9F;
        word.polygon = {{x, y}, {x + width, y}, {x + width, y + 20}, {x, y + 20}};
        line.words.push_back(word);
        x += width + 8;
    }
    page.lines.push_back(line);
}

}  // namespace

TEST_CASE("a row whose name is lost but whose percentage fits magnesium may be a part", "[unread_rows]") {
    const auto a = of("Supplement Facts\nMgnsum (xs Mgnsm Oxd)\t80 mg\t19%\nMagnesium (as citrate)\t60 mg\t14%");
    CHECK(a.status == Status::kEstimated);
    REQUIRE(a.per_serving);
    CHECK_FALSE(a.per_serving->value);
    CHECK(a.per_serving->low == 60);
    CHECK(a.per_serving->high == 140);
    CHECK(a.score <= 0.5);
    CHECK(warns(a));
    CHECK_FALSE(a.reason.empty());
}

TEST_CASE("a form with a percentage and no amount bounds the sum", "[unread_rows]") {
    const auto a =
        of("Supplement Facts\nMagnesium (as Magnesium Malate)\t90 mg\t21%\nMgnesm (xs Taurate)\t4Q rnq\t10%");
    CHECK(a.status == Status::kEstimated);
    REQUIRE(a.per_serving);
    CHECK(a.per_serving->low <= 130);
    CHECK(a.per_serving->high >= 130);
    CHECK(a.score <= 0.6);
}

TEST_CASE("a form of which no figure was read leaves the sum open", "[unread_rows]") {
    const auto a = of("Supplement Facts\nMagnesium Oxide)\nMagnesium Citrate)\t60 mg\t14%");
    CHECK(a.status == Status::kUnknown);
    CHECK_FALSE(a.per_serving);
    CHECK(a.confidence == 0);
    CHECK(warns(a));
}

TEST_CASE("so does a form in a row like those that were read", "[unread_rows]") {
    const auto a = of("Supplement Facts\ns Magnesium Oxide\n: +O6 eng\nMagnesium Citrate\t60 mg\t14%");
    CHECK(a.status == Status::kUnknown);
    CHECK_FALSE(a.per_serving);
    CHECK(warns(a));
    // A form alone, or beside a row that names the mineral, tells what the read amount is made of.
    CHECK(of("Supplement Facts\nMagnesium\t60 mg\t14%\nMagnesium Oxide").per_serving->value == 60.0);
}

TEST_CASE("a percentage that stands alone in the column counts as a row", "[unread_rows]") {
    ocr::Page page{1000, 1000, 0, {}, {}, "test", "test"};
    line(page, 100, 130, {"Magnesium", "(as", "citrate)"});
    line(page, 600, 130, {"60", "mg"});
    line(page, 760, 130, {"14%"});
    CHECK(calc::assess(parser::parse_page(page)).confidence > 0.9);
    line(page, 760, 190, {"24%"});
    const auto a = calc::assess(parser::parse_page(page));
    CHECK(a.status == Status::kEstimated);
    REQUIRE(a.per_serving);
    CHECK(a.per_serving->low == 60);
    CHECK(a.per_serving->high >= 160);
    // Far off, or in another column, it says nothing of the panel.
    page.lines.back().words.front().polygon = {{760, 800}, {790, 800}, {790, 820}, {760, 820}};
    CHECK(calc::assess(parser::parse_page(page)).confidence > 0.9);
}

TEST_CASE("rows of other nutrients and totals are no reason for doubt", "[unread_rows]") {
    for (const char* text : {
             "Supplement Facts\nCalcium (as carbonate)\t260 mg\t20%\nMagnesium (as oxide)\t100 mg\t24%\nZinc\t11 "
             "mg\t100%",
             "Supplement Facts\nVtmn Bb\t2 mg\t118%\nMagnesium (as citrate)\t100 mg\t24%",
             "Supplement Facts\nXtrct\t100%\nZinc\t11 mg\t100%\nMagnesium (as citrate)\t100 mg\t24%",
             "Supplement Facts\nMagnesium (as citrate)\t100 mg\t24%\nOther ingredients: cellulose, magnesium oxide",
             "Supplement Facts\nMagnesium (as citrate,\nmalate)\t100 mg\t24%",
         }) {
        INFO(text);
        const auto a = of(text);
        CHECK(a.confidence > 0.9);
        CHECK(a.per_serving->value == 100.0);
        CHECK_FALSE(warns(a));
    }
}

TEST_CASE("another photo that shows the row takes the doubt away", "[unread_rows]") {
    const auto half = parser::parse_text("Mgnsum (xs Oxd)\t80 mg\t19%\nMagnesium (as citrate)\t60 mg\t14%");
    const auto whole = parser::parse_text("Magnesium (as oxide)\t80 mg\t19%\nMagnesium (as citrate)\t60 mg\t14%");
    CHECK(warns(calc::assess(parser::fuse({half, half}))));
    const auto a = calc::assess(parser::fuse({half, whole}));
    CHECK_FALSE(warns(a));
    CHECK(a.per_serving->value == 140.0);
}
