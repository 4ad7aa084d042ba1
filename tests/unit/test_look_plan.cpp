#include "ocr/look_plan.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>

using namespace magscan::ocr;

namespace {

constexpr double kScale = 0.5;  // of the look before
const cv::Size kPicture(1920, 1440);
const cv::Size kCanvas(960, 768);

// A line of print in pixels of the picture, as the look before saw it.
TextRegion line(float x, float y, float length, float seen_height = 10) {
    TextRegion region;
    region.seen_height = seen_height;
    region.height = seen_height / static_cast<float>(kScale);
    region.contour = {{x, y}, {x + length, y}, {x + length, y + region.height}, {x, y + region.height}};
    return region;
}

std::vector<TextRegion> lines(float x, float y, int count, float length) {
    std::vector<TextRegion> all;
    for (int i = 0; i < count; ++i) all.push_back(line(x, y + 30 * static_cast<float>(i), length));
    return all;
}

std::vector<TextRegion> operator+(std::vector<TextRegion> a, const std::vector<TextRegion>& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

CloserLook plan(const std::vector<TextRegion>& hints, const SearchLimits& limits = {}) {
    return plan_closer_look(hints, kPicture, kScale, kCanvas, limits);
}

std::vector<Tile> tiles_of(const CloserLook& look) {
    std::vector<Tile> all;
    for (const Mosaic& mosaic : look.mosaics) all.insert(all.end(), mosaic.begin(), mosaic.end());
    return all;
}

bool shows(const CloserLook& look, const TextRegion& region) {
    const cv::Rect2f box = cv::boundingRect(region.contour);
    const auto up = static_cast<float>(look.scale);
    const cv::Rect wanted(cv::Rect2f(box.x * up, box.y * up, box.width * up, box.height * up));
    const std::vector<Tile> tiles = tiles_of(look);
    return std::any_of(tiles.begin(), tiles.end(), [&](const Tile& t) { return (t.area & wanted) == wanted; });
}

// Every hint is shown whole, within the canvas, and no tile covers another.
void check_sound(const CloserLook& look, const std::vector<TextRegion>& hints) {
    REQUIRE(look.scale > 0);
    CHECK(std::all_of(hints.begin(), hints.end(), [&](const TextRegion& hint) { return shows(look, hint); }));
    CHECK(look.canvas.area() <= TextDetector::kMostPixels);
    for (const Mosaic& mosaic : look.mosaics) {
        cv::Rect taken;
        for (const Tile& tile : mosaic) {
            const cv::Rect place(tile.place, tile.area.size());
            CHECK((place & cv::Rect({}, look.canvas)) == place);
            CHECK((place & taken).empty());
            taken |= place;
        }
    }
}

}  // namespace

TEST_CASE("nothing small, nothing to look at closer", "[look_plan]") {
    CHECK(plan({}).scale == 0);
    CHECK(plan({line(100, 100, 500, 24)}).scale == 0);
}

TEST_CASE("small print is enlarged to the height that is seen well", "[look_plan]") {
    const auto hints = lines(400, 300, 6, 300);
    const CloserLook look = plan(hints);
    check_sound(look, hints);
    CHECK(look.scale * 20 == Approx(22));  // the lines are 20 pixels high
    REQUIRE(look.mosaics.size() == 1);
    CHECK(look.mosaics[0].size() == 1);
}

TEST_CASE("large print beside the small is not looked at again", "[look_plan]") {
    const CloserLook look = plan(lines(1300, 900, 4, 300) + std::vector<TextRegion>{line(20, 20, 1700, 60)});
    REQUIRE(look.mosaics.size() == 1);
    for (const Tile& tile : tiles_of(look)) CHECK(tile.area.y > 700 * look.scale);
}

TEST_CASE("small print at both ends of a picture is shown side by side", "[look_plan]") {
    const auto hints = lines(60, 60, 6, 300) + lines(1500, 1200, 6, 300);
    const CloserLook look = plan(hints);
    check_sound(look, hints);
    REQUIRE(look.mosaics.size() == 1);
    CHECK(look.mosaics[0].size() == 2);
    CHECK(look.scale * 20 == Approx(22));  // what lies between costs nothing
    CHECK(look.canvas.area() < 500 * 960);
}

TEST_CASE("the canvas at hand is taken where it wastes little, else one that fits", "[look_plan]") {
    const auto large = lines(100, 100, 16, 700);
    CHECK(plan(large).canvas == kCanvas);
    const CloserLook small = plan(lines(100, 100, 2, 200));
    CHECK(small.canvas.area() < kCanvas.area() / 4);
    CHECK(small.canvas == TextDetector::padded(small.canvas));
}

TEST_CASE("print all over is looked at as closely as the limits allow", "[look_plan]") {
    const auto hints = lines(40, 40, 45, 1800);
    const CloserLook two = plan(hints);
    check_sound(two, hints);
    CHECK(tiles_of(two).size() == 2);
    SearchLimits one;
    one.tiles = 1;
    CHECK(plan(hints, one).scale == 0);  // not enlarged enough to be worth while
    SearchLimits none;
    none.tiles = 0;
    CHECK(plan(hints, none).scale == 0);
    SearchLimits as_is;
    as_is.enlargement = 0.8;
    const auto few = lines(400, 300, 6, 300);
    CHECK(plan(few, as_is).scale == Approx(0.8));
    as_is.enlargement = 0.6;
    CHECK(plan(few, as_is).scale == 0);
}
