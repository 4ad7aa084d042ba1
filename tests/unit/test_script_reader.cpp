#include "ocr/script_reader.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <opencv2/imgcodecs.hpp>
#include <sstream>

#include "ocr/language.h"
#include "ocr/language_reader.h"
#include "ocr/reader.h"
#include "ocr/region_reader.h"
#include "ocr/text_search.h"
#include "tests/unit/drawn_text.h"

using namespace magscan;
using namespace magscan::ocr;

namespace {

// A line with all its words read equally surely.
Reading line_of_words(const std::string& text, float confidence) {
    Reading out;
    std::istringstream in(text);
    float left = 0;
    for (std::string word; in >> word; left += 100) out.words.push_back({word, confidence, {left, -10, 90, 20}, {}});
    weigh(out);
    return out;
}

std::vector<Reading> lines_of_text(const std::vector<std::string>& texts, float confidence) {
    std::vector<Reading> out;
    for (const std::string& text : texts) out.push_back(line_of_words(text, confidence));
    return out;
}

// Greek as English data reads it.
const std::vector<std::string> kGibberish{"Aappavete EvnAuKec Sbo nuepnoiwc tng",
                                          "Mnv unepBaiveTe tnv ouviotwyevn S6on", "Kpateite To paKpid kat toug piKpouc",
                                          "Xwpic yAoutevn kat Caxapn otn"};

cv::Mat greek_photo() {
    const cv::Mat out = cv::imread(MAGSCAN_SOURCE_DIR "/samples/photos/magnesium/box_citrate_el.jpg");
    REQUIRE_FALSE(out.empty());
    return out;
}

// Null, with a warning, where there is no Greek data.
std::unique_ptr<EnginePool> greek_engines() {
    auto engines = EnginePool::create("");
    REQUIRE(engines);
    if ((*engines)->offers("ell+eng")) return std::move(*engines);
    WARN("ell.traineddata is not installed");
    return nullptr;
}

std::string read_photo(const std::string& tessdata, std::string& missing) {
    auto reader = Reader::create({.models = test::models_folder(), .tessdata = tessdata});
    REQUIRE(reader);
    const Page page = (*reader)->read(greek_photo());
    missing = page.missing_language;
    return test::text_of(page);
}

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("letters of two kinds in words of no language mean another script", "[script]") {
    CHECK(seems_of_other_script(lines_of_text(kGibberish, 0.5F)));
    CHECK_FALSE(seems_of_other_script(lines_of_text(kGibberish, 0.9F)));  // names, read surely
    CHECK_FALSE(seems_of_other_script(lines_of_text({kGibberish[0], kGibberish[1]}, 0.5F)));
    CHECK_FALSE(seems_of_other_script({}));
}

TEST_CASE("blurred Latin print is of no other script", "[script]") {
    CHECK_FALSE(seems_of_other_script(
        lines_of_text({"Take two copsules doily with woter", "Store in a cool dry plnce below", "Kcep out of the reech",
                       "Otber ingrcdients rice fluor silico", "Distrihuted by Norlh Meadow Lobs"},
                      0.5F)));
    // One brand in camel case on many lines.
    std::vector<Reading> many =
        lines_of_text({"NordLicht vitamiini lisaravinne paivassa", "NordLicht tabletti paivassa aikuisille",
                       "NordLicht sailytys huoneenlammossa kuivassa"},
                      0.5F);
    for (int i = 0; i < 10; ++i) many.push_back(line_of_words("sailytetaan lasten ulottumattomissa kuivassa", 0.5F));
    CHECK_FALSE(seems_of_other_script(many));
}

TEST_CASE("a digit inside a word of another script is a letter, others are figures", "[script]") {
    for (const char* letter : {"Sta8eonc", "d6on:", "S6on"}) CHECK_FALSE(is_figure_in_script(letter));
    for (const char* figure : {"375mg", "B6", "B12", "10mgMg)", "Complex3", "1.4mg", "5ml", "K2MK7", "2,5mg", "6on"}) {
        INFO(figure);
        CHECK(is_figure_in_script(figure));
    }
    CHECK_FALSE(is_figure_in_script("mg"));
    CHECK_FALSE(is_figure_in_script(""));
}

TEST_CASE("English pages are read with no other data", "[script]") {
    auto engines = EnginePool::create("");
    REQUIRE(engines);
    std::vector<Reading> english = lines_of_text({"Take two copsules doily with woter", "Kcep out of the reech"}, 0.5F);
    CHECK_FALSE(read_in_own_script(english, test::paper(300, 200), **engines, 1));
    CHECK((*engines)->languages_kept() == 1);
}

TEST_CASE("another script is believed only where it reads the lines better", "[script]") {
    auto engines = EnginePool::create("");
    REQUIRE(engines);
    std::vector<Reading> lines = lines_of_text(kGibberish, 0.5F);
    for (Reading& line : lines) {
        line.line.start = {10, 100};
        line.line.along = {1, 0};
        line.line.length = 280;
        line.line.height = 40;
    }
    if (!(*engines)->offers("ell+eng")) return;
    CHECK_FALSE(read_in_own_script(lines, test::paper(300, 200), **engines, 1));  // nothing stands there
    CHECK(text_of(lines[0]) == text_of(line_of_words(kGibberish[0], 0.5F)));
}

TEST_CASE("Greek print is read as Greek, Latin words and figures on it as they were", "[script]") {
    if (!greek_engines()) return;
    std::string missing;
    const std::string text = read_photo("", missing);
    INFO(text);
    CHECK(missing.empty());
    CHECK(holds(text, "Κιτρικό"));
    CHECK(holds(text, "δισκία ημερησίως"));
    CHECK(holds(text, "1000 mg"));
    CHECK(holds(text, "150 mg"));
}

TEST_CASE("Greek print that English data stood on its head is turned round", "[script]") {
    const auto engines = greek_engines();
    if (!engines) return;
    auto detector = TextDetector::load(test::models_folder() + "/" + kDetectorFile, 1);
    REQUIRE(detector);
    const cv::Mat photo = greek_photo();
    RegionReadings read = read_regions(photo, find_text(*detector, photo), *engines, 2, {});
    std::vector<Reading> on_head;
    for (const Reading& reading : read.lines) {
        const std::string misread = reading.words.size() > 4 ? kGibberish[on_head.size() % 4] : "WL";
        on_head.push_back(line_of_words(misread, 0.5F));
        on_head.back().line = turned_round(reading.line);
    }
    REQUIRE(seems_of_other_script(on_head));
    CHECK(read_in_own_script(on_head, photo, *engines, 2) == "");
    std::string text;
    for (const Reading& reading : on_head) text += text_of(reading) + "\n";
    INFO(text);
    CHECK(holds(text, "Κιτρικό"));
    CHECK(holds(text, "δισκία ημερησίως"));
}

TEST_CASE("Greek words that stand close are parted, and a lone iota of old is a figure", "[script]") {
    std::vector<PlacedWord> words{{"ΕνήλικεςἸ", 0.6F, {10, -10, 90, 20}, {}},
                                  {"δισκίο", 0.9F, {110, -10, 60, 20}, {}},
                                  {"ημερησίως,", 0.9F, {180, -10, 100, 20}, {}}};
    mend_greek(words);
    REQUIRE(words.size() == 4);
    CHECK(words[0].text == "Ενήλικες");
    CHECK(words[0].place.width == Approx(80));
    CHECK(words[1].text == "1");
    CHECK(words[1].place.x == Approx(90));
    CHECK(words[1].place.width == Approx(10));
    CHECK(words[2].text == "δισκίο");
    CHECK(words[3].text == "ημερησίως,");
    std::vector<PlacedWord> old{{"Ἰσορροπία", 0.6F, {10, -10, 90, 20}, {}}};
    mend_greek(old);
    CHECK(old[0].text == "Ἰσορροπία");
    CHECK(old.size() == 1);
}

TEST_CASE("letters of another script are told from signs that Latin print has", "[script]") {
    CHECK(holds_other_letters("Μαγνήσιο 375 mg"));
    CHECK(holds_other_letters("Магний"));
    for (const char* latin : {"Magnésium 375 mg", "50 µg", "Größe", "suffisamment™ •", "Wełna", ""}) {
        INFO(latin);
        CHECK_FALSE(holds_other_letters(latin));
    }
}

TEST_CASE("where the data of the script is missing it is said, by words as they are misread", "[script]") {
    const std::filesystem::path data = "/usr/share/tesseract-ocr/5/tessdata/eng.traineddata";
    if (!std::filesystem::exists(data)) {
        WARN(data << " is not there");
        return;
    }
    const auto folder = std::filesystem::temp_directory_path() / "magscan-no-greek";
    std::filesystem::create_directories(folder);
    std::filesystem::copy_file(data, folder / "eng.traineddata", std::filesystem::copy_options::overwrite_existing);
    auto engines = EnginePool::create(folder.string());
    REQUIRE(engines);
    CHECK_FALSE((*engines)->offers("ell+eng"));  // Tesseract alone would make do with English
    std::vector<Reading> lines = lines_of_text(kGibberish, 0.5F);
    const auto missing = read_in_own_script(lines, test::paper(300, 200), **engines, 1);
    REQUIRE(missing);
    CHECK(*missing == "Greek");
    CHECK(text_of(lines[0]) == text_of(line_of_words(kGibberish[0], 0.5F)));
    // Other gibberish is not called Greek.
    std::vector<Reading> other = lines_of_text(
        {"BuTaMwH kanCynu npueM Bgpoc", "XpaHuTb nepeA yTpoM BoAa", "cocTaB TaGnetka yKaaaHo Mecne"}, 0.5F);
    REQUIRE(seems_of_other_script(other));
    CHECK_FALSE(read_in_own_script(other, test::paper(300, 200), **engines, 1));
    std::filesystem::remove_all(folder);
}
