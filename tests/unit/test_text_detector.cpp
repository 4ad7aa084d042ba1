#include "ocr/text_detector.h"

#include <catch2/catch.hpp>
#include <cstdio>
#include <fstream>
#include <opencv2/imgproc.hpp>

#include "ocr/text_search.h"
#include "tests/unit/drawn_text.h"

using namespace magscan;
using namespace magscan::ocr;

namespace {

TextDetector detector() {
    auto loaded = TextDetector::load(test::models_folder() + "/ch_PP-OCRv4_det.net");
    REQUIRE(loaded);
    return std::move(*loaded);
}

bool covers(const std::vector<TextRegion>& regions, cv::Point2f place) {
    for (const TextRegion& region : regions) {
        if (cv::pointPolygonTest(region.contour, place, true) > static_cast<double>(-region.grow)) return true;
    }
    return false;
}

}  // namespace

TEST_CASE("the detector marks drawn text and nothing else", "[text_detector]") {
    TextDetector net = detector();
    const std::vector<TextRegion> regions = find_text(net, test::drawn_label());
    REQUIRE(regions.size() >= 3);
    REQUIRE(regions.size() <= 9);  // words of a line may stand alone
    CHECK(covers(regions, {250, 180}));
    CHECK(covers(regions, {250, 280}));
    CHECK(covers(regions, {250, 385}));
    CHECK_FALSE(covers(regions, {450, 60}));
    CHECK_FALSE(covers(regions, {450, 540}));
    for (const TextRegion& region : regions) {
        CHECK(region.score > 0.5F);
        CHECK(region.height > 15);
        CHECK(region.height < 80);
    }
}

TEST_CASE("the detector marks text that stands askew", "[text_detector]") {
    TextDetector net = detector();
    for (const double degrees : {-20.0, 15.0, 90.0}) {
        const std::vector<TextRegion> regions = find_text(net, test::turned(test::drawn_label(), degrees));
        CAPTURE(degrees);
        // The line through the middle of the sheet stays there.
        CHECK(covers(regions, {450, 290}));
    }
}

TEST_CASE("small print on a large picture is found by looking closer", "[text_detector]") {
    cv::Mat picture = test::paper(3000, 2200);
    test::draw(picture, "Magnesium 200 mg 48%", {1800, 1500}, 1.0);
    TextDetector net = detector();
    const std::vector<TextRegion> regions = find_text(net, picture);
    CHECK(covers(regions, {1900, 1490}));
    SearchLimits none;
    none.tiles = 0;
    for (const TextRegion& region : find_text(net, picture, none)) CHECK(region.seen_height < 20);
}

TEST_CASE("an empty sheet holds no text", "[text_detector]") {
    TextDetector net = detector();
    CHECK(find_text(net, test::paper(640, 480)).empty());
    CHECK(find_text(net, test::paper(1, 1)).empty());
}

TEST_CASE("a file that is no detector is an error, not a crash", "[text_detector]") {
    CHECK_FALSE(TextDetector::load("/nowhere/detector.onnx"));
    const std::string path = (std::filesystem::temp_directory_path() / "magscan-no-network.onnx").string();
    std::ofstream(path) << "this is no network";
    const auto loaded = TextDetector::load(path);
    std::remove(path.c_str());
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error().find(path) != std::string::npos);
}

TEST_CASE("the size of the picture before does not change what is found now", "[text_detector]") {
    const auto label = [](int width, int height) {
        cv::Mat picture = test::paper(width, height);
        test::draw(picture, "Magnesium 200 mg", {20, height / 3}, 0.9);
        test::draw(picture, "48% per capsule", {40, 2 * height / 3}, 0.8);
        return picture;
    };
    // Wide, high, larger by less and by more than a step, and again the first.
    const std::vector<cv::Mat> pictures{label(380, 190), label(280, 380), label(480, 200),
                                        label(420, 460), label(380, 190), label(372, 186)};
    TextDetector used = detector();
    for (const cv::Mat& picture : pictures) {
        CAPTURE(picture.cols, picture.rows);
        TextDetector fresh = detector();
        const cv::Mat map = used.probability(picture);
        REQUIRE(map.size() == picture.size());
        CHECK(cv::norm(map, fresh.probability(picture), cv::NORM_INF) == 0);
        double most = 0;
        cv::minMaxLoc(map, nullptr, &most);
        CHECK(most > 0.8);
    }
}

TEST_CASE("a picture is given to the network with its sides rounded up", "[text_detector]") {
    CHECK(TextDetector::padded({1, 96}) == cv::Size(96, 96));
    CHECK(TextDetector::padded({97, 191}) == cv::Size(192, 192));
    CHECK(TextDetector::padded({0, 960}) == cv::Size(96, 960));
    TextDetector net = detector();
    CHECK_THROWS_AS(net.probability(test::paper(961, 960)), cv::Exception);
    CHECK_THROWS_AS(net.probability(cv::Mat()), cv::Exception);
}

TEST_CASE("regions keep the place and the scale of the map they come from", "[text_detector]") {
    cv::Mat map = cv::Mat::zeros(100, 200, CV_32F);
    map(cv::Rect(40, 30, 100, 10)).setTo(0.9F);
    map(cv::Rect(40, 70, 100, 10)).setTo(0.4F);  // too faint as a whole
    const auto regions = regions_of(map, 2.0, {1000, 500}, {});
    REQUIRE(regions.size() == 1);
    const cv::Rect2f box = cv::boundingRect(regions[0].contour);
    CHECK(box.x == Approx(1020).margin(1.5));
    CHECK(box.y == Approx(515).margin(1.5));
    CHECK(box.width == Approx(50).margin(2));
    CHECK(regions[0].score == Approx(0.9).margin(0.01));
    CHECK(regions[0].seen_height == Approx(2 * regions[0].height).margin(0.1));
    CHECK(regions[0].height > 5);
}
