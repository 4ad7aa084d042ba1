#include "ocr/text_search.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>

#include "tests/unit/drawn_text.h"

using namespace magscan;
using namespace magscan::ocr;

namespace {

TextDetector detector() {
    auto loaded = TextDetector::load(test::models_folder() + "/ch_PP-OCRv4_det.net");
    REQUIRE(loaded);
    return std::move(*loaded);
}

cv::Rect2f bounds(const std::vector<TextRegion>& regions) {
    std::vector<cv::Point2f> all;
    for (const TextRegion& region : regions) all.insert(all.end(), region.contour.begin(), region.contour.end());
    return all.empty() ? cv::Rect2f() : cv::Rect2f(cv::boundingRect(all));
}

float most_enlarged(const std::vector<TextRegion>& regions) {
    float most = 0;
    for (const TextRegion& region : regions) most = std::max(most, region.seen_height / region.height);
    return most;
}

}  // namespace

TEST_CASE("print too small for the whole look is found by the closer one, in its place", "[text_search]") {
    cv::Mat picture = test::paper(3000, 2200);
    test::draw(picture, "Magnesium 200 mg 48%", {1800, 1500}, 0.9);
    TextDetector net = detector();
    SearchLimits none;
    none.tiles = 0;
    const std::vector<TextRegion> coarse = find_text(net, picture, none);
    const std::vector<TextRegion> close = find_text(net, picture);
    REQUIRE_FALSE(close.empty());
    CHECK(most_enlarged(close) > 1.3F * 960 / 3000);
    if (!coarse.empty()) CHECK(most_enlarged(coarse) < 1.01F * 960 / 3000);
    int below = 0;
    const cv::Size size = cv::getTextSize("Magnesium 200 mg 48%", cv::FONT_HERSHEY_SIMPLEX, 0.9, 1, &below);
    const cv::Rect2f box = bounds(close);
    CHECK(box.x == Approx(1800).margin(15));
    CHECK(box.br().x == Approx(1800 + size.width).margin(15));
    CHECK(box.y + box.height / 2 == Approx(1500 - size.height / 2).margin(8));
}

TEST_CASE("large print is taken from the whole look, once", "[text_search]") {
    cv::Mat picture = test::paper(1800, 1300);
    test::draw(picture, "MAGNESIUM", {200, 300}, 5);
    test::draw(picture, "Citrate 350 mg per capsule", {300, 900}, 0.8);
    TextDetector net = detector();
    const std::vector<TextRegion> regions = find_text(net, picture);
    int large = 0;
    int small = 0;
    for (const TextRegion& region : regions) {
        const bool is_large = region.height > 60;
        (is_large ? large : small) += 1;
        if (is_large) CHECK(region.seen_height / region.height == Approx(960.0 / 1800).epsilon(0.01));
    }
    CHECK(large == 1);
    CHECK(small >= 1);
    CHECK(regions.front().height > 60);  // large print first
}

TEST_CASE("a picture is enlarged by no more than the limit", "[text_search]") {
    TextDetector net = detector();
    cv::Mat small = test::paper(260, 120);
    test::draw(small, "Zinc 15 mg", {30, 70}, 0.9);
    const std::vector<TextRegion> twice = find_text(net, small);
    REQUIRE_FALSE(twice.empty());
    CHECK(most_enlarged(twice) == Approx(2).epsilon(0.01));
    SearchLimits as_is;
    as_is.enlargement = 1;
    CHECK(most_enlarged(find_text(net, small, as_is)) < 1.01F);
    // The closer look at small print keeps to it too.
    cv::Mat large = test::paper(1440, 1440);
    test::draw(large, "Zinc 15 mg", {700, 700}, 0.45);
    SearchLimits less;
    less.enlargement = 0.9;
    CHECK(most_enlarged(find_text(net, large, less)) == Approx(0.9).epsilon(0.01));
    CHECK(most_enlarged(find_text(net, large)) > 0.95F);
}

TEST_CASE("small print all over a large picture is looked at within the limits", "[text_search]") {
    cv::Mat picture = test::paper(3000, 2000);
    for (int y = 60; y < 1990; y += 70) {
        test::draw(picture, "Vitamin D3 25 mcg cholecalciferol 125% and magnesium 200 mg 48%", {40, y}, 0.8);
        test::draw(picture, "Store in a cool, dry place. Keep out of reach of children.", {1500, y}, 0.8);
    }
    TextDetector net = detector();
    const std::vector<TextRegion> regions = find_text(net, picture);
    CHECK(regions.size() >= 28);
    const cv::Rect2f box = bounds(regions);
    CHECK(box.x >= 0);
    CHECK(box.br().x <= 3000);
    CHECK(box.br().y <= 2000);
    // Two tiles of the network's size at most: no more than 1.5 times the coarse look on a picture of this shape.
    CHECK(most_enlarged(regions) < 2 * 960.0F / 3000);
}

TEST_CASE("pictures of odd shapes end", "[text_search]") {
    TextDetector net = detector();
    CHECK(find_text(net, test::paper(5000, 2)).empty());
    CHECK(find_text(net, test::paper(2, 5000)).empty());
    cv::Mat ribbon = test::paper(4000, 60);
    for (int x = 20; x < 3900; x += 700) test::draw(ribbon, "Magnesium 200 mg", {x, 40}, 0.7);
    CHECK(find_text(net, ribbon).size() >= 4);
}
