#include "ocr/print_area.h"

#include <catch2/catch.hpp>

#include "tests/unit/drawn_text.h"

using namespace magscan;
using namespace magscan::ocr;

TEST_CASE("what is bare around the print is left out, with a margin kept", "[print_area]") {
    cv::Mat picture = test::paper(960, 720);
    test::draw(picture, "Magnesium 200 mg", {500, 300}, 0.6);
    const cv::Size text = cv::getTextSize("Magnesium 200 mg", cv::FONT_HERSHEY_SIMPLEX, 0.6, 1, nullptr);
    const cv::Rect area = print_area(picture);
    const cv::Rect print(500, 300 - text.height, text.width, text.height);
    CHECK((area & print) == print);
    CHECK(area.x < print.x - 20);
    CHECK(area.br().x > print.br().x + 20);
    CHECK(area.width < print.width + 110);
    CHECK(area.height < print.height + 110);
}

TEST_CASE("faint print counts", "[print_area]") {
    cv::Mat picture = test::paper(640, 480);
    test::draw(picture, "per capsule", {100, 200}, 0.5, {213, 218, 216});
    const cv::Rect area = print_area(picture);
    CHECK(area.contains({110, 195}));
    CHECK(area.contains({170, 195}));
}

TEST_CASE("print at the very edge is kept whole", "[print_area]") {
    cv::Mat picture = test::paper(643, 481);
    test::draw(picture, "Zinc", {0, 12}, 0.5);
    test::draw(picture, "Zinc", {610, 479}, 0.5);
    CHECK(print_area(picture) == cv::Rect(0, 0, 643, 481));
}

TEST_CASE("light that falls off holds no print, nor does a bare sheet", "[print_area]") {
    CHECK(print_area(test::paper(640, 480)).empty());
    CHECK(print_area(cv::Mat()).empty());
    cv::Mat shaded(480, 640, CV_8UC3);
    for (int x = 0; x < shaded.cols; ++x) shaded.col(x).setTo(cv::Scalar::all(40 + x / 4));
    CHECK(print_area(shaded).empty());
}

TEST_CASE("grain all over may hide print anywhere", "[print_area]") {
    cv::Mat grain(480, 640, CV_8UC3);
    cv::theRNG().state = 7;
    cv::randu(grain, 90, 160);
    CHECK(print_area(grain) == cv::Rect(0, 0, 640, 480));
}
