// Photos in, answers out: magscan on the project's own photos, as a user runs it. Each folder of samples/photos has a
// budget: so many labels at least must be fully right, and so many wrong figures at most may be given with confidence.
// A budget may only be raised; the test says where there is room.
#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/run.h"
#include "tests/support/schema.h"
#include "tests/support/scratch.h"

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

const fs::path kPhotos = fs::path(MAGSCAN_SOURCE_DIR) / "samples" / "photos";
const fs::path kBudgets = fs::path(MAGSCAN_SOURCE_DIR) / "tests" / "photos" / "budgets.json";
const std::string kNoDetector = "tesseract-layout";  // lines found by Tesseract itself: reads fewer labels

std::vector<json> json_lines(const std::string& text) {
    std::vector<json> rows;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);)
        if (!line.empty()) rows.push_back(json::parse(line));
    return rows;
}

std::vector<json> lines_of(const fs::path& file) {
    REQUIRE(fs::is_regular_file(file));
    return json_lines(read_file(file.string()));
}

struct Outcome {
    int labels = 0;
    int right = 0;
    int harm = 0;
    bool has_detector = true;
    std::string wrong;  // a line for each label that is wrong
};

// What the report finds wrong with the photo; that little or nothing was read comes on top of a reason.
std::set<std::string> faults_in(const json& report) {
    std::set<std::string> out;
    for (const json& warning : report.at("warnings")) out.insert(warning.at("code").get<std::string>());
    for (const char* code : {"detector_missing", "nothing_read", "hard_to_read"}) out.erase(code);
    return out;
}

void check_report(const json& report, const json& truth) {
    INFO(truth.at("file") << ": " << report.at("warnings"));
    CHECK(schema_errors(report) == "");
    CHECK(report.at("source").at("name") == truth.at("file"));
    CHECK(report.at("source").at("images").at(0).at("name") == truth.at("file"));
    CHECK(report.dump().find(MAGSCAN_SOURCE_DIR) == std::string::npos);  // a file's folder is nobody's business
    CHECK(report.at("timings_ms").contains("total"));
    CHECK(faults_in(report) == truth.at("warnings").get<std::set<std::string>>());
}

// Scans the folder's photos and scores what came out.
Outcome outcome_of(const fs::path& folder) {
    const fs::path truth = folder / "truth.jsonl";
    const std::vector<json> rows = lines_of(truth);
    std::vector<std::string> arguments{"scan", "--json"};
    for (const json& row : rows) arguments.push_back((folder / row.at("file").get<std::string>()).string());
    const Run scan = magscan(arguments);
    CHECK((scan.code == 0 || scan.code == 4));  // 4: nothing legible on a photo, which is an answer too
    CHECK(scan.err.empty());                    // progress is for terminals only

    Outcome outcome;
    const std::vector<json> reports = json_lines(scan.out);
    REQUIRE(reports.size() == rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        check_report(reports[i], rows[i]);
        outcome.has_detector = outcome.has_detector && reports[i].at("engine").at("detector") != kNoDetector;
    }

    const Scratch scratch;
    const std::string file = scratch.file("reports.jsonl", scan.out);
    const Run score = magscan({"score", truth.string(), file, "--json"});
    REQUIRE(score.code == 0);
    const json figures = json::parse(score.out).at("all");
    CHECK(figures.at("missing") == 0);
    outcome.labels = figures.at("n");
    outcome.harm = figures.at("harm");
    outcome.right = static_cast<int>(std::lround(figures.at("label").get<double>() * outcome.labels / 100));

    const Run list = magscan({"score", truth.string(), file, "--list"});
    REQUIRE(list.code == 0);
    outcome.wrong = list.out;
    return outcome;
}

void check_budget(const std::string& name) {
    const json budget = json::parse(read_file(kBudgets.string())).at(name);
    const int least_right = budget.at("least_right");
    const int most_harm = budget.at("most_harm");
    const Outcome outcome = outcome_of(kPhotos / name);
    INFO(name << ": " << outcome.right << " of " << outcome.labels << " right, " << outcome.harm << " harm\n"
              << outcome.wrong);
    CHECK(outcome.harm <= most_harm);
    if (!outcome.has_detector) {
        WARN(name << ": no text detector is installed, so the reads are not held to their budget");
        return;
    }
    CHECK(outcome.right >= least_right);
    if (outcome.right > least_right) {
        WARN(name << ": " << outcome.right << " right, " << outcome.right - least_right
                  << " beyond the budget: raise least_right in tests/photos/budgets.json");
    }
}

}  // namespace

TEST_CASE("labels that name magnesium are read within their budget") {
    check_budget("magnesium");
}

TEST_CASE("pictures without magnesium report none") {
    check_budget("no_magnesium");
}

TEST_CASE("what is wrong with a photo is named, and nothing else") {
    check_budget("faults");
}

TEST_CASE("each sample photo has its truth, and each truth its photo") {
    const json budgets = json::parse(read_file(kBudgets.string()));
    for (const auto& [name, budget] : budgets.items()) {
        INFO(name);
        std::set<std::string> told;
        for (const json& row : lines_of(kPhotos / name / "truth.jsonl")) {
            const std::string file = row.at("file");
            INFO(file);
            CHECK(told.insert(file).second);
            CHECK(fs::is_regular_file(kPhotos / name / file));
        }
        std::set<std::string> found;
        for (const fs::directory_entry& entry : fs::directory_iterator(kPhotos / name)) {
            if (entry.path().filename() != "truth.jsonl") found.insert(entry.path().filename().string());
        }
        CHECK(told == found);
        CHECK(budget.at("least_right").get<int>() <= static_cast<int>(told.size()));
    }
}

TEST_CASE("the truths of the sample photos agree with themselves") {
    const std::vector<json> named = lines_of(kPhotos / "magnesium" / "truth.jsonl");
    CHECK(named.size() >= 12);
    for (const json& row : named) {
        INFO(row.dump());
        CHECK_FALSE(row.at("forms").empty());
        const json& amount = row.at("elemental_mg_per_serving");
        bool is_printed = amount.is_null();
        for (const json& line : row.at("printed")) {
            is_printed = is_printed || (line.at("meaning") == "elemental" && line.at("amount_mg") == amount);
        }
        CHECK(is_printed);
    }
    const std::vector<json> unnamed = lines_of(kPhotos / "no_magnesium" / "truth.jsonl");
    CHECK(unnamed.size() >= 6);
    for (const json& row : unnamed) {
        INFO(row.dump());
        CHECK(row.at("forms").empty());
        CHECK(row.at("elemental_mg_per_serving").is_null());
    }
}
