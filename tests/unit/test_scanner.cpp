#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <cstring>
#include <ctime>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>
#include <utility>

#include "ocr/page_json.h"
#include "scan/report_json.h"
#include "scan/scanner.h"
#include "tests/support/schema.h"

using namespace magscan;
using nlohmann::json;
using scan::ScanError;

namespace {

std::vector<std::byte> bytes_of(const std::string& text) {
    std::vector<std::byte> out(text.size());
    if (!text.empty()) std::memcpy(out.data(), text.data(), text.size());
    return out;
}

std::vector<std::byte> sample_photo() {
    std::ifstream in(MAGSCAN_SOURCE_DIR "/samples/photos/magnesium/bottle_bisglycinate.jpg", std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return bytes_of(out.str());
}

bool has(const std::vector<parser::Warning>& warnings, const std::string& code) {
    return std::any_of(warnings.begin(), warnings.end(), [&](const parser::Warning& w) { return w.code == code; });
}

ocr::Page photographed(const std::string& text, float height, float confidence) {
    ocr::Page page;
    page.width = 1000;
    page.height = 800;
    page.detector = "ppocr-v4-det";
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) {
        ocr::Line& read = page.lines.emplace_back();
        read.height = height;
        std::istringstream words(line);
        for (std::string word; words >> word;) read.words.push_back({word, {}, confidence, {}});
    }
    return page;
}

}  // namespace

TEST_CASE("a photo becomes a report, the same from several threads at once", "[scanner]") {
    const auto scanner = scan::Scanner::create({.models = MAGSCAN_SOURCE_DIR "/models", .threads = 1});
    REQUIRE(scanner.has_value());
    const std::vector<std::byte> photo = sample_photo();
    REQUIRE_FALSE(photo.empty());
    std::vector<json> reports(2);
    std::vector<std::thread> threads;
    for (json& report : reports) {
        threads.emplace_back([&] {
            const auto scanned = scanner->scan(photo, "bottle.jpg");
            if (!scanned) return;
            report = scan::report_json(*scanned);
            report.erase("timings_ms");
        });
    }
    for (std::thread& thread : threads) thread.join();
    REQUIRE(reports[0].is_object());
    CHECK(reports[0] == reports[1]);
    CHECK(reports[0]["source"]["kind"] == "photo");
    CHECK(reports[0]["source"]["images"][0]["format"] == "jpeg");
    CHECK(reports[0]["outcome"] == "complete");
}

TEST_CASE("a reading that nobody waits for any more ends between two lines, and the next one is whole", "[scanner]") {
    const auto scanner = scan::Scanner::create({.models = MAGSCAN_SOURCE_DIR "/models", .threads = 2});
    REQUIRE(scanner.has_value());
    const std::vector<std::byte> photo = sample_photo();
    std::atomic<int> asked{0};
    const auto whole = scanner->read(photo, "bottle.jpg", [&] { return ++asked < 0; });
    REQUIRE(whole.has_value());
    const int lines = asked;
    REQUIRE(lines > 40);
    for (const int stop_at : {1, lines / 2, lines}) {
        asked = 0;
        const auto stopped = scanner->read(photo, "bottle.jpg", [&] { return ++asked >= stop_at; });
        REQUIRE_FALSE(stopped.has_value());
        CHECK(stopped.error().kind == ScanError::Kind::kStopped);
        CHECK(asked <= stop_at + 1);  // the other thread may ask once more
    }
    const auto again = scanner->read(photo, "bottle.jpg");
    REQUIRE(again.has_value());
    CHECK(ocr::to_json(again->page) == ocr::to_json(whole->page));
}

TEST_CASE("bytes that are no photo are an error with a message", "[scanner]") {
    const auto scanner = scan::Scanner::create({.models = "/nonexistent", .threads = 1});
    REQUIRE(scanner.has_value());
    for (const std::string& bytes : {std::string(), std::string("no photo"), std::string("\xff\xd8\xff\xe0", 4)}) {
        const auto report = scanner->scan(bytes_of(bytes), "x");
        REQUIRE_FALSE(report.has_value());
        CHECK(report.error().kind == ScanError::Kind::kNotAPicture);
        CHECK(report.error().message.size() > 10);
        CHECK(report.error().message.find('\n') == std::string::npos);
    }
}

TEST_CASE("a set-up without the recogniser's data is an error of its own", "[scanner]") {
    const auto scanner = scan::Scanner::create({.tessdata = "/nonexistent"});
    REQUIRE_FALSE(scanner.has_value());
    CHECK(scanner.error().kind == ScanError::Kind::kSetUp);
}

TEST_CASE("text becomes a report without models", "[scanner]") {
    const auto report = scan::report_of_text("Supplement Facts\nMagnesium (as citrate) 200 mg 48%", "label");
    REQUIRE(report.has_value());
    const json written = scan::report_json(*report);
    CHECK(schema_errors(written) == "");
    CHECK(written["source"]["name"] == "label");
    CHECK(written["source"]["images"].empty());
    CHECK(written["engine"]["tesseract"].is_null());
    CHECK(written["elemental_magnesium"]["per_serving_mg"]["value"] == 200);
    CHECK(scan::report_of_text(std::string(scan::kMaxTextBytes, 'a'), "long").has_value());
    const auto longer = scan::report_of_text(std::string(scan::kMaxTextBytes + 1, 'a'), "longer");
    REQUIRE_FALSE(longer.has_value());
    CHECK(longer.error().kind == ScanError::Kind::kUsage);
}

TEST_CASE("text that is no UTF-8 is read as far as it goes", "[scanner]") {
    using namespace std::string_literals;
    const auto report = scan::report_of_text("Magnesium \xff (as citrate) 200 mg 48%\0\xc3"s, "label");
    REQUIRE(report.has_value());
    CHECK(schema_errors(json::parse(scan::report_json_line(*report))) == "");
}

// CPU seconds to understand so many bytes of a text that repeats itself; the least of several tries.
double seconds_for(const std::string& beginning, const std::string& again, std::size_t bytes) {
    std::string text = beginning;
    while (text.size() < bytes) text += again;
    double least = 1e9;
    for (int i = 0; i < 3; ++i) {
        const std::clock_t begin = std::clock();
        REQUIRE(scan::report_of_text(text, "hostile"));
        least = std::min(least, static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
    }
    return least;
}

// Where time grows with the square of the length, eight times the text takes 64 times as long.
TEST_CASE("hostile texts take no more time than their length explains", "[scanner][hostile]") {
    constexpr std::size_t kBytes = 10'000;
    constexpr double kLeast = 0.002;  // seconds; less is not measured well
    const std::pair<const char*, const char*> texts[] = {
        {"", "a"},  // one word
        {"", "ab1cd"},
        {"", "ab’"},
        {"", "(magnesium "},
        {"", "5 mg\n"},
        {"per serving | per day\n", "5 mg 7 mg\n"},
        {"", "80 mg 20% "},
        {"", "magnesium citrate 500 mg "},
        {"", "μαγνήσιο "},
        {"magnesium aaa bbb ccc ddd ", "1% "},
    };
    for (const auto& [beginning, again] : texts) {
        INFO(beginning << again);
        const double small = std::max(kLeast, seconds_for(beginning, again, kBytes));
        CHECK(seconds_for(beginning, again, 8 * kBytes) < 32 * small);
    }
}

TEST_CASE("a page and its text get the same answer", "[scanner]") {
    const std::string text = "Supplement Facts\nServing Size 2 Capsules\nMagnesium (as Magnesium Oxide) 250 mg 60%";
    ocr::Page page = photographed(text, 30, 0.95F);
    page.width = page.height = 0;  // as a device that gives no places
    const json of_page = scan::report_json(scan::report_of_page(page, "a"));
    const json of_text = scan::report_json(*scan::report_of_text(text, "a"));
    REQUIRE(of_page["magnesium"].size() == 1);
    CHECK(of_page["elemental_magnesium"]["per_serving_mg"] == of_text["elemental_magnesium"]["per_serving_mg"]);
    CHECK(of_page["magnesium"][0]["forms"] == of_text["magnesium"][0]["forms"]);
}

TEST_CASE("several photos of one product are one report", "[scanner]") {
    const auto scanner = scan::Scanner::create({.models = MAGSCAN_SOURCE_DIR "/models", .threads = 1});
    REQUIRE(scanner.has_value());
    const auto panel = sample_photo();
    const auto bad = bytes_of("no photo");
    const auto report = scanner->scan_product(std::vector<scan::Photo>{{panel, "a.jpg"}, {panel, "b.jpg"}});
    REQUIRE(report.has_value());
    const json written = scan::report_json(*report);
    CHECK(schema_errors(written) == "");
    CHECK(written["source"]["kind"] == "photos");
    CHECK(written["source"]["name"] == "a.jpg");
    REQUIRE(written["source"]["images"].size() == 2);
    CHECK(written["source"]["images"][1]["name"] == "b.jpg");
    for (const json& evidence : written["magnesium"][0]["evidence"]) CHECK(evidence["image"] == 0);  // one photo twice

    const auto failed = scanner->scan_product(std::vector<scan::Photo>{{panel, "a.jpg"}, {bad, "b.jpg"}});
    REQUIRE_FALSE(failed.has_value());
    CHECK(failed.error().kind == ScanError::Kind::kNotAPicture);
    CHECK(failed.error().photo == 1);
    for (const std::size_t count : {0U, 1U, 7U}) {
        const auto wrong = scanner->scan_product(std::vector<scan::Photo>(count, {panel, "a.jpg"}));
        REQUIRE_FALSE(wrong.has_value());
        CHECK(wrong.error().kind == ScanError::Kind::kUsage);
    }
}

TEST_CASE("pages of one product: a page seen twice is no witness, an unread one is named", "[scanner]") {
    const ocr::Page row = photographed("Supplement Facts\nMagnesium (as Magnesium Malate) 144 mg", 30, 0.95F);
    const ocr::Page blank = photographed("ab", 30, 0.95F);
    const auto once = scan::report_of_pages(std::vector{row}, "p");
    const auto twice = scan::report_of_pages(std::vector{row, row}, "p");
    CHECK(twice.assessment.confidence == once.assessment.confidence);
    CHECK(twice.source.name == "p");
    const auto report = scan::report_of_pages(std::vector{row, blank}, "p");
    CHECK(report.assessment.per_serving->value == 144.0);
    CHECK(report.assessment.entries.front().evidence.front().image == 0);
    REQUIRE(has(report.warnings, "not_a_label"));
    const auto named = std::find_if(report.warnings.begin(), report.warnings.end(),
                                    [](const parser::Warning& w) { return w.code == "not_a_label"; });
    CHECK(named->message.rfind("Photo 2: ", 0) == 0);
}

TEST_CASE("a person and a place change the limits and nothing of the answer", "[scanner]") {
    const std::string label = "Supplement Facts\nMagnesium (as citrate) 300 mg 71%";
    const auto plain = scan::report_of_text(label, "a");
    scan::ReportOptions options;
    options.profile.age_years = 5;
    options.jurisdiction = calc::Jurisdiction::kCanada;
    const auto asked = scan::report_of_text(label, "a", options);
    CHECK(plain->limits.size() >= 5);
    CHECK_FALSE(plain->intake);
    REQUIRE(asked->limits.size() == 2);
    CHECK(asked->limits.front().limit_mg == 110);
    CHECK(asked->limits.front().exceeded == true);
    CHECK(asked->intake->high_mg == 130);
    json a = scan::report_json(*plain), b = scan::report_json(*asked);
    for (json* report : {&a, &b}) {
        report->erase("limits");
        report->erase("timings_ms");
        // The note tells of the limits and of who has to be careful.
        (*report)["suitability"].erase("summary");
        (*report)["suitability"].erase("cautions");
    }
    CHECK(a == b);
}
