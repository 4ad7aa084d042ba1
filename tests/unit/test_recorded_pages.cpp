// What was once read on the sample photos, replayed through parser and calculation: these tests know no recogniser and
// stay the same when reading changes. Record anew with: magscan scan --page --json PHOTO > tests/pages/NAME.json
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "calc/assess.h"
#include "ocr/page_json.h"
#include "parser/label_parser.h"

using namespace magscan;
using nlohmann::json;

namespace {

const std::filesystem::path kSource = MAGSCAN_SOURCE_DIR;

// The truth beside the photo that the page was read from.
json truth_of(const std::string& name) {
    std::ifstream file(kSource / "samples/photos/magnesium/truth.jsonl");
    for (std::string line; std::getline(file, line);) {
        json truth = json::parse(line);
        if (std::filesystem::path(truth["file"].get<std::string>()).stem() == name) return truth;
    }
    FAIL("no truth for " << name);
    return {};
}

}  // namespace

TEST_CASE("recorded pages are understood as their labels are", "[pages]") {
    std::size_t pages = 0;
    for (const auto& entry : std::filesystem::directory_iterator(kSource / "tests/pages")) {
        const std::string name = entry.path().stem().string();
        INFO(name);
        std::ifstream file(entry.path());
        const auto page = ocr::page_from_json(json::parse(file));
        REQUIRE(page);
        const auto assessment = calc::assess(parser::parse_page(*page));
        const json truth = truth_of(name);

        std::set<std::string> forms;
        for (const auto& e : assessment.entries) forms.insert(e.forms.begin(), e.forms.end());
        CHECK(forms == truth["forms"].get<std::set<std::string>>());

        const bool firm = assessment.status == calc::Status::kStated || assessment.status == calc::Status::kDerived;
        if (truth["elemental_mg_per_serving"].is_null()) {
            CHECK_FALSE(firm);
        } else {
            REQUIRE(firm);
            const auto& interval = assessment.per_serving ? assessment.per_serving : assessment.per_unit;
            REQUIRE(interval);
            CHECK(*interval->value == Approx(truth["elemental_mg_per_serving"].get<double>()));
        }
        if (!truth["units_per_serving"].is_null()) {
            REQUIRE(assessment.serving);
            CHECK(assessment.serving->units == truth["units_per_serving"].get<double>());
        }
        for (const auto& e : assessment.entries) CHECK(e.evidence.front().polygon.size() >= 4);
        ++pages;
    }
    CHECK(pages >= 8);
}
