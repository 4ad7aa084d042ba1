#include "ocr/reader.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>
#include <thread>

#include "ocr/page_json.h"
#include "tests/unit/drawn_text.h"

using namespace magscan;
using namespace magscan::ocr;

namespace {

std::unique_ptr<Reader> reader(int threads = 2) {
    ReaderOptions options;
    options.models = test::models_folder();
    options.threads = threads;
    auto made = Reader::create(options);
    if (!made) FAIL(made.error());
    return std::move(*made);
}

const Word* word_in(const Page& page, const std::string& text) {
    for (const Line& line : page.lines) {
        for (const Word& word : line.words) {
            if (word.text == text) return &word;
        }
    }
    return nullptr;
}

}  // namespace

TEST_CASE("a drawn label is read, in order and in its place", "[reader]") {
    const Page page = reader()->read(test::drawn_label());
    CHECK(page.width == 900);
    CHECK(page.height == 600);
    CHECK(page.rotation == 0);
    CHECK(page.detector == "ppocr-v4-det");
    CHECK(page.recognizer.rfind("tesseract 5", 0) == 0);
    const std::string text = test::text_of(page);
    CAPTURE(text);
    const auto name = text.find("Magnesium Glycinate");
    const auto amount = text.find("200 mg per serving");
    REQUIRE(name != std::string::npos);
    REQUIRE(amount != std::string::npos);
    CHECK(name < amount);
    const Word* figure = word_in(page, "200");
    REQUIRE(figure);
    CHECK(test::middle_of(figure->polygon).x == Approx(190).margin(12));
    CHECK(test::middle_of(figure->polygon).y == Approx(284).margin(8));
    REQUIRE(figure->polygon.size() >= 4);
    CHECK(figure->polygon[0].x < figure->polygon[1].x);
    CHECK(page.lines[0].height > 25);
    CHECK(page.lines[0].height < 80);
}

TEST_CASE("a part is read again, enlarged or sharpened, with places in the whole photo", "[reader]") {
    const auto made = reader();
    cv::Mat half;
    cv::resize(test::drawn_label(), half, {}, 0.5, 0.5, cv::INTER_AREA);
    const Box rows{100, 230, 900, 430};  // of the photo, which is twice as large: the second and the third line
    const Page unread;
    const auto enlarged = made->read_enlarged(half, 0.5, {unread, rows, rows});
    const auto sharpened = made->read_sharpened(half, 0.5, {unread, rows, rows});
    for (const auto& page : {enlarged, sharpened}) {
        REQUIRE(page);
        CHECK(page->width == 900);
        CHECK(page->height == 600);
        const std::string text = test::text_of(*page);
        CAPTURE(text);
        CHECK(text.find("200 mg per serving") != std::string::npos);
        CHECK(text.find("Glycinate") == std::string::npos);
        const Word* figure = word_in(*page, "200");
        REQUIRE(figure);
        CHECK(test::middle_of(figure->polygon).x == Approx(190).margin(12));
        CHECK(test::middle_of(figure->polygon).y == Approx(284).margin(8));
    }
    CHECK_FALSE(made->read_enlarged(half, 0.5, {unread, rows, {100, 700, 900, 800}}));
    CHECK_FALSE(made->read_sharpened(half, 0.5, {unread, rows, {900, 0, 100, 0}}));
    CHECK_FALSE(made->read_enlarged(cv::Mat(), 1, {unread, rows, rows}));
    const cv::Mat large = test::paper(3000, 100);
    CHECK_FALSE(made->read_enlarged(large, 1, {unread, rows, {0, 0, 3000, 100}}));
}

TEST_CASE("a part stands on its head as the photo does, and takes over what is sure", "[reader]") {
    const auto made = reader();
    cv::Mat on_head;
    cv::rotate(test::drawn_label(), on_head, cv::ROTATE_180);
    const Box all{0, 0, 900, 600};
    Page first = made->read(on_head);
    REQUIRE(first.rotation == 180);
    REQUIRE(word_in(first, "120"));
    for (Line& line : first.lines)
        for (Word& word : line.words)
            if (word.text == "120") word.text = "999";
    const auto again = made->read_enlarged(on_head, 1, {first, all, all});
    REQUIRE(again);
    CHECK(word_in(*again, "200"));
    CHECK(word_in(*again, "999"));
    CHECK_FALSE(word_in(*again, "120"));
    const auto apart = made->read_enlarged(on_head, 1, {first, {0, 0, 900, 250}, all});  // the last line alone
    REQUIRE(apart);
    CHECK(word_in(*apart, "200"));  // known
    CHECK(word_in(*apart, "999"));
    for (Line& line : first.lines)
        for (Word& word : line.words) word.confidence = 0.5F;
    const auto doubtful = made->read_enlarged(on_head, 1, {first, {0, 0, 900, 250}, all});
    REQUIRE(doubtful);
    CHECK(word_in(*doubtful, "120"));
    CHECK_FALSE(word_in(*doubtful, "200"));
}

TEST_CASE("places are given in pixels of the photo as sent", "[reader]") {
    cv::Mat half;
    cv::resize(test::drawn_label(), half, {}, 0.7, 0.7, cv::INTER_AREA);
    const Page page = reader()->read(half, 0.7);
    CHECK(page.width == 900);
    CHECK(page.height == 600);
    const Word* figure = word_in(page, "200");
    REQUIRE(figure);
    CHECK(test::middle_of(figure->polygon).x == Approx(190).margin(14));
    CHECK(test::middle_of(figure->polygon).y == Approx(284).margin(10));
}

TEST_CASE("a picture turned by quarters is read and its turn reported", "[reader]") {
    const auto engine = reader();
    const std::vector<std::pair<int, int>> turns{
        {cv::ROTATE_90_CLOCKWISE, 270}, {cv::ROTATE_180, 180}, {cv::ROTATE_90_COUNTERCLOCKWISE, 90}};
    for (const auto& [turn, wanted] : turns) {
        cv::Mat picture;
        cv::rotate(test::drawn_label(), picture, turn);
        const Page page = engine->read(picture);
        const std::string text = test::text_of(page);
        CAPTURE(wanted, text);
        CHECK(page.rotation == wanted);
        const auto name = text.find("Magnesium Glycinate");
        const auto amount = text.find("200 mg per serving");
        REQUIRE(name != std::string::npos);
        REQUIRE(amount != std::string::npos);
        CHECK(name < amount);
        const Word* figure = word_in(page, "200");
        REQUIRE(figure);
        const cv::Point2f place = test::middle_of(figure->polygon);
        const cv::Point2f there = wanted == 270   ? cv::Point2f(600 - 284, 190)
                                  : wanted == 180 ? cv::Point2f(900 - 190, 600 - 284)
                                                  : cv::Point2f(284, 900 - 190);
        CHECK(cv::norm(place - there) < 16);
    }
}

TEST_CASE("a short amount runs as the print around it, whatever tail it has", "[reader]") {
    cv::Mat table = test::paper(1200, 500);
    for (int row = 0; row < 6; ++row) {
        const int foot = 100 + 60 * row;
        test::draw(table, "Zinc as zinc picolinate", {80, foot}, 1.0);
        test::draw(table, "10" + std::to_string(row) + " mg", {800, foot}, 1.0);
    }
    const Page page = reader()->read(table);
    int amounts = 0;
    for (const Line& line : page.lines) {
        const std::string text = text_of(line);
        if (text.rfind("10", 0) != 0) continue;
        ++amounts;
        INFO(text);
        const Point& left = line.polygon[0];
        const Point& right = line.polygon[line.polygon.size() / 2 - 1];
        CHECK(std::abs(right.y - left.y) < 0.02F * (right.x - left.x));
    }
    CHECK(amounts == 6);
}

TEST_CASE("text askew and text bent are read", "[reader]") {
    const auto engine = reader();
    const Page askew = engine->read(test::turned(test::drawn_label(), 17));
    CHECK(test::text_of(askew).find("200 mg per serving") != std::string::npos);
    CHECK(askew.rotation == 0);
    const Page bent = engine->read(test::bent(test::drawn_label(), 60));
    CHECK(test::text_of(bent).find("200 mg per serving") != std::string::npos);
}

TEST_CASE("side text that runs the other way is read too", "[reader]") {
    cv::Mat picture = test::paper(1000, 700);
    test::draw(picture, "Magnesium Citrate", {330, 200}, 1.5);
    test::draw(picture, "150 mg per capsule", {330, 320}, 1.5);
    test::draw(picture, "90 vegetable capsules", {330, 440}, 1.3);
    cv::Mat side(90, 560, CV_8UC3, cv::Scalar(235, 240, 238));
    test::draw(side, "Best before 2027", {30, 60}, 1.4);
    cv::rotate(side, side, cv::ROTATE_90_COUNTERCLOCKWISE);
    side.copyTo(picture(cv::Rect(60, 60, side.cols, side.rows)));
    const Page page = reader()->read(picture);
    const std::string text = test::text_of(page);
    CAPTURE(text);
    CHECK(page.rotation == 0);
    CHECK(text.find("150 mg per capsule") != std::string::npos);
    CHECK(text.find("Best before 2027") != std::string::npos);
}

TEST_CASE("one thread and several read the same page", "[reader]") {
    const cv::Mat picture = test::bent(test::turned(test::drawn_label(), 6), 40);
    const nlohmann::json one = to_json(reader(1)->read(picture));
    CHECK(one == to_json(reader(2)->read(picture)));
    CHECK(one == to_json(reader(5)->read(picture)));

    const auto shared = reader(2);
    std::vector<nlohmann::json> pages(3);
    {
        std::vector<std::jthread> callers;
        for (auto& page : pages) callers.emplace_back([&] { page = to_json(shared->read(picture)); });
    }
    for (const auto& page : pages) CHECK(page == one);
}

TEST_CASE("without the detector Tesseract finds the lines", "[reader]") {
    for (const std::string models : {"", "/nowhere"}) {
        ReaderOptions options;
        options.models = models;
        const auto made = Reader::create(options);
        REQUIRE(made);
        CHECK((*made)->detector() == "tesseract-layout");
        cv::Mat picture;
        cv::rotate(test::drawn_label(), picture, cv::ROTATE_90_CLOCKWISE);
        const Page page = (*made)->read(picture);
        CHECK(page.detector == "tesseract-layout");
        CHECK(page.rotation == 270);
        CHECK(test::text_of(page).find("200 mg") != std::string::npos);
        const Word* figure = word_in(page, "200");
        REQUIRE(figure);
        CHECK(cv::norm(test::middle_of(figure->polygon) - cv::Point2f(600 - 284, 190)) < 16);
    }
}

TEST_CASE("pictures without text give an empty page, hostile ones end", "[reader]") {
    ReaderOptions options;
    options.models = test::models_folder();
    options.max_lines = 40;
    const auto made = Reader::create(options);
    REQUIRE(made);
    CHECK((*made)->read(cv::Mat()).lines.empty());
    CHECK((*made)->read(test::paper(1, 1)).lines.empty());
    CHECK((*made)->read(test::paper(800, 600)).lines.empty());
    CHECK((*made)->read(cv::Mat(480, 640, CV_8UC1, cv::Scalar(200))).lines.empty());
    cv::Mat noise(900, 900, CV_8UC3);
    cv::theRNG().state = 3;
    cv::randu(noise, 0, 255);
    CHECK((*made)->read(noise).lines.size() <= 40);
    cv::Mat crowd = test::paper(1500, 1500);
    for (int y = 20; y < 1500; y += 24) {
        for (int x = 5; x < 1450; x += 70) test::draw(crowd, "m9x", {x, y}, 0.5);
    }
    CHECK((*made)->read(crowd).lines.size() <= 40);
}

TEST_CASE("a reader that cannot work says why", "[reader]") {
    ReaderOptions options;
    options.tessdata = "/nowhere";
    const auto made = Reader::create(options);
    REQUIRE_FALSE(made);
    CHECK(made.error().find("/nowhere") != std::string::npos);
}

TEST_CASE("washed-out light on a dark label is reported, white paper is not", "[reader]") {
    cv::Mat dark(600, 900, CV_8UC3, cv::Scalar(90, 60, 40));
    test::draw(dark, "Magnesium Glycinate", {150, 200}, 1.5, {225, 225, 225});
    test::draw(dark, "200 mg per serving", {150, 300}, 1.5, {225, 225, 225});
    const auto engine = reader();
    CHECK(engine->read(dark).glare.empty());
    cv::Mat sticker = dark.clone();
    cv::ellipse(sticker, {600, 290}, {70, 90}, 0, 0, 360, cv::Scalar::all(255), cv::FILLED);
    CHECK(engine->read(sticker).glare.empty());  // ends sharply, as white paper does
    cv::Mat light = cv::Mat::zeros(dark.size(), CV_32FC1);
    cv::ellipse(light, {600, 290}, {90, 110}, 0, 0, 360, cv::Scalar::all(400), cv::FILLED);
    cv::GaussianBlur(light, light, {}, 25);
    light.convertTo(light, CV_8U);
    cv::cvtColor(light, light, cv::COLOR_GRAY2BGR);
    const Page page = engine->read(dark + light);
    REQUIRE_FALSE(page.glare.empty());
    CHECK(cv::norm(test::middle_of(page.glare[0]) - cv::Point2f(600, 290)) < 60);
    cv::Mat white(600, 900, CV_8UC3, cv::Scalar::all(255));
    test::draw(white, "Magnesium Glycinate", {150, 200}, 1.5);
    CHECK(engine->read(white).glare.empty());
}
