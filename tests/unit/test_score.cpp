#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "scan/score.h"

using namespace magscan;
using nlohmann::json;

namespace {

constexpr const char* kFolder = MAGSCAN_SOURCE_DIR "/tests/fixtures/score/";

std::vector<json> lines_of(const std::string& name) {
    std::ifstream in(kFolder + name);
    auto lines = scan::read_json_lines(in);
    REQUIRE(lines.has_value());
    return *lines;
}

std::string text_of(const std::string& name) {
    std::ifstream in(kFolder + name);
    REQUIRE(in.good());
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

scan::ScoreCard fixture_card() {
    return scan::score(lines_of("truth.jsonl"), lines_of("reports.jsonl"));
}

json report_with(const char* status, const json& value, double confidence) {
    json report =
        json::parse(R"({"source": {"name": "a"}, "outcome": "complete", "magnesium": [{"forms": ["citrate"]}]})");
    report["elemental_magnesium"]["status"] = status;
    report["elemental_magnesium"]["per_serving_mg"]["value"] = value;
    report["elemental_magnesium"]["confidence"] = confidence;
    return report;
}

const json kCitrate200 = json::parse(R"({"id": "a", "forms": ["citrate"], "elemental_mg_per_serving": 200})");

}  // namespace

// The expected files were worked out by another program that follows the same definitions.
TEST_CASE("the fixture's figures come out as worked out independently", "[score]") {
    const scan::ScoreCard card = fixture_card();
    CHECK(scan::score_table(card) == text_of("expected_table.txt"));
    CHECK(scan::score_json(card) == text_of("expected.json"));
    std::string listed;
    for (const std::string& line : card.wrong) listed += line + "\n";
    CHECK(listed == text_of("expected_list.txt"));
}

TEST_CASE("the tolerance is 1 mg or 1 percent, whichever is more", "[score]") {
    const auto elemental = [](double got, double want) {
        json truth = kCitrate200;
        truth["elemental_mg_per_serving"] = want;
        const json report = report_with("stated", got, 0.9);
        return *scan::judge(truth, &report).figures[scan::kElemental];
    };
    CHECK(elemental(51, 50));
    CHECK_FALSE(elemental(51.1, 50));
    CHECK(elemental(404, 400));
    CHECK_FALSE(elemental(404.1, 400));
}

TEST_CASE("harm is a wrong figure that is stood by", "[score]") {
    const auto harm = [](const char* status, const json& value, double confidence) {
        const json report = report_with(status, value, confidence);
        return scan::judge(kCitrate200, &report).harm;
    };
    CHECK(harm("stated", 400, 0.8));
    CHECK(harm("derived", 400, 0.99));
    CHECK_FALSE(harm("stated", 400, 0.79));
    CHECK_FALSE(harm("estimated", 400, 0.99));
    CHECK_FALSE(harm("stated", nullptr, 0.99));
    CHECK_FALSE(harm("stated", 200, 0.99));
}

TEST_CASE("a label without a report is wrong but does no harm", "[score]") {
    const scan::Judgement judgement = scan::judge(kCitrate200, nullptr);
    CHECK(judgement.missing);
    CHECK_FALSE(judgement.harm);
    CHECK(judgement.figures[scan::kLabel] == false);
    CHECK_FALSE(judgement.figures[scan::kServing].has_value());
}

TEST_CASE("a line that is no object is named", "[score]") {
    std::istringstream in("{\"id\": \"a\"}\n\n[1, 2]\n");
    const auto lines = scan::read_json_lines(in);
    REQUIRE_FALSE(lines.has_value());
    CHECK(lines.error().line == 3);
}

TEST_CASE("reports of any shape are judged without trouble", "[score]") {
    for (const char* odd :
         {"{}", R"({"source": 1, "outcome": 2, "magnesium": {"a": 1}, "elemental_magnesium": []})",
          R"({"magnesium": [1, null, {"forms": "citrate"}], "elemental_magnesium": {"status": 7}})"}) {
        const json report = json::parse(odd);
        const scan::Judgement judgement = scan::judge(kCitrate200, &report);
        CHECK(judgement.figures[scan::kLabel] == false);
        CHECK_FALSE(judgement.harm);
    }
    CHECK(scan::score_json(scan::score({}, {})) == "{}\n");
}
