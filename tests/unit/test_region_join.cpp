#include "ocr/region_join.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>

#include "ocr/text_line.h"

using namespace magscan::ocr;

namespace {

// The core of print `height` high from x0 to x1 on a line at `y`, as a detector marks it, turned by `degrees` about
// (500, 500).
TextRegion piece(float x0, float x1, float degrees = 0, float y = 500, float height = 24) {
    TextRegion region;
    region.grow = 0.3F * height;
    region.height = height;
    region.seen_height = height;
    region.score = 0.9F;
    const float a = degrees * static_cast<float>(CV_PI) / 180;
    const auto add = [&](float x, float v) {
        region.contour.emplace_back(500 + (x - 500) * std::cos(a) - (v - 500) * std::sin(a),
                                    500 + (x - 500) * std::sin(a) + (v - 500) * std::cos(a));
    };
    const float core = height / 2 - region.grow;
    add(x0 + region.grow, y - core);
    add(x1 - region.grow, y - core);
    add(x1 - region.grow, y + core);
    add(x0 + region.grow, y + core);
    return region;
}

std::size_t left(const std::vector<TextRegion>& regions) {
    return join_regions(regions).size();
}

}  // namespace

TEST_CASE("a digit that was marked apart is put before its figure", "[region_join]") {
    for (const float degrees : {0.0F, 8.0F, -20.0F, 60.0F, 90.0F, -70.0F}) {
        CAPTURE(degrees);
        const TextRegion digit = piece(400, 420, degrees);
        const TextRegion rest = piece(421, 520, degrees);
        for (const auto& regions : {std::vector{digit, rest}, std::vector{rest, digit}}) {
            const std::vector<TextRegion> out = join_regions(regions);
            REQUIRE(out.size() == 1);
            const TextLine line = line_of(out[0]);
            CHECK(line.length == Approx(120).margin(3));
            CHECK(line.height == Approx(24).margin(2));
            const cv::RotatedRect box = cv::minAreaRect(out[0].contour);
            CHECK(cv::norm(box.center - (cv::minAreaRect(piece(400, 520, degrees).contour)).center) < 2);
        }
    }
}

TEST_CASE("a joined region is as doubtful as its pieces, and as high", "[region_join]") {
    TextRegion digit = piece(400, 420);
    TextRegion rest = piece(421, 520);
    digit.score = 0.6F;
    rest.seen_height = 30;
    rest.height = 26;
    const auto out = join_regions({digit, rest});
    REQUIRE(out.size() == 1);
    CHECK(out[0].score == Approx(0.6));
    CHECK(out[0].height == Approx(26));
    CHECK(out[0].seen_height == Approx(30));
}

TEST_CASE("three pieces become one whatever their order", "[region_join]") {
    const TextRegion a = piece(400, 420);
    const TextRegion b = piece(421, 480);
    const TextRegion c = piece(481, 540);
    CHECK(left({a, b, c}) == 1);
    CHECK(left({c, a, b}) == 1);
    CHECK(left({a, c, b}) == 1);
    CHECK(left({b, piece(421, 480, 0, 700), c, piece(481, 540, 0, 700), a}) == 2);
}

TEST_CASE("pieces that overlap are joined", "[region_join]") {
    CHECK(left({piece(400, 480), piece(466, 540)}) == 1);
    CHECK(left({piece(400, 480), piece(430, 490)}) == 2);
}

TEST_CASE("a word's gap keeps pieces apart", "[region_join]") {
    CHECK(left({piece(400, 420), piece(428, 520)}) == 2);
    CHECK(left({piece(400, 460), piece(468, 560)}) == 2);
    CHECK(left({piece(400, 420, 90), piece(428, 520, 90)}) == 2);
}

TEST_CASE("other heights, rows and directions stay apart", "[region_join]") {
    CHECK(left({piece(400, 420, 0, 500, 15), piece(421, 520)}) == 2);
    CHECK(left({piece(400, 420, 0, 493), piece(421, 520)}) == 2);
    CHECK(left({piece(400, 420, 0, 524), piece(400, 520)}) == 2);
    // Side print that ends where a line begins.
    CHECK(left({piece(500, 560), piece(452, 500, 30)}) == 2);
    CHECK(left({piece(400, 500), piece(501, 550, 11, 497)}) == 2);
    CHECK(left({piece(400, 500), piece(501, 550, 6, 498)}) == 1);
}

TEST_CASE("a thin digit belongs to the number behind it", "[region_join]") {
    TextRegion one;  // "1", as high as the letters of the rest and much narrower
    one.contour = {{409, 494}, {413, 494}, {413, 506}, {409, 506}};
    one.grow = 6;
    one.height = 16;
    one.seen_height = 16;
    one.score = 0.9F;
    CHECK(left({one, piece(421, 520)}) == 1);
    CHECK(left({one, piece(440, 520)}) == 2);
}

TEST_CASE("long lines stay apart: they may bend", "[region_join]") {
    CHECK(left({piece(100, 300), piece(301, 400)}) == 2);
    CHECK(left({piece(100, 200), piece(201, 300)}) == 1);
}

TEST_CASE("squares alone tell no direction and stay apart", "[region_join]") {
    CHECK(left({piece(400, 430), piece(431, 461)}) == 2);
    CHECK(left({piece(400, 430), piece(431, 480)}) == 1);
    CHECK(left({}) == 0);
}

TEST_CASE("many pieces are joined in good time and none is lost", "[region_join]") {
    std::vector<TextRegion> regions;
    for (int row = 0; row < 30; ++row) {
        for (int column = 0; column < 10; ++column) {
            const auto x = static_cast<float>(200 * column);
            const auto y = static_cast<float>(100 + 60 * row);
            regions.push_back(piece(x, x + 20, 0, y));
            regions.push_back(piece(x + 21, x + 120, 0, y));
        }
    }
    CHECK(left(regions) == 300);
}
