#include "scan/photo_advice.h"

#include <catch2/catch.hpp>
#include <sstream>

using namespace magscan;
using calc::Outcome;

namespace {

const std::string kFront = "Magnesium Citrate\n500 mg\nfor muscles and nerves every day";
const std::string kPanel =
    "Supplement Facts\nServing Size 2 Capsules\nMagnesium (as citrate) 200 mg\nZinc 10 mg 91%\nOther ingredients: rice";
const std::string kProse =
    "the harbour lay still and nobody spoke\nuntil the evening boat came in with letters\nfrom home";

// A photo of 1000 x 800 with the lines one below the other.
ocr::Page photographed(const std::string& text, float height = 30, float confidence = 0.95F, float left = 100) {
    ocr::Page page;
    page.width = 1000;
    page.height = 800;
    page.detector = "ppocr-v4-det";
    std::istringstream in(text);
    float y = 50;
    for (std::string line; std::getline(in, line); y += 2 * height) {
        ocr::Line& read = page.lines.emplace_back();
        read.height = height;
        read.blur = 0.09F;
        const float right = left + 400;
        read.polygon = {{left, y}, {right, y}, {right, y + height}, {left, y + height}};
        std::istringstream words(line);
        for (std::string word; words >> word;) read.words.push_back({word, read.polygon, confidence, {}});
    }
    return page;
}

calc::Assessment assessed(Outcome outcome, double confidence = 0) {
    calc::Assessment assessment;
    assessment.outcome = outcome;
    assessment.confidence = confidence;
    return assessment;
}

std::string codes(const ocr::Page& page, const calc::Assessment& assessment) {
    std::string out;
    for (const parser::Warning& warning : scan::photo_advice(page, assessment)) {
        CHECK(warning.message.size() > 40);
        out += (out.empty() ? "" : " ") + warning.code;
    }
    return out;
}

}  // namespace

TEST_CASE("a good photo gets no advice", "[advice]") {
    CHECK(codes(photographed(kPanel), assessed(Outcome::kPartial)).empty());
    CHECK(codes(photographed(kPanel), assessed(Outcome::kNoMagnesium)).empty());
    CHECK(codes(photographed(kPanel), assessed(Outcome::kComplete, 0.97)).empty());
    CHECK(codes(ocr::Page{}, assessed(Outcome::kUnreadable)).empty());  // plain text
}

TEST_CASE("small and blurred print are named where they cost something", "[advice]") {
    CHECK(codes(photographed(kPanel, 8, 0.7F), assessed(Outcome::kPartial)) == "text_too_small");
    CHECK(codes(photographed(kPanel, 8, 0.95F), assessed(Outcome::kPartial)).empty());
    CHECK(codes(photographed(kPanel, 8, 0.7F), assessed(Outcome::kComplete, 0.97)).empty());
    ocr::Page blurred = photographed(kPanel, 40, 0.7F);
    for (ocr::Line& line : blurred.lines) line.blur = 0.2F;
    CHECK(codes(blurred, assessed(Outcome::kPartial)) == "blurred");
    CHECK(codes(blurred, assessed(Outcome::kComplete, 0.97)).empty());
    for (ocr::Line& line : blurred.lines) line.height = 16;  // as sharp as print of this size can be
    CHECK(codes(blurred, assessed(Outcome::kPartial)).empty());
    blurred = photographed("", 40);
    blurred.unread = photographed(kPanel, 40).lines;
    for (ocr::Line& line : blurred.unread) {
        line.words.clear();
        line.blur = 0.3F;
    }
    CHECK(codes(blurred, assessed(Outcome::kUnreadable)) == "nothing_read blurred");
    // One word that was made out is no sign that the rest is no label.
    ocr::Page word = photographed("Facts", 50, 0.9F);
    word.lines.front().blur = 0.4F;
    CHECK(codes(word, assessed(Outcome::kUnreadable)) == "nothing_read blurred");
    word.lines.front().blur = 0.05F;
    CHECK(codes(word, assessed(Outcome::kUnreadable)) == "not_a_label");
    CHECK(codes(photographed(kPanel, 30, 0.4F), assessed(Outcome::kPartial)) == "hard_to_read");
}

TEST_CASE("a language whose data is not installed is named where words are in doubt", "[advice]") {
    ocr::Page page = photographed(kPanel);
    page.missing_language = "German";
    CHECK(codes(page, assessed(Outcome::kPartial)) == "language_missing");
    CHECK(codes(page, assessed(Outcome::kComplete, 0.97)).empty());
}

TEST_CASE("a reflection is named where it touches words in doubt", "[advice]") {
    ocr::Page page = photographed(kPanel);
    page.glare.push_back({{300, 60}, {400, 60}, {400, 75}, {300, 75}});
    CHECK(codes(page, assessed(Outcome::kPartial)).empty());
    for (ocr::Word& word : page.lines[0].words) word.confidence = 0.5F;
    CHECK(codes(page, assessed(Outcome::kPartial)) == "glare_over_text");
}

TEST_CASE("a panel that runs out of the picture is cut off, a closely cropped one is not", "[advice]") {
    CHECK(codes(photographed(kPanel, 30, 0.95F, -12), assessed(Outcome::kPartial)) == "panel_cut_off");
    CHECK(codes(photographed(kPanel, 30, 0.95F, 610), assessed(Outcome::kPartial)) == "panel_cut_off");
    CHECK(codes(photographed(kPanel, 30, 0.95F, 1), assessed(Outcome::kPartial)).empty());
}

TEST_CASE("a front alone does not settle an open amount", "[advice]") {
    calc::Assessment open = assessed(Outcome::kPartial);
    CHECK(codes(photographed(kFront), open) == "only_front_seen");
    open.status = calc::Status::kStated;
    CHECK(codes(photographed(kFront), open).empty());
}

TEST_CASE("other print is no label, and neither is a wall", "[advice]") {
    CHECK(codes(photographed(kProse), assessed(Outcome::kNoMagnesium)) == "not_a_label");
    CHECK(codes(photographed(""), assessed(Outcome::kUnreadable)) == "not_a_label");
    CHECK(codes(photographed(kProse + "\n60 capsules"), assessed(Outcome::kNoMagnesium)).empty());
    CHECK(codes(photographed(kProse, 30, 0.5F), assessed(Outcome::kNoMagnesium)) == "hard_to_read");
}

TEST_CASE("an upside-down photo is told whatever the answer", "[advice]") {
    ocr::Page page = photographed(kPanel);
    page.rotation = 180;
    CHECK(codes(page, assessed(Outcome::kComplete, 0.97)) == "upside_down");
    for (ocr::Line& line : page.lines) {
        for (ocr::Word& word : line.words) word.confidence = 0.5F;
    }
    CHECK(codes(page, assessed(Outcome::kUnreadable)).find("upside_down") == std::string::npos);
}

TEST_CASE("a missing detector is told whatever the answer", "[advice]") {
    ocr::Page page = photographed(kPanel);
    page.detector = "tesseract-layout";
    CHECK(codes(page, assessed(Outcome::kComplete, 0.97)) == "detector_missing");
}
