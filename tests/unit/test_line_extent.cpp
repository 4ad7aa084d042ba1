#include "ocr/line_extent.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "tests/unit/drawn_text.h"

using namespace magscan;
using namespace magscan::ocr;

namespace {

struct Print {
    cv::Mat picture;
    cv::Rect ink;
};

// `text` in bold capitals of about 42 pixels, on a ground of its own.
Print printed(const std::string& text, bool light) {
    const cv::Scalar ground = light ? cv::Scalar(60, 40, 30) : cv::Scalar(230, 235, 240);
    const cv::Scalar colour = light ? cv::Scalar(245, 245, 245) : cv::Scalar(20, 20, 20);
    Print out{cv::Mat(260, 900, CV_8UC3, ground), {}};
    cv::putText(out.picture, text, {250, 150}, cv::FONT_HERSHEY_SIMPLEX, 2.0, colour, 9, cv::LINE_AA);
    cv::Mat gray;
    cv::cvtColor(out.picture, gray, cv::COLOR_BGR2GRAY);
    if (light) cv::bitwise_not(gray, gray);
    out.ink = cv::boundingRect(gray < 128);
    return out;
}

// The core that a detector marks: the middle half of the letters, its ends `inside` pixels inside the ink.
TextLine marked(const cv::Rect& ink, int inside) {
    TextRegion region;
    const float grow = 0.25F * static_cast<float>(ink.height);
    const auto x0 = static_cast<float>(ink.x + inside) + grow;
    const auto x1 = static_cast<float>(ink.br().x - inside) - grow;
    const auto y0 = static_cast<float>(ink.y) + grow;
    const auto y1 = static_cast<float>(ink.br().y) - grow;
    region.contour = {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}};
    region.grow = grow;
    region.height = static_cast<float>(ink.height);
    return line_of(region);
}

}  // namespace

TEST_CASE("a capital with a stem at the end of a line is not cut off", "[line_extent]") {
    for (const std::string text : {"MAGNESIUM", "HILLI", "MINI", "NIMH"}) {
        for (const bool light : {true, false}) {
            const Print print = printed(text, light);
            for (const int inside : {-12, 0, 12, 20}) {
                CAPTURE(text, light, inside);
                const TextLine line = fitted_to_ink(Pyramid(print.picture), marked(print.ink, inside));
                CHECK(line.light_on_dark == light);
                const float h = static_cast<float>(print.ink.height);
                CHECK(line.at(0, 0).x <= static_cast<float>(print.ink.x) + 1);
                CHECK(line.at(0, 0).x > static_cast<float>(print.ink.x) - 0.5F * h);
                CHECK(line.at(line.length, 0).x >= static_cast<float>(print.ink.br().x) - 1);
                CHECK(line.at(line.length, 0).x < static_cast<float>(print.ink.br().x) + 0.5F * h);
                CHECK(line.at(0, -line.height / 2).y <= static_cast<float>(print.ink.y) + 1);
                CHECK(line.at(0, line.height / 2).y >= static_cast<float>(print.ink.br().y) - 1);
                CHECK(line.height < 1.5F * h);
            }
        }
    }
}

TEST_CASE("the edge of what a line is printed on is no letter", "[line_extent]") {
    for (const bool light : {true, false}) {
        Print print = printed("MAGNESIUM", light);
        const int edge = print.ink.br().x + print.ink.height / 4;
        print.picture.colRange(edge, print.picture.cols).setTo(light ? cv::Scalar::all(240) : cv::Scalar::all(20));
        const TextLine line = fitted_to_ink(Pyramid(print.picture), marked(print.ink, 4));
        CAPTURE(light);
        CHECK(line.at(line.length, 0).x >= static_cast<float>(print.ink.br().x) - 1);
        CHECK(line.at(line.length, 0).x < static_cast<float>(edge) + 0.2F * static_cast<float>(print.ink.height));
    }
}

TEST_CASE("the side of a box drawn round a line is no letter", "[line_extent]") {
    Print print = printed("HILLI", false);
    const int h = print.ink.height;
    const cv::Rect side(print.ink.br().x + h / 4, print.ink.y - 3 * h / 8, 7, h + 3 * h / 4);
    print.picture(side).setTo(cv::Scalar::all(20));
    const TextLine line = fitted_to_ink(Pyramid(print.picture), marked(print.ink, 4));
    CHECK(line.at(line.length, 0).x >= static_cast<float>(print.ink.br().x) - 1);
    CHECK(line.at(line.length, 0).x < static_cast<float>(side.x + 2));
}

TEST_CASE("a line ends before the gap to the next column", "[line_extent]") {
    Print print = printed("HILLI", false);
    const int next = print.ink.br().x + print.ink.height * 45 / 100;
    cv::putText(print.picture, "2", {next, 150}, cv::FONT_HERSHEY_SIMPLEX, 2.0, cv::Scalar(20, 20, 20), 9, cv::LINE_AA);
    const TextLine line = fitted_to_ink(Pyramid(print.picture), marked(print.ink, 4));
    CHECK(line.at(line.length, 0).x >= static_cast<float>(print.ink.br().x) - 1);
    CHECK(line.at(line.length, 0).x < static_cast<float>(next));
}

TEST_CASE("a line too small to be one stays as it is", "[line_extent]") {
    const Print print = printed("HILLI", false);
    TextLine dot;
    dot.start = {300, 100};
    dot.length = 1;
    dot.height = 1;
    const TextLine same = fitted_to_ink(Pyramid(print.picture), dot);
    CHECK(same.length == Approx(1));
    CHECK(same.height == Approx(1));
}

namespace {

constexpr float kRadius = 700;  // of the circle that bent print follows, whose middle lies above it

// How far below its middle a circle of kRadius has sunk at the place `x` beside it.
float sunk(float x) {
    return std::sqrt(kRadius * kRadius - x * x) - kRadius;
}

// `flat` bent up at both ends; its letters stand alike, as on a bottle, or square to the curve, as on a round seal.
Print bent(const Print& flat, bool upright) {
    const float middle_x = static_cast<float>(flat.ink.x) + static_cast<float>(flat.ink.width) / 2;
    const float middle_y = static_cast<float>(flat.ink.y) + static_cast<float>(flat.ink.height) / 2;
    Print out = flat;
    cv::Mat map(flat.picture.size(), CV_32FC2);
    for (int y = 0; y < map.rows; ++y) {
        for (int x = 0; x < map.cols; ++x) {
            const float u = static_cast<float>(x) - middle_x;
            const float v = static_cast<float>(y) - middle_y;
            const float far = std::hypot(u, v + kRadius);
            map.at<cv::Vec2f>(y, x) =
                upright ? cv::Vec2f(static_cast<float>(x), static_cast<float>(y) - sunk(u))
                        : cv::Vec2f(middle_x + kRadius * std::atan2(u, v + kRadius), middle_y + far - kRadius);
        }
    }
    cv::remap(flat.picture, out.picture, map, cv::Mat(), cv::INTER_LINEAR, cv::BORDER_REPLICATE);
    return out;
}

// The core that a detector marks along the curve of bent print.
TextLine marked_bent(const Print& print) {
    TextRegion region;
    const auto height = static_cast<float>(print.ink.height);
    const float half = static_cast<float>(print.ink.width) / 2;
    const cv::Point2f middle(static_cast<float>(print.ink.x) + half, static_cast<float>(print.ink.y) + height / 2);
    region.grow = 0.25F * height;
    region.height = height;
    const float reach = half - region.grow;
    for (int i = 0; i <= 20; ++i) {
        const float u = reach * (static_cast<float>(i) / 10 - 1);
        region.contour.emplace_back(middle.x + u, middle.y + sunk(u) - 0.25F * height);
    }
    for (int i = 20; i >= 0; --i) {
        const float u = reach * (static_cast<float>(i) / 10 - 1);
        region.contour.emplace_back(middle.x + u, middle.y + sunk(u) + 0.25F * height);
    }
    return line_of(region);
}

}  // namespace

TEST_CASE("letters on a bottle stand alike, those on a round seal turn with the line", "[line_extent]") {
    for (const bool light : {true, false}) {
        const Print flat = printed("MAGNESIUM IN", light);
        for (const bool upright : {true, false}) {
            CAPTURE(light, upright);
            const Print print = bent(flat, upright);
            const TextLine line = fitted_to_ink(Pyramid(print.picture), marked_bent(print));
            CHECK(line.upright == upright);
            CHECK(std::abs(line.slant) < 0.15F);
        }
    }
}

TEST_CASE("a straight line has no letters that turn with it", "[line_extent]") {
    const Print print = printed("MAGNESIUM IN", false);
    CHECK_FALSE(fitted_to_ink(Pyramid(print.picture), marked(print.ink, 4)).upright);
}
