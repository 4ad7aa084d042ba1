#include "ocr/surface.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "ocr/line_reader.h"
#include "tests/unit/drawn_text.h"

using namespace magscan;
using namespace magscan::ocr;

namespace {

// A bottle upright in the picture, then turned by `degrees` about (500, 500). Its silhouettes at y = 500 are `left` and
// `right`; they run together upwards by `taper` pixels a pixel, each.
struct Bottle {
    float left = 200;
    float right = 800;
    float taper = 0;
    float degrees = 0;

    cv::Point2f turned(float x, float y) const {
        const float a = degrees * static_cast<float>(CV_PI) / 180;
        return {500 + (x - 500) * std::cos(a) - (y - 500) * std::sin(a),
                500 + (x - 500) * std::sin(a) + (y - 500) * std::cos(a)};
    }
    float left_at(float y) const { return left - taper * (y - 500); }
    float right_at(float y) const { return right + taper * (y - 500); }
    float radius(float y) const { return (right_at(y) - left_at(y)) / 2; }

    // A line from `from` to `to`, in radii from the nearest point.
    TextLine line(float y, float from, float to) const {
        const float middle = (left_at(y) + right_at(y)) / 2;
        TextLine out;
        out.start = turned(middle + from * radius(y), y);
        const cv::Point2f end = turned(middle + to * radius(y), y);
        out.length = static_cast<float>(cv::norm(end - out.start));
        out.along = (end - out.start) / out.length;
        out.height = 24;
        return out;
    }

    // Rows of a label that reach far round, and shorter ones between them.
    std::vector<TextLine> lines() const {
        std::vector<TextLine> out;
        for (float y = 300; y <= 700; y += 50) {
            out.push_back(line(y, -0.97F, 0.2F));
            out.push_back(line(y + 25, -0.3F, 0.97F));
            out.push_back(line(y + 12, -0.5F, 0.5F));
        }
        return out;
    }
};

}  // namespace

TEST_CASE("the silhouettes are found where the text ends", "[surface]") {
    for (const Bottle& bottle : {Bottle{}, Bottle{200, 800, 0.2F}, Bottle{300, 620, 0, 15}, Bottle{200, 800, 0, -80}}) {
        CAPTURE(bottle.left, bottle.taper, bottle.degrees);
        const auto surface = surface_of(bottle.lines());
        REQUIRE(surface);
        const cv::Point2f along = surface->along;
        CHECK(along.dot(bottle.turned(501, 500) - cv::Point2f(500, 500)) > 0.999F);
        const cv::Point2f down(-along.y, along.x);
        for (const float y : {350.0F, 500.0F, 650.0F}) {
            CAPTURE(y);
            const float few = 0.05F * bottle.radius(y);
            const cv::Point2f left = bottle.turned(bottle.left_at(y), y);
            const cv::Point2f right = bottle.turned(bottle.right_at(y), y);
            CHECK(surface->left.u(left.dot(down)) == Approx(left.dot(along)).margin(few));
            CHECK(surface->right.u(right.dot(down)) == Approx(right.dot(along)).margin(few));
        }
    }
}

TEST_CASE("too few lines tell no surface", "[surface]") {
    const Bottle bottle;
    CHECK_FALSE(surface_of({}));
    CHECK_FALSE(surface_of({bottle.line(400, -0.9F, 0.9F), bottle.line(500, -0.9F, 0.9F),  //
                            bottle.line(600, -0.9F, 0.9F)}));
    CHECK(surface_of({bottle.line(400, -0.9F, 0.9F), bottle.line(500, -0.9F, 0.9F),  //
                      bottle.line(600, -0.9F, 0.9F), bottle.line(550, -0.9F, 0.9F)}));
    // Side print across the text does not count.
    const Bottle across{200, 800, 0, 90};
    CHECK_FALSE(surface_of({bottle.line(400, -0.9F, 0.9F), bottle.line(500, -0.9F, 0.9F), bottle.line(600, -0.9F, 0.9F),
                            across.line(400, -0.3F, 0.3F), across.line(450, -0.3F, 0.3F)}));
}

TEST_CASE("side print outside the label does not move the silhouettes", "[surface]") {
    const Bottle bottle;
    std::vector<TextLine> lines = bottle.lines();
    lines.push_back(Bottle{200, 800, 0, 90}.line(-100, -0.3F, 0.3F));
    const auto surface = surface_of(lines);
    REQUIRE(surface);
    CHECK(surface->left.u(500) == Approx(200).margin(15));
    CHECK(surface->right.u(500) == Approx(800).margin(15));
}

TEST_CASE("a line in the middle of the surface stays as it is", "[surface]") {
    const Bottle bottle;
    const auto surface = surface_of(bottle.lines());
    REQUIRE(surface);
    CHECK_FALSE(rolled(*surface, bottle.line(500, -0.5F, 0.5F)));
    CHECK_FALSE(rolled(*surface, Bottle{200, 800, 0, 90}.line(500, -0.9F, 0.9F)));  // runs across
    // Print as high as the surface is wide is on no cylinder.
    TextLine high = bottle.line(500, -0.9F, 0.9F);
    high.height = 400;
    CHECK_FALSE(rolled(*surface, high));
}

TEST_CASE("a line at the side knows its radius and its nearest point", "[surface]") {
    for (const float degrees : {0.0F, 25.0F}) {
        const Bottle bottle{200, 800, 0, degrees};
        const auto surface = surface_of(bottle.lines());
        REQUIRE(surface);
        // Ends inside: only the curvature is new.
        const TextLine side = bottle.line(500, 0.1F, 0.75F);
        const auto round = rolled(*surface, side);
        REQUIRE(round);
        CHECK(round->radius == Approx(300).epsilon(0.05));
        CHECK(cv::norm(round->at(round->nearest, 0) - cv::Point2f(500, 500)) < 15);
        CHECK(round->length == Approx(side.length).margin(1));
        CHECK(cv::norm(round->at(40, 5) - side.at(40, 5)) < 0.5);
        // Unrolled it is longer: asin(0.75) - asin(0.1) radii.
        CHECK(round->unrolled(round->length) - round->unrolled(0) ==
              Approx(300 * (std::asin(0.75) - std::asin(0.1))).epsilon(0.05));
    }
}

TEST_CASE("the end of a line close to the silhouette is moved out to it, a farther one is not", "[surface]") {
    const Bottle bottle;
    const auto surface = surface_of(bottle.lines());
    REQUIRE(surface);
    const auto right = rolled(*surface, bottle.line(500, -0.2F, 0.85F));
    REQUIRE(right);
    CHECK(right->at(0, 0).x == Approx(500 - 60).margin(2));
    CHECK(right->at(right->length, 0).x == Approx(800).margin(15));
    CHECK(right->at(right->length, 0).x < 800);
    const auto left = rolled(*surface, bottle.line(500, -0.85F, 0.7F));
    REQUIRE(left);
    CHECK(left->at(0, 0).x == Approx(200).margin(15));
    CHECK(left->at(left->length, 0).x == Approx(500 + 210).margin(2));
    CHECK(left->radius == Approx(300).epsilon(0.05));
    CHECK(left->at(left->nearest, 0).x == Approx(500).margin(15));
}

TEST_CASE("print that turns away towards the silhouette reads better unrolled", "[surface]") {
    constexpr float kRadius = 420;
    constexpr float kMiddle = 500;
    cv::Mat sheet(300, 1800, CV_8UC3, cv::Scalar(235, 240, 238));
    // Flat, the text runs from 0.45 to 1.37 radians right of the nearest point.
    const std::string text = "Magnesium Citrate 350";
    constexpr double kSize = 1.12;
    int below = 0;
    const cv::Size size = cv::getTextSize(text, cv::FONT_HERSHEY_SIMPLEX, kSize, 2, &below);
    const float end = 900 + 1.37F * kRadius;
    test::draw(sheet, text, {static_cast<int>(end) - size.width, 170}, kSize);
    cv::Mat map(300, 1000, CV_32FC2);
    for (int y = 0; y < map.rows; ++y) {
        for (int x = 0; x < map.cols; ++x) {
            const float sine = std::clamp((static_cast<float>(x) - kMiddle) / kRadius, -1.0F, 1.0F);
            map.at<cv::Vec2f>(y, x) = {900 + kRadius * std::asin(sine), static_cast<float>(y)};
        }
    }
    cv::Mat picture;
    cv::remap(sheet, picture, map, cv::Mat(), cv::INTER_AREA);
    const auto seen = [&](float flat) { return kMiddle + kRadius * std::sin((flat - 900) / kRadius); };

    TextLine line;
    line.start = {seen(end - static_cast<float>(size.width)) - 6, 160};
    line.length = seen(end) + 3 - line.start.x;
    line.height = 44;
    Surface surface;
    surface.left.at = kMiddle - kRadius;
    surface.right.at = kMiddle + kRadius;
    const auto round = rolled(surface, line);
    REQUIRE(round);
    auto engine = Recognizer::load("");
    REQUIRE(engine);
    const Pyramid pyramid(picture);
    const Rendering rendering{48, 1.0};
    const Reading flat = read_once(pyramid, *engine, line, rendering);
    const Reading unrolled = read_once(pyramid, *engine, *round, rendering);
    const auto words = [](const Reading& reading) {
        std::string all;
        for (const PlacedWord& word : reading.words) all += word.text + " ";
        return all;
    };
    CAPTURE(words(flat), flat.score, words(unrolled), unrolled.score);
    CHECK(unrolled.score > flat.score);
    CHECK(words(unrolled).find(text) != std::string::npos);
    CHECK(words(flat).find(text) == std::string::npos);
    // Each word's place is told on the picture, not on the unrolled strip.
    REQUIRE(unrolled.words.size() >= 3);
    const cv::Rect2f last = unrolled.words[2].place;
    CHECK(round->at(last.x + last.width, 0).x == Approx(seen(end)).margin(8));
}
