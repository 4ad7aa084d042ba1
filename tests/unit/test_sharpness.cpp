#include "ocr/sharpness.h"

#include <catch2/catch.hpp>
#include <functional>

#include "tests/unit/drawn_text.h"

using namespace magscan;
using namespace magscan::ocr;

namespace {

// The blur of the first line of the drawn label after `spoil`.
float blur_after(const std::function<void(cv::Mat&)>& spoil) {
    cv::Mat picture = test::drawn_label();
    spoil(picture);
    Page page;
    page.lines.resize(1);
    page.lines[0].height = 62;
    page.lines[0].polygon = {{145, 150}, {690, 150}, {690, 212}, {145, 212}};
    measure_sharpness(picture, 1, page);
    return page.lines[0].blur;
}

void shake(cv::Mat& picture, cv::Size way) {
    cv::blur(picture, picture, way);
}

}  // namespace

TEST_CASE("defocus and motion in any direction are told from sharp print", "[sharpness]") {
    const float sharp = blur_after([](cv::Mat&) {});
    CHECK(sharp > 0.03F);
    CHECK(sharp < 0.13F);
    CHECK(blur_after([](cv::Mat& p) { cv::GaussianBlur(p, p, {}, 6); }) > 0.2F);
    CHECK(blur_after([](cv::Mat& p) { shake(p, {19, 1}); }) > 0.2F);
    CHECK(blur_after([](cv::Mat& p) { shake(p, {1, 19}); }) > 0.2F);
    CHECK(blur_after([](cv::Mat& p) { cv::GaussianBlur(p, p, {}, 1); }) < 0.14F);
}

TEST_CASE("dim light and grain are no blur, and where nothing can be told the blur is 0", "[sharpness]") {
    CHECK(blur_after([](cv::Mat& p) { p = p * 0.35; }) < 0.13F);
    CHECK(blur_after([](cv::Mat& p) {
              cv::Mat grain(p.size(), CV_16SC3);
              cv::theRNG().state = 5;
              cv::randn(grain, 0, 10);
              cv::add(p, grain, p, cv::noArray(), CV_8U);
          }) < 0.14F);
    CHECK(blur_after([](cv::Mat& p) { p = p * 0.05; }) == 0);
    Page page;
    page.lines.resize(1);
    measure_sharpness(test::drawn_label(), 1, page);
    CHECK(page.lines[0].blur == 0);
}
