#include "ocr/region_reader.h"

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <mutex>
#include <opencv2/imgproc.hpp>

#include "ocr/orientation.h"
#include "tests/unit/drawn_text.h"

using namespace magscan;
using namespace magscan::ocr;

namespace {

constexpr auto kFont = cv::FONT_HERSHEY_SIMPLEX;

// A sheet with lines of print, each with the core that a detector would mark.
struct Sheet {
    cv::Mat picture = test::paper(1100, 700);
    std::vector<TextRegion> regions;

    void add(const std::string& text, cv::Point foot, double size) {
        test::draw(picture, text, foot, size);
        int below = 0;
        const cv::Size extent = cv::getTextSize(text, kFont, size, std::max(1, int(size * 2)), &below);
        const auto high = static_cast<float>(extent.height);
        TextRegion region;
        region.grow = 0.3F * high;
        region.height = high;
        region.seen_height = high;
        region.score = 0.9F;
        const auto x0 = static_cast<float>(foot.x) + region.grow;
        const auto x1 = static_cast<float>(foot.x + extent.width) - region.grow;
        const auto y0 = static_cast<float>(foot.y) - high + region.grow;
        const auto y1 = static_cast<float>(foot.y) - region.grow;
        region.contour = {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}};
        regions.push_back(region);
    }

    // Blur and noise over the rows from y0 to y1.
    void spoil(int y0, int y1, double blur, double noise) {
        cv::Mat rows = picture.rowRange(y0, y1);
        cv::GaussianBlur(rows, rows, {0, 0}, blur);
        cv::Mat grain(rows.size(), CV_16SC3);
        cv::theRNG().state = 11;
        cv::randn(grain, cv::Scalar::all(0), cv::Scalar::all(noise));
        cv::Mat sum;
        cv::add(rows, grain, sum, cv::noArray(), CV_8UC3);
        sum.copyTo(rows);
    }
};

bool same(const Reading& a, const Reading& b) {
    if (a.words.size() != b.words.size() || a.confidence != b.confidence || a.score != b.score) return false;
    for (std::size_t i = 0; i < a.words.size(); ++i) {
        if (a.words[i].text != b.words[i].text || a.words[i].confidence != b.words[i].confidence ||
            a.words[i].place != b.words[i].place) {
            return false;
        }
    }
    return a.line.length == b.line.length && cv::norm(a.line.start - b.line.start) == 0;
}

std::unique_ptr<EnginePool> engines() {
    auto made = EnginePool::create("");
    if (!made) FAIL(made.error());
    return std::move(*made);
}

// Counts how often it is asked: once for each line as first read, once more for each line that was looked at again
// before it was known whether the page names what is asked for.
struct Asked {
    std::atomic<int> count = 0;
    std::mutex mutex;
    std::vector<std::string> lines;

    LineInterest telling(std::function<Interest(std::string_view)> what) {
        return [this, what = std::move(what)](std::string_view line) {
            ++count;
            const std::lock_guard<std::mutex> lock(mutex);
            lines.emplace_back(line);
            return what(line);
        };
    }
};

bool holds(std::string_view line, std::string_view part) {
    return line.find(part) != std::string_view::npos;
}

// As the reader is asked: lines of interest again.
std::vector<Reading> read(const Sheet& sheet, EnginePool& pool, const LineInterest& interest = {}, int threads = 2) {
    return read_regions(sheet.picture, sheet.regions, pool, {threads, {}}, interest).lines;
}

// For the second time, where nothing is known.
std::vector<Reading> read_once(const Sheet& sheet, EnginePool& pool) {
    const KnownPrint nothing({}, {0, 0, 1100, 700}, {});
    return read_regions(sheet.picture, sheet.regions, pool, {2, {}}, {}, &nothing).lines;
}

Sheet facts() {
    Sheet sheet;
    sheet.add("FACTS", {100, 130}, 4.2);
    sheet.add("Magnesium bisglycinate chelate", {100, 220}, 1.0);
    sheet.add("350 mg", {800, 220}, 1.0);
    sheet.add("Zinc picolinate and copper", {100, 320}, 1.0);
    sheet.add("Store in a cool, dry place", {100, 520}, 1.0);
    return sheet;
}

}  // namespace

TEST_CASE("lines of no interest that were read are read once", "[region_reader]") {
    Sheet sheet = facts();
    const auto pool = engines();
    Asked asked;
    const auto readings = read(sheet, *pool, asked.telling([](auto) { return Interest::kNone; }));
    REQUIRE(readings.size() == 5);
    CHECK(text_of(readings[0]) == "FACTS");
    CHECK(text_of(readings[1]) == "Magnesium bisglycinate chelate");
    CHECK(text_of(readings[2]) == "350 mg");
    CHECK(asked.count == 5);
    CHECK(std::find(asked.lines.begin(), asked.lines.end(), "350 mg") != asked.lines.end());
}

TEST_CASE("a figure is looked at again only beside a line that names what is asked for", "[region_reader]") {
    Sheet sheet = facts();
    sheet.add("350 IU", {800, 520}, 1.0);
    for (const cv::Rect place : {cv::Rect(780, 180, 200, 60), cv::Rect(780, 480, 200, 60)}) {
        cv::Mat figure = sheet.picture(place);
        cv::GaussianBlur(figure, figure, {0, 0}, 2.5);  // so that another look differs from the first
    }
    const auto pool = engines();
    const auto once = read(sheet, *pool, [](auto) { return Interest::kNone; });
    const auto figures =
        read(sheet, *pool, [](auto line) { return holds(line, "350") ? Interest::kFigure : Interest::kNone; });
    for (std::size_t i = 0; i < once.size(); ++i) CHECK(same(once[i], figures[i]));
    const auto named = read(sheet, *pool, [](auto line) {
        return holds(line, "350") ? Interest::kFigure : holds(line, "Magn") ? Interest::kName : Interest::kNone;
    });
    CHECK_FALSE(same(once[2], named[2]));  // short, so read twice
    CHECK(same(once[5], named[5]));        // far from the name
    CHECK(text_of(named[2]) == "350 mg");
    CHECK(same(once[1], named[1]));  // sure and long
    CHECK(same(once[3], named[3]));
    CHECK(same(once[4], named[4]));
}

TEST_CASE("an unsure line that may name what is asked for is read better by further looks", "[region_reader]") {
    Sheet sheet = facts();
    sheet.spoil(190, 240, 2.6, 12);
    sheet.spoil(490, 540, 3.4, 14);
    const auto pool = engines();
    const auto once = read(sheet, *pool, [](auto) { return Interest::kNone; });
    CAPTURE(text_of(once[1]), once[1].confidence, text_of(once[4]), once[4].confidence);
    REQUIRE_FALSE(is_sure(once[1]));
    REQUIRE_FALSE(is_garbled(once[1]));
    REQUIRE_FALSE(is_sure(once[4]));
    REQUIRE_FALSE(is_garbled(once[4]));
    Asked asked;
    const auto named = read(
        sheet, *pool, asked.telling([](auto line) { return holds(line, "gnes") ? Interest::kName : Interest::kNone; }));
    CAPTURE(text_of(named[1]), named[1].confidence);
    CHECK(named[1].score > once[1].score);
    CHECK(same(once[4], named[4]));
    CHECK(asked.count == 6);
    // Nobody knows the words: whatever is unsure is looked at.
    CHECK_FALSE(same(once[4], read(sheet, *pool)[4]));
}

TEST_CASE("large print that was not read surely is looked at again without a word known", "[region_reader]") {
    Sheet sheet;
    sheet.add("Store in a cool, dry place", {100, 320}, 1.0);
    sheet.add("Magnesium bisglycinate chelate", {100, 220}, 1.0);
    sheet.spoil(190, 240, 2.6, 12);
    const auto pool = engines();
    Asked asked;
    read(sheet, *pool, asked.telling([](auto) { return Interest::kNone; }));
    CHECK(asked.count == 3);
    // The same line beside larger print is small print.
    sheet.add("FACTS", {100, 600}, 4.2);
    Asked beside;
    read(sheet, *pool, beside.telling([](auto) { return Interest::kNone; }));
    CHECK(beside.count == 3);
}

TEST_CASE("a reading that leaves letters at an end of the line is not to its ends", "[region_reader]") {
    Reading reading;
    reading.line.length = 500;
    reading.line.height = 50;
    CHECK_FALSE(leaves_ends(reading));
    reading.words = {{"Citrato", 0.9F, {10, -15, 300, 30}, {}}, {"de", 0.9F, {330, -15, 150, 30}, {}}};
    CHECK_FALSE(leaves_ends(reading));
    reading.words[1].place.width = 100;
    CHECK(leaves_ends(reading));
    reading.words = {{"rato", 0.9F, {60, -15, 420, 30}, {}}};
    CHECK(leaves_ends(reading));
    reading.words[0].text = "250mg";
    CHECK_FALSE(leaves_ends(reading));
}

TEST_CASE("large print is looked at again where the first look left out paler letters at an end", "[region_reader]") {
    Sheet sheet;
    sheet.add("Malato de Magnesio", {80, 300}, 2.6);
    cv::Mat pale = sheet.picture(cv::Rect(60, 200, 230, 140));
    pale.convertTo(pale, -1, 0.2, 0.8 * 238);
    const auto pool = engines();
    const auto first = read(sheet, *pool, [](auto) { return Interest::kNone; });
    CAPTURE(text_of(first[0]), first[0].confidence);
    CHECK(text_of(first[0]) == "Malato de Magnesio");
}

TEST_CASE("the print of a panel is no display type, however large the largest of it", "[region_reader]") {
    Sheet sheet;
    for (int row = 0; row < 9; ++row) sheet.add("Store in a cool, dry place", {100, 60 + 60 * row}, 1.0);
    sheet.add("FACTS", {100, 660}, 1.8);
    sheet.spoil(20, 70, 2.6, 12);
    const auto pool = engines();
    const auto once = read_once(sheet, *pool);
    REQUIRE_FALSE(is_sure(once[0]));
    const auto none = [](auto) { return Interest::kNone; };
    CHECK(same(read(sheet, *pool, none)[0], once[0]));
    sheet.regions.resize(3);  // where there are few lines, all may be
    CHECK_FALSE(same(read(sheet, *pool, none)[0], once[0]));
}

TEST_CASE("what hardly came out is looked at again beside a name alone", "[region_reader]") {
    Sheet sheet = facts();
    for (int row = 0; row < 5; ++row) sheet.add("Store in a cool, dry place", {100, 560 + 30 * row}, 0.6);
    sheet.spoil(180, 240, 0.1, 0);
    sheet.add("Glycerol", {600, 270}, 1.0);
    sheet.add("Glycerol", {600, 490}, 1.0);
    for (const int y : {235, 455}) sheet.spoil(y, y + 45, 4.5, 20);
    const auto pool = engines();
    const auto once = read_once(sheet, *pool);
    CAPTURE(text_of(once[10]), once[10].confidence, text_of(once[11]), once[11].confidence);
    REQUIRE(is_garbled(once[10]));
    REQUIRE(is_garbled(once[11]));
    const auto none = read(sheet, *pool, [](auto) { return Interest::kNone; });
    for (const std::size_t i : {10, 11}) CHECK(same(none[i], once[i]));
    const auto named =
        read(sheet, *pool, [](auto line) { return holds(line, "Magn") ? Interest::kName : Interest::kNone; });
    CHECK_FALSE(same(named[10], once[10]));
    CHECK(same(named[11], once[11]));
}

TEST_CASE("of many lines beside a name that hardly came out the largest are looked at again", "[region_reader]") {
    Sheet sheet;
    sheet.add("Magnesium bisglycinate", {100, 340}, 1.0);
    for (int row = 0; row < 7; ++row) {
        sheet.add("Glycerol", {600, 270 + 26 * row}, row == 0 ? 0.7 : 0.6);
        sheet.add("Store in a cool, dry place", {100, 500 + 26 * row}, 0.6);
    }
    cv::Mat beside = sheet.picture(cv::Rect(560, 240, 300, 200));
    cv::GaussianBlur(beside, beside, {0, 0}, 3.5);
    const auto pool = engines();
    const auto once = read_once(sheet, *pool);
    const auto named =
        read(sheet, *pool, [](auto line) { return holds(line, "Magn") ? Interest::kName : Interest::kNone; });
    int garbled = 0, again = 0;
    for (std::size_t i = 1; i < once.size(); i += 2) {
        CAPTURE(text_of(once[i]), once[i].confidence);
        garbled += is_garbled(once[i]) ? 1 : 0;
        again += same(once[i], named[i]) ? 0 : 1;
    }
    REQUIRE(garbled == 7);
    CHECK(again == 4);
    CHECK_FALSE(same(once[1], named[1]));
}

TEST_CASE("of a picture that was read before, words that are sure are taken from there", "[region_reader]") {
    const Sheet sheet = facts();
    const auto pool = engines();
    Page before;
    before.lines = {placed(read_once(sheet, *pool)[1], 1)};
    REQUIRE(before.lines[0].words.size() == 3);
    before.lines[0].words[0].text = "Manganese";
    const auto again = [&](const Box& wanted) {
        const KnownPrint known(before, wanted, {});
        return read_regions(sheet.picture, sheet.regions, *pool, {2, {}}, {}, &known).lines;
    };
    const auto all = again({0, 0, 1100, 700});
    CHECK(text_of(all[1]) == "Manganese bisglycinate chelate");
    CHECK(text_of(all[2]) == "350 mg");
    CHECK(text_of(all[4]) == "Store in a cool, dry place");
    const auto upper = again({0, 0, 1100, 400});
    CHECK(text_of(upper[2]) == "350 mg");
    CHECK(text_of(upper[4]).empty());
    before.lines[0].words[0].confidence = 0.7F;
    CHECK(text_of(again({0, 0, 1100, 700})[1]) == "Magnesium bisglycinate chelate");
}

TEST_CASE("which end is up is settled by as few lines as tell", "[region_reader]") {
    Sheet sheet;
    for (int row = 0; row < 6; ++row) sheet.add("Magnesium bisglycinate chelate", {100, 60 + 90 * row}, 1.0);
    std::vector<TextLine> lines;
    for (const TextRegion& region : sheet.regions) lines.push_back(line_of(region));
    const std::vector<TextLine> upright = lines;
    for (TextLine& line : lines) line = turned_round(line);  // on their head
    const auto pool = engines();
    const Pyramid pyramid(sheet.picture);
    const FirstReadings read = turn_by_reading(lines, pyramid, *pool, {2, {}});
    REQUIRE(read.size() == 6);
    for (std::size_t i = 0; i < lines.size(); ++i) CHECK(lines[i].along.dot(upright[i].along) > 0.99F);
    CHECK(std::count_if(read.begin(), read.end(), [](const auto& reading) { return reading.has_value(); }) == 1);
    const auto first = std::find_if(read.begin(), read.end(), [](const auto& reading) { return reading.has_value(); });
    CHECK(holds(text_of(**first), "chelate"));
}

TEST_CASE("one thread and four give the same readings", "[region_reader]") {
    Sheet sheet = facts();
    sheet.spoil(190, 240, 2.6, 12);
    sheet.spoil(490, 540, 3.4, 14);
    const auto pool = engines();
    const auto one = read(sheet, *pool, {}, 1);
    const auto four = read(sheet, *pool, {}, 4);
    REQUIRE(one.size() == four.size());
    for (std::size_t i = 0; i < one.size(); ++i) CHECK(same(one[i], four[i]));
}

TEST_CASE("no regions give no readings", "[region_reader]") {
    const auto pool = engines();
    CHECK(read_regions(test::paper(300, 200), {}, *pool, {2, {}}, {}).lines.empty());
}
