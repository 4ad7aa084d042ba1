#include "ocr/language_reader.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <opencv2/imgproc.hpp>

#include "tests/unit/drawn_text.h"

using namespace magscan;
using namespace magscan::ocr;

namespace {

PlacedWord word(const std::string& text, float confidence, float left) {
    return {text, confidence, {left, -10, 90, 20}, {}};
}

Reading reading(std::vector<PlacedWord> words, float score) {
    Reading out;
    out.words = std::move(words);
    out.score = score;
    return out;
}

// German print, with doubt in one word, on a picture that says "davon Magnesium".
std::vector<Reading> german_label() {
    std::vector<Reading> lines;
    for (const char* text : {"Zutaten", "Kapseln", "Verzehrempfehlung", "Wasser", "Nahrungsergänzungsmittel"})
        lines.push_back(reading({word(text, 0.95F, 0)}, 5));
    Reading doubtful = reading({word("dovon", 0.3F, 0), word("Magnasium", 0.3F, 120)}, 0.5F);
    doubtful.line.start = {60, 100};
    doubtful.line.along = {1, 0};
    doubtful.line.length = 420;
    doubtful.line.height = 60;
    lines.push_back(doubtful);
    return lines;
}

cv::Mat picture() {
    cv::Mat out = test::paper(600, 200);
    test::draw(out, "davon Magnesium", {80, 113}, 1.4);
    return out;
}

}  // namespace

TEST_CASE("of two readings the better is kept, with the figures of the first", "[language]") {
    Reading english = reading({word("taglich", 0.6F, 0), word("200", 0.8F, 100), word("mg", 0.9F, 200)}, 3);
    english.words[1].alternatives = {{"280", 0.3F}};
    const Reading own = reading({word("täglich", 0.9F, 0), word("200", 0.6F, 100), word("mg", 0.9F, 200)}, 4);
    const Reading better = better_of(english, own);
    CHECK(text_of(better) == "täglich 200 mg");
    CHECK(better.words[1].confidence == 0.8F);
    CHECK(better.words[1].alternatives.size() == 1);
    CHECK(text_of(better_of(reading(own.words, 5), reading(english.words, 3))) == "täglich 200 mg");
}

TEST_CASE("a figure that reads differently stays as it was", "[language]") {
    const Reading english = reading({word("taglich", 0.6F, 0), word("200", 0.5F, 100), word("mq", 0.4F, 200)}, 3);
    const Reading own = reading({word("täglich", 0.9F, 0), word("700", 0.9F, 100), word("mg", 0.9F, 200)}, 6);
    CHECK(text_of(better_of(english, own)) == "täglich 200 mg");
    const Reading lost = reading({word("täglich", 0.9F, 0), word("ZOO", 0.9F, 100)}, 6);
    CHECK(text_of(better_of(english, lost)) == "täglich 200 mq");
    const Reading made_up = reading({word("7äglich", 0.9F, 0), word("200", 0.9F, 100), word("m9", 0.9F, 200)}, 6);
    CHECK(text_of(better_of(english, made_up)) == "taglich 200 mq");
}

TEST_CASE("doubtful lines are read again in the label's language", "[language]") {
    auto engines = EnginePool::create("");
    REQUIRE(engines);
    if (!(*engines)->offers("deu")) {
        WARN("deu.traineddata is not installed");
        return;
    }
    std::vector<Reading> lines = german_label();
    CHECK(read_in_own_language(lines, picture(), **engines, 2).empty());
    CHECK(text_of(lines.back()) == "davon Magnesium");
    CHECK(text_of(lines.front()) == "Zutaten");

    std::vector<Reading> english = german_label();
    english.erase(english.begin(), english.begin() + 3);
    CHECK(read_in_own_language(english, picture(), **engines, 2).empty());
    CHECK(text_of(english.back()) == "dovon Magnasium");
}

TEST_CASE("where the language's data is missing the readings stay, and it is said", "[language]") {
    const auto folder = std::filesystem::temp_directory_path() / "magscan-only-english";
    std::filesystem::create_directories(folder);
    const std::filesystem::path data = "/usr/share/tesseract-ocr/5/tessdata/eng.traineddata";
    if (!std::filesystem::exists(data)) {
        WARN(data << " is not there");
        return;
    }
    std::filesystem::copy_file(data, folder / "eng.traineddata", std::filesystem::copy_options::overwrite_existing);
    auto engines = EnginePool::create(folder.string());
    REQUIRE(engines);
    std::vector<Reading> lines = german_label();
    CHECK(read_in_own_language(lines, picture(), **engines, 1) == "German");
    CHECK(text_of(lines.back()) == "dovon Magnasium");
    lines.pop_back();  // without doubt nothing is missed
    CHECK(read_in_own_language(lines, picture(), **engines, 1).empty());
    std::filesystem::remove_all(folder);
}

TEST_CASE("engines of few languages are kept", "[language]") {
    auto made = EnginePool::create("");
    REQUIRE(made);
    EnginePool& engines = **made;
    CHECK(engines.languages_kept() == 1);
    for (const char* language : {"deu", "fra", "spa", "ita"}) engines.offers(language);
    CHECK(engines.languages_kept() <= 3);
    CHECK_FALSE(engines.offers("no-such-language"));
}
