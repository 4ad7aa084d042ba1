#include "ocr/text_line.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "ocr/line_extent.h"
#include "ocr/strip.h"
#include "ocr/text_flow.h"
#include "tests/unit/drawn_text.h"

using namespace magscan;
using namespace magscan::ocr;

namespace {

// The region a detector would mark along a curve of the given depth, turned by `degrees` about (500, 500).
TextRegion band(double length, double thickness, double depth, double degrees) {
    TextRegion region;
    region.grow = static_cast<float>(thickness * 0.7);
    const double a = degrees * CV_PI / 180;
    const auto add = [&](double x, double y) {
        region.contour.emplace_back(static_cast<float>(500 + x * std::cos(a) - y * std::sin(a)),
                                    static_cast<float>(500 + x * std::sin(a) + y * std::cos(a)));
    };
    const auto curve = [&](double x) { return depth * (4 * x * x / (length * length)); };
    for (double x = -length / 2; x <= length / 2; x += 2) add(x, curve(x) - thickness / 2);
    for (double x = length / 2; x >= -length / 2; x -= 2) add(x, curve(x) + thickness / 2);
    region.height = static_cast<float>(thickness * 2.4);
    region.seen_height = region.height;
    return region;
}

double rows_spread(const cv::Mat& gray) {
    // Where the ink of some three letters stands, and how much that place wanders along the strip.
    constexpr int kWindow = 120;
    std::vector<double> places;
    for (int x = 0; x + kWindow < gray.cols; x += kWindow / 2) {
        const cv::Mat window = 255 - gray.colRange(x, x + kWindow);
        const cv::Moments moments = cv::moments(window);
        if (moments.m00 > 255.0 * 400) places.push_back(moments.m01 / moments.m00);
    }
    if (places.size() < 3) return 1e9;
    double mean = 0;
    for (const double p : places) mean += p / static_cast<double>(places.size());
    double spread = 0;
    for (const double p : places) spread += (p - mean) * (p - mean) / static_cast<double>(places.size());
    return std::sqrt(spread);
}

}  // namespace

TEST_CASE("a line takes the direction of its region", "[text_line]") {
    for (const double degrees : {-60.0, -30.0, 0.0, 12.0, 44.0, 80.0}) {
        const TextLine line = line_of(band(300, 12, 0, degrees));
        const double angle = std::atan2(line.along.y, line.along.x) * 180 / CV_PI;
        CAPTURE(degrees, angle);
        // Steep lines run down, flat ones to the right.
        const double wanted = degrees < -45 ? degrees + 180 : degrees;
        CHECK(angle == Approx(wanted).margin(1.0));
        CHECK(line.length == Approx(300 + 2 * 8.4).margin(4));
        CHECK(cv::norm(line.center() - cv::Point2f(500, 500)) < 3);
        CHECK(line.sagitta() < 1.5F);
    }
}

TEST_CASE("a bent line follows its curve", "[text_line]") {
    const TextLine line = line_of(band(400, 14, 30, 10));
    CHECK(line.sagitta() == Approx(30 * std::pow(line.length / 400, 2)).margin(3));
    const TextRegion region = band(400, 14, 30, 0);
    const TextLine flat = line_of(region);
    for (const float u : {20.0F, 120.0F, 210.0F, 330.0F, 400.0F}) {
        const cv::Point2f p = flat.at(u, 0);
        CHECK(p.y == Approx(500 + 30 * std::pow((p.x - 500) / 200, 2)).margin(2.0));
    }
    CHECK(line_along(region, {1, 0}).sagitta() == 0);
}

TEST_CASE("a short line does not bend by itself", "[text_line]") {
    CHECK(line_of(band(60, 20, 8, 0)).sagitta() == 0);
    CHECK_FALSE(has_direction(band(30, 25, 0, 0)));
    CHECK(has_direction(band(300, 12, 0, 0)));
}

TEST_CASE("a line turned round is the same band", "[text_line]") {
    const TextLine line = line_of(band(400, 14, 25, 20));
    const TextLine back = turned_round(line);
    for (const float u : {0.0F, 100.0F, 250.0F, line.length}) {
        CHECK(cv::norm(line.at(u, 3) - back.at(line.length - u, -3)) < 0.5);
    }
    CHECK(cv::norm(turned_round(back).at(77, 5) - line.at(77, 5)) < 0.01);
}

TEST_CASE("a part of a line lies on it", "[text_line]") {
    const TextLine line = line_of(band(400, 14, 25, 20));
    const TextLine part = part_of(line, 100, 300, -4, 10);
    CHECK(part.length == Approx(200));
    CHECK(part.height == Approx(14));
    for (const float u : {0.0F, 90.0F, 200.0F}) {
        CHECK(cv::norm(part.at(u, -7) - line.at(100 + u, -4)) < 1.5);
        CHECK(cv::norm(part.at(u, 0) - line.at(100 + u, 3)) < 1.5);
    }
}

TEST_CASE("the outline runs clockwise and follows the bend", "[text_line]") {
    const TextLine line = line_of(band(400, 14, 25, 0));
    const Polygon bent = outline(line, 0, line.length, -10, 10, 2.0);
    CHECK(bent.size() > 8);
    CHECK(bent.size() % 2 == 0);
    double area = 0;
    for (std::size_t i = 0; i < bent.size(); ++i) {
        const Point& a = bent[i];
        const Point& b = bent[(i + 1) % bent.size()];
        area += (a.x * b.y - b.x * a.y) / 2;
    }
    CHECK(area == Approx(line.length * 20 / 4).epsilon(0.1));  // y runs down: positive is clockwise
    CHECK(outline(line_of(band(400, 14, 0, 0)), 0, 100, -10, 10, 1).size() == 4);
}

TEST_CASE("a bent line comes out straight", "[text_line]") {
    cv::Mat picture = test::paper(1000, 400);
    test::draw(picture, "nnnnnnnnnnnnnnnnnnnnnn", {130, 190}, 1.6);
    const cv::Mat curved = test::bent(picture, -70);
    TextRegion region = band(770, 20, 0, 0);
    region.contour.clear();
    const auto drawn = [&](double x, double y) {
        const double t = 2 * x / 1000 - 1;
        region.contour.emplace_back(static_cast<float>(x), static_cast<float>(y - 70 * (1 - t * t)));
    };
    for (int x = 140; x <= 880; x += 4) drawn(x, 165);
    for (int x = 880; x >= 140; x -= 4) drawn(x, 188);
    const Pyramid pyramid(curved);
    const TextLine line = line_of(region);
    CHECK(line.sagitta() > 20);
    const double straight = rows_spread(cut_strip(pyramid, fitted_to_ink(pyramid, line), {}).gray);
    TextLine chord = line_along(region, line.along);
    const double crooked = rows_spread(cut_strip(pyramid, chord, {}).gray);
    CAPTURE(straight, crooked);
    CHECK(straight < 2.5);
    CHECK(straight < crooked / 2);
}

TEST_CASE("a strip is dark on light whatever was printed, with a white border", "[text_line]") {
    for (const bool light : {false, true}) {
        cv::Mat picture(200, 700, CV_8UC3, light ? cv::Scalar(40, 30, 25) : cv::Scalar(230, 235, 240));
        test::draw(picture, "Supplement Facts", {120, 115}, 1.5,
                   light ? cv::Scalar(240, 240, 240) : cv::Scalar(20, 20, 20));
        TextRegion region;
        region.contour = {{130, 88}, {530, 88}, {530, 106}, {130, 106}};
        region.grow = 12;
        const Pyramid pyramid(picture);
        const TextLine line = fitted_to_ink(pyramid, line_of(region));
        CHECK(line.light_on_dark == light);
        // The letters reach from about y 75 (capitals) to 130 (the p's).
        CHECK(line.at(0, -line.height / 2).y < 85);
        CHECK(line.at(0, line.height / 2).y > 122);
        const Strip strip = cut_strip(pyramid, line, {});
        CHECK(strip.gray.type() == CV_8UC1);
        CHECK(cv::mean(strip.gray.row(0))[0] == Approx(255));
        CHECK(cv::mean(strip.gray.col(strip.gray.cols - 1))[0] == Approx(255));
        CHECK(cv::mean(strip.gray)[0] > 150);
        double darkest = 255;
        cv::minMaxLoc(strip.gray, &darkest);
        CHECK(darkest < 40);
    }
}

TEST_CASE("letters on a side that lies in the shade stay, the narrow edge of a ground goes", "[strip]") {
    cv::Mat picture = test::paper(700, 200);
    test::draw(picture, "Magnesium", {100, 120}, 2.4);
    cv::Mat shade = picture.colRange(437, picture.cols);
    shade.convertTo(shade, -1, 0.5);
    TextLine line;
    line.start = {90, 96};
    line.length = 420;
    line.height = 78;
    const Pyramid pyramid(picture);
    const auto share_of_ink = [&](const Strip& strip, double from, double to) {
        const auto x = [&](double place) { return static_cast<int>(place * strip.gray.cols); };
        return cv::countNonZero(strip.gray.colRange(x(from), x(to)) < 128) /
               static_cast<double>(strip.gray.rows * (x(to) - x(from)));
    };
    CHECK(share_of_ink(cut_strip(pyramid, line, {}), 0.86, 0.95) > 0.1);
    picture.colRange(490, picture.cols).setTo(cv::Scalar::all(10));
    CHECK(share_of_ink(cut_strip(Pyramid(picture), line, {}), 0.96, 1.0) < 0.01);
}

TEST_CASE("leaning letters are set upright", "[text_line]") {
    cv::Mat picture = test::paper(900, 240);
    test::draw(picture, "Illinium 1111 HHH 1114 TTT", {100, 130}, 1.4);
    const cv::Matx23f shear(1, -0.45F, 60, 0, 1, 0);
    cv::Mat leaning;
    cv::warpAffine(picture, leaning, shear, picture.size(), cv::INTER_CUBIC, cv::BORDER_REPLICATE);
    TextRegion region;
    region.contour = {{115, 106}, {700, 106}, {700, 122}, {115, 122}};
    region.grow = 12;
    const TextLine upright = fitted_to_ink(Pyramid(picture), line_of(region));
    const TextLine slanted = fitted_to_ink(Pyramid(leaning), line_of(region));
    CHECK(std::abs(upright.slant) < 0.12F);
    CHECK(slanted.slant == Approx(-0.45).margin(0.12));
}

TEST_CASE("short print borrows the direction of the long lines around it", "[text_line]") {
    std::vector<TextLine> lines;
    for (const double y : {-80.0, 80.0}) {
        TextRegion region = band(400, 12, 0, 15);
        for (cv::Point2f& p : region.contour) p.y += static_cast<float>(y);
        lines.push_back(line_of(region));
    }
    const TextFlow flow(lines);
    const auto along = flow.direction_at({520, 505}, 28);
    REQUIRE(along);
    CHECK(std::atan2(along->y, along->x) * 180 / CV_PI == Approx(15).margin(1));
    CHECK_FALSE(flow.direction_at({9000, 9000}, 28));
    CHECK_FALSE(TextFlow({}).direction_at({0, 0}, 20));
}

TEST_CASE("a frame that was taken for a bent line tells nobody its direction", "[text_line]") {
    TextLine frame;
    frame.start = {100, 100};
    frame.length = 300;
    frame.height = 20;
    frame.bend = {0, 0, 400};  // steeper than 45 degrees at its ends
    CHECK_FALSE(TextFlow({frame}).direction_at({390, 480}, 20));
    frame.bend = {0, 0, 10};
    CHECK(TextFlow({frame}).direction_at({390, 110}, 20));
}

TEST_CASE("a line round a cylinder is unrolled and rolled up again", "[text_line]") {
    TextLine line;
    line.length = 260;
    line.radius = 300;
    line.nearest = 40;
    CHECK(line.unrolled(40) == Approx(0).margin(1e-4));
    CHECK(line.unrolled(40 + 150) == Approx(300 * CV_PI / 6).epsilon(1e-4));
    CHECK(line.unrolled(40 - 150) == Approx(-300 * CV_PI / 6).epsilon(1e-4));
    CHECK(line.rolled_up(static_cast<float>(300 * CV_PI / 2)) == Approx(340).epsilon(1e-4));
    for (float u = -200; u <= 320; u += 20) CHECK(line.rolled_up(line.unrolled(u)) == Approx(u).margin(0.05));
    // Beyond the silhouette there is nothing: the last place before it, not a number out of nowhere.
    CHECK(line.unrolled(900) == line.unrolled(341));
    CHECK(line.unrolled(-900) == line.unrolled(-261));
    CHECK(std::isfinite(line.unrolled(1e9F)));
    TextLine flat;
    flat.length = 100;
    CHECK(flat.unrolled(33) == 33);
    CHECK(flat.rolled_up(33) == 33);
}

TEST_CASE("a part of a line round a cylinder stays where it is on it", "[text_line]") {
    TextLine line = line_of(band(400, 14, 25, 20));
    line.radius = 300;
    line.nearest = 120;
    const TextLine part = part_of(line, 90, 330, -4, 10);
    CHECK(part.radius == Approx(300));
    for (const float u : {0.0F, 60.0F, 240.0F}) {
        CHECK(part.unrolled(u) == Approx(line.unrolled(90 + u)).margin(0.01));
        CHECK(cv::norm(part.at(part.rolled_up(part.unrolled(u)), -7) - line.at(90 + u, -4)) < 1.5);
    }
    CHECK(cv::norm(part.at(part.nearest, 0) - line.at(line.nearest, 3)) < 1.5);
}

TEST_CASE("a line round a cylinder, turned round, is its mirror", "[text_line]") {
    TextLine line = line_of(band(400, 14, 25, 20));
    line.radius = 300;
    line.nearest = 120;
    const TextLine back = turned_round(line);
    for (const float u : {0.0F, 120.0F, 250.0F, 400.0F}) {
        CHECK(back.unrolled(line.length - u) == Approx(-line.unrolled(u)).margin(0.05));
    }
    CHECK(cv::norm(back.at(back.nearest, 2) - line.at(line.nearest, -2)) < 0.5);
    CHECK(turned_round(back).nearest == Approx(120));
}

TEST_CASE("an unrolled strip tells places on the picture", "[text_line]") {
    const cv::Mat picture = test::paper(800, 200);
    TextLine line;
    line.start = {100, 100};
    line.length = 290;
    line.height = 40;
    line.radius = 300;
    line.nearest = 0;
    const Strip strip = cut_strip(Pyramid(picture), line, {});
    const TextLine flat = part_of(TextLine{{100, 100}, {1, 0}, 290, 40}, 0, 290, -20, 20);
    const Strip narrow = cut_strip(Pyramid(picture), flat, {});
    CHECK(strip.gray.cols - 20 == Approx((narrow.gray.cols - 20) * std::asin(290.0 / 300) * 300 / 290).epsilon(0.01));
    CHECK(strip.u(static_cast<float>(strip.border)) == Approx(0).margin(0.5));
    CHECK(strip.u(static_cast<float>(strip.gray.cols - strip.border)) == Approx(290).margin(0.5));
    const float half = static_cast<float>(std::asin(290.0 / 300) / 2);
    CHECK(strip.u(static_cast<float>(strip.gray.cols) / 2) == Approx(300 * std::sin(half)).margin(1));
}
