#include "scan/second_try.h"

#include <catch2/catch.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "calc/assess.h"
#include "parser/label_parser.h"

using namespace magscan;

namespace {

// A photo of 1000 x 800 with the lines one below the other, each word where it stands.
ocr::Page photographed(const std::string& text, float confidence = 0.95F) {
    ocr::Page page;
    page.width = 1000;
    page.height = 800;
    page.detector = "ppocr-v4-det";
    std::istringstream in(text);
    float y = 50;
    for (std::string line; std::getline(in, line); y += 60) {
        ocr::Line& read = page.lines.emplace_back();
        read.height = 30;
        read.blur = 0.09F;
        float x = 100;
        std::istringstream words(line);
        for (std::string word; words >> word;) {
            const float right = x + 14 * static_cast<float>(word.size());
            read.words.push_back({word, {{x, y}, {right, y}, {right, y + 30}, {x, y + 30}}, confidence, {}});
            x = right + 14;
        }
        read.polygon = {{100, y}, {x, y}, {x, y + 30}, {100, y + 30}};
    }
    return page;
}

const std::string kPanel = "Supplement Facts\nServing Size 2 Capsules\n";
const ocr::Page kWhole = photographed(kPanel + "Magnesium (as magnesium citrate) 200 mg 48%");
const ocr::Page kWithoutFigure = photographed(kPanel + "Magnesium (as magnesium citrate)\nZinc 10 mg 91%");
const ocr::Page kFront = photographed("Magnesium Citrate\nfor muscles and nerves\n90 capsules");
const ocr::Page kOther = photographed(kPanel + "Zinc (as zinc picolinate) 10 mg 91%\nVitamin C 90 mg 100%");

}  // namespace

TEST_CASE("a panel whose magnesium has no figure is left open", "[second_try]") {
    CHECK(scan::second_try_for(kWithoutFigure));
    CHECK_FALSE(scan::second_try_for(kWhole));
}

TEST_CASE("a front alone and a label without magnesium gain nothing from a second try", "[second_try]") {
    CHECK_FALSE(scan::second_try_for(kFront));
    CHECK_FALSE(scan::second_try_for(kOther));
    CHECK_FALSE(scan::second_try_for(ocr::Page{}));
}

TEST_CASE("bounds are left open only where what they rest on was read with doubt", "[second_try]") {
    const std::string bounds = kPanel + "Magnesium Citrate 500 mg";
    const ocr::Page clear = photographed(bounds);
    REQUIRE(calc::assess(parser::parse_page(clear)).status == calc::Status::kEstimated);
    CHECK_FALSE(scan::second_try_for(clear));
    CHECK(scan::second_try_for(photographed(bounds, 0.45F)));
}

TEST_CASE("a panel without magnesium is left open where much of it was read with doubt", "[second_try]") {
    const std::string rows = kPanel + "Zinc 10 mg 91%\nVitamin C 90 mg 100%\nCalcium 120 mg 9%\ngnesi 32 mg 8%";
    CHECK(scan::second_try_for(photographed(rows, 0.7F)));
    CHECK_FALSE(scan::second_try_for(photographed(rows, 0.95F)));
    CHECK_FALSE(scan::second_try_for(photographed("Zinc Picolinate\n90 capsules\nSupports the skin", 0.7F)));
    ocr::Page figures = photographed(rows, 0.95F);  // in doubt, and they hide no name
    for (ocr::Line& line : figures.lines) {
        for (ocr::Word& word : line.words) {
            if (word.text.find_first_of("0123456789") != std::string::npos) word.confidence = 0.1F;
        }
    }
    CHECK_FALSE(scan::second_try_for(figures));
}

TEST_CASE("a front is left open where a doubtful word stands beside the name, and its form is taken", "[second_try]") {
    const ocr::Page doubtful = photographed("JLFATO DE MAGNESIO\n90 comprimidos", 0.7F);
    const ocr::Page read = photographed("SULFATO DE MAGNESIO\n90 comprimidos");
    CHECK(scan::second_try_for(doubtful));
    CHECK_FALSE(scan::second_try_for(photographed("SALUD DE MAGNESIO\n90 comprimidos")));
    CHECK_FALSE(scan::second_try_for(photographed("MAGNESIO\nSUPERIOR", 0.7F)));
    CHECK(scan::is_clearer(read, doubtful));
    CHECK_FALSE(scan::is_clearer(doubtful, read));
}

TEST_CASE("of a panel the rows around the names are read again, enlarged", "[second_try]") {
    std::string rows = kPanel;
    for (int i = 0; i < 8; ++i) rows += "Zinc 10 mg 91%\n";
    ocr::Page page = photographed(rows + "Magnesium (as magnesium citrate)");  // from y = 650 to 680
    page.height = 1200;
    const auto upright = scan::second_try_for(page);
    REQUIRE(upright);
    CHECK(upright->enlarged);
    CHECK(upright->kept.left == 0);
    CHECK(upright->kept.right == 1000);
    CHECK(upright->kept.top == 650 - 6 * 30);
    CHECK(upright->kept.bottom == 680 + 6 * 30);
    CHECK(upright->seen.top < upright->kept.top - 30);
    CHECK(upright->seen.bottom > upright->kept.bottom + 30);
    page.rotation = 90;
    const auto sideways = scan::second_try_for(page);
    REQUIRE(sideways);
    CHECK(sideways->kept.top == 0);
    CHECK(sideways->kept.bottom == 1200);
    CHECK(sideways->kept.left == 100 - 6 * 30);
}

TEST_CASE("a front is read again as a whole, sharpened", "[second_try]") {
    const auto all = scan::second_try_for(photographed("JLFATO DE MAGNESIO\n90 comprimidos", 0.7F));
    REQUIRE(all);
    CHECK_FALSE(all->enlarged);
    CHECK(all->kept.right == 1000);
    CHECK(all->kept.bottom == 800);
}

TEST_CASE("what is read again takes the place of the lines there, and of no others", "[second_try]") {
    const ocr::Page page = photographed("Serving Size 2\nMagnesum\n20 mg\nZinc 10 mg");
    const ocr::Page again = photographed("Nothing\nMagnesium 200 mg\nper capsule\nSeen as well");
    const ocr::Page both = scan::with_second_try(page, again, {true, {0, 100, 1000, 220}, {0, 0, 1000, 800}});
    std::vector<std::string> lines;
    for (const ocr::Line& line : both.lines) lines.push_back(ocr::text_of(line));
    CHECK(lines == std::vector<std::string>{"Serving Size 2", "Magnesium 200 mg", "per capsule", "Zinc 10 mg"});
}

TEST_CASE("a second page is taken only where it tells form and figure and the first does not", "[second_try]") {
    CHECK(scan::is_clearer(kWhole, kWithoutFigure));
    CHECK_FALSE(scan::is_clearer(kWithoutFigure, kWhole));
    CHECK_FALSE(scan::is_clearer(kWithoutFigure, kWithoutFigure));
    CHECK_FALSE(scan::is_clearer(kWhole, kWhole));
    CHECK_FALSE(scan::is_clearer(kFront, kWithoutFigure));
    CHECK_FALSE(scan::is_clearer(kOther, kWithoutFigure));
}

TEST_CASE("of two whole answers the surer one is taken", "[second_try]") {
    const ocr::Page faint = photographed(kPanel + "Magnesium (as magnesium citrate) 250 mg", 0.45F);
    CHECK(scan::second_try_for(faint));
    CHECK(scan::is_clearer(kWhole, faint));
    CHECK_FALSE(scan::is_clearer(faint, kWhole));
    CHECK_FALSE(scan::is_clearer(faint, kWithoutFigure));
}
