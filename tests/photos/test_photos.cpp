// Photos in, answers out: magscan on the project's own photos, as a user runs it. Each folder of samples/photos has a
// budget: so many labels at least must be fully right, and so many wrong figures at most may be given with confidence.
// A budget may only be raised; the test says where there is room.
#define CATCH_CONFIG_MAIN
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

const fs::path kPhotos = fs::path(MAGSCAN_SOURCE_DIR) / "samples" / "photos";
const fs::path kBudgets = fs::path(MAGSCAN_SOURCE_DIR) / "tests" / "photos" / "budgets.json";
const std::string kNoDetector = "tesseract-layout";  // lines found by Tesseract itself: reads fewer labels

// A folder of its own for a test's files, gone with it.
class ScratchFolder {
  public:
    ScratchFolder() {
        std::string name = (fs::temp_directory_path() / "magscan-photos-XXXXXX").string();
        if (mkdtemp(name.data()) != nullptr) path_ = name;
    }
    ~ScratchFolder() {
        std::error_code ignored;
        if (!path_.empty()) fs::remove_all(path_, ignored);
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;

    const fs::path& path() const { return path_; }

  private:
    fs::path path_;
};

std::vector<json> lines_of(const fs::path& file) {
    std::ifstream in(file);
    REQUIRE(in);
    std::vector<json> rows;
    for (std::string line; std::getline(in, line);) {
        if (!line.empty()) rows.push_back(json::parse(line));
    }
    return rows;
}

json json_of(const fs::path& file) {
    std::ifstream in(file);
    REQUIRE(in);
    return json::parse(in);
}

std::string quoted(const std::string& word) {
    std::string out = "'";
    for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

// Runs magscan with the arguments, its answer into `out`, its messages into `out` + ".err"; its exit code.
int magscan(const std::vector<std::string>& arguments, const fs::path& out) {
    std::string command = quoted(MAGSCAN_EXECUTABLE);
    for (const std::string& argument : arguments) command += " " + quoted(argument);
    command += " > " + quoted(out.string()) + " 2> " + quoted(out.string() + ".err") + " < /dev/null";
    const int status = std::system(command.c_str());
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

struct Outcome {
    int labels = 0;
    int right = 0;
    int harm = 0;
    bool has_detector = true;
    std::string wrong;  // a line for each label that is wrong
};

// Scans the folder's photos and scores what came out.
// What the report finds wrong with the photo; that little or nothing was read comes on top of a reason.
std::set<std::string> faults_in(const json& report) {
    std::set<std::string> out;
    for (const json& warning : report.at("warnings")) out.insert(warning.at("code").get<std::string>());
    for (const char* code : {"detector_missing", "nothing_read", "hard_to_read"}) out.erase(code);
    return out;
}

Outcome outcome_of(const fs::path& folder) {
    const ScratchFolder scratch;
    REQUIRE_FALSE(scratch.path().empty());
    const fs::path reports = scratch.path() / "reports.jsonl";
    const fs::path score = scratch.path() / "score.json";
    const fs::path truth = folder / "truth.jsonl";

    std::vector<std::string> arguments{"scan", "--json"};
    for (const json& row : lines_of(truth)) {
        arguments.push_back((folder / row.at("file").get<std::string>()).string());
    }
    // 4: there was a photo with nothing legible on it, which is an answer too.
    const int code = magscan(arguments, reports);
    CHECK((code == 0 || code == 4));

    Outcome outcome;
    std::vector<json> rows = lines_of(truth);
    for (const json& report : lines_of(reports)) {
        for (const json& row : rows) {
            if (row.at("file") != report.at("source").at("name")) continue;
            const std::set<std::string> named = faults_in(report);
            INFO(row.at("file") << ": " << report.at("warnings"));
            CHECK(named == row.at("warnings").get<std::set<std::string>>());
        }
        outcome.has_detector = outcome.has_detector && report.at("engine").at("detector") != kNoDetector;
    }

    REQUIRE(magscan({"score", truth.string(), reports.string(), "--json"}, score) == 0);
    const json figures = json_of(score).at("all");
    CHECK(figures.at("missing") == 0);
    outcome.labels = figures.at("n");
    outcome.harm = figures.at("harm");
    outcome.right = static_cast<int>(std::lround(figures.at("label").get<double>() * outcome.labels / 100));

    REQUIRE(magscan({"score", truth.string(), reports.string(), "--list"}, score) == 0);
    std::ifstream list(score);
    outcome.wrong.assign(std::istreambuf_iterator<char>(list), {});
    return outcome;
}

void check_budget(const std::string& name) {
    const json budget = json_of(kBudgets).at(name);
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
    const json budgets = json_of(kBudgets);
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
