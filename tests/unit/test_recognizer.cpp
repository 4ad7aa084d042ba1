#include "ocr/recognizer.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <opencv2/imgproc.hpp>
#include <thread>

#include "ocr/line_reader.h"
#include "tests/unit/drawn_text.h"

using namespace magscan;
using namespace magscan::ocr;

namespace {

cv::Mat strip_with(const std::string& text) {
    cv::Mat strip(60, 40 + static_cast<int>(text.size()) * 22, CV_8UC3, cv::Scalar::all(255));
    test::draw(strip, text, {14, 42}, 1.1, cv::Scalar::all(0));
    cv::Mat gray;
    cv::cvtColor(strip, gray, cv::COLOR_BGR2GRAY);
    return gray;
}

std::string joined(const ReadLine& line) {
    std::string text;
    for (const ReadWord& word : line) text += (text.empty() ? "" : " ") + word.text;
    return text;
}

Recognizer recognizer() {
    auto loaded = Recognizer::load("");
    REQUIRE(loaded);
    return std::move(*loaded);
}

}  // namespace

TEST_CASE("a drawn strip is read, word by word", "[recognizer]") {
    Recognizer engine = recognizer();
    const ReadLine line = engine.read_line(strip_with("Magnesium 200 mg"));
    REQUIRE(joined(line) == "Magnesium 200 mg");
    CHECK(line[0].confidence > 0.7F);
    CHECK(line[0].box.br().x <= line[1].box.x);
    CHECK(line[1].box.br().x <= line[2].box.x);
    CHECK(confidence_of(line) > 0.7F);
    CHECK(letters_in(line) == 14);
}

TEST_CASE("what was read before does not change what is read now", "[recognizer]") {
    Recognizer fresh = recognizer();
    Recognizer used = recognizer();
    for (const char* text : {"Calcium 500 mg", "Zinc 15 mg", "Magnesiumcitrat", "Folate"})
        used.read_line(strip_with(text));
    const cv::Mat strip = strip_with("Magnesium (as citrate) 150 mg 36%");
    const ReadLine a = fresh.read_line(strip);
    const ReadLine b = used.read_line(strip);
    REQUIRE(joined(a) == joined(b));
    for (std::size_t i = 0; i < a.size(); ++i) CHECK(a[i].confidence == b[i].confidence);
}

TEST_CASE("pictures that hold nothing give nothing", "[recognizer]") {
    Recognizer engine = recognizer();
    CHECK(engine.read_line(cv::Mat()).empty());
    CHECK(engine.read_line(cv::Mat(3, 3, CV_8UC1, cv::Scalar(255))).empty());
    CHECK(confidence_of(engine.read_line(cv::Mat(60, 300, CV_8UC1, cv::Scalar(255)))) < 0.1F);
    CHECK(engine.read_page(cv::Mat(10, 10, CV_8UC3)).empty());
}

TEST_CASE("a whole page is read line by line", "[recognizer]") {
    Recognizer engine = recognizer();
    cv::Mat gray;
    cv::cvtColor(test::drawn_label(), gray, cv::COLOR_BGR2GRAY);
    std::string text;
    for (const ReadLine& line : engine.read_page(gray)) text += joined(line) + "\n";
    CHECK(text.find("200 mg per serving") != std::string::npos);
}

TEST_CASE("a folder without traineddata is an error", "[recognizer]") {
    const auto loaded = Recognizer::load("/nowhere");
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error().find("/nowhere") != std::string::npos);
}

TEST_CASE("reading starts no threads of its own", "[recognizer]") {
    const auto threads = [] {
        const std::filesystem::directory_iterator tasks("/proc/self/task");
        return std::distance(begin(tasks), end(tasks));
    };
    std::ptrdiff_t before = 0;
    std::ptrdiff_t after = 0;
    std::thread([&] {
        Recognizer engine = recognizer();
        before = threads();
        engine.read_line(strip_with("Magnesium 200 mg per serving"));
        after = threads();
    }).join();
    CHECK(after == before);
}

TEST_CASE("a word with digits carries what else was read there", "[recognizer]") {
    Recognizer engine = recognizer();
    cv::Mat picture = test::paper(700, 200);
    test::draw(picture, "Magnesium 218 mg", {80, 110}, 1.2);
    // Blur and noise, so that the second look differs from the first.
    cv::GaussianBlur(picture, picture, {0, 0}, 4.2);
    cv::Mat noise(picture.size(), picture.type());
    cv::theRNG().state = 7;
    cv::randn(noise, cv::Scalar::all(0), cv::Scalar::all(14));
    cv::add(picture, noise, picture);
    TextRegion region;
    region.contour = {{90, 90}, {400, 90}, {400, 106}, {90, 106}};
    region.grow = 12;
    const Pyramid pyramid(picture);
    const std::optional<Surface> flat;
    const Reading first = read_once(pyramid, engine, line_of(region), {48, 1.0});
    const Reading reading = look_again(pyramid, engine, first, {region, flat}, 4);
    std::size_t alternatives = 0;
    for (const PlacedWord& word : reading.words) {
        for (std::size_t i = 0; i < word.alternatives.size(); ++i) {
            CHECK(word.alternatives[i].text != word.text);
            CHECK_FALSE(word.alternatives[i].text.empty());
            if (i > 0) CHECK(word.alternatives[i - 1].confidence >= word.alternatives[i].confidence);
        }
        alternatives += word.alternatives.size();
    }
    CHECK(alternatives > 0);
}
