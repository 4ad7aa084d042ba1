// --profile and --jurisdiction: whose limits an answer is held against.
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/support/run.h"
#include "tests/support/schema.h"

using nlohmann::json;

namespace {

constexpr const char* kLabel =
    "Supplement Facts\nServing Size 2 Tablets\nMagnesium (as magnesium oxide) 200 mg 48%\n"
    "Directions: take 2 tablets twice a day\n";

json parsed(std::vector<std::string> options) {
    options.insert(options.begin(), {"parse", "--json"});
    const Run run = magscan(options, kLabel);
    INFO(run.err);
    REQUIRE(run.code == 0);
    json report = json::parse(run.out);
    CHECK(schema_errors(report) == "");
    return report;
}

std::vector<double> limits_of(const json& report) {
    std::vector<double> out;
    for (const json& limit : report["limits"]) out.push_back(limit["limit_mg"]);
    return out;
}

}  // namespace

TEST_CASE("a report holds the day's amount against each authority's limit") {
    const json report = parsed({});
    CHECK(report["elemental_magnesium"]["per_day_mg"]["value"] == 400);
    REQUIRE(limits_of(report) == std::vector<double>{350, 250, 360, 400, 500, 350, 350});
    CHECK(report["limits"][0]["authority"] == "Institute of Medicine (US)");
    CHECK(report["limits"][0]["exceeded"] == true);
    CHECK(report["limits"][3]["exceeded"] == false);  // just the British guidance level
    CHECK(report["limits"][4]["exceeded"] == false);
}

TEST_CASE("a person and a place choose the limits") {
    CHECK(limits_of(parsed({"--jurisdiction", "uk"})) == std::vector<double>{400, 250});
    CHECK(limits_of(parsed({"--jurisdiction", "ca", "--profile", "age=6"})) == std::vector<double>{110, 110});
    const json infant = parsed({"--profile", "age=6m"});
    CHECK(infant["limits"].empty());
    const long told = std::count_if(infant["warnings"].begin(), infant["warnings"].end(),
                                    [](const json& warning) { return warning["code"] == "no_limit_for_age"; });
    CHECK(told == 5);

    const Run run = magscan({"parse", "--profile", "pregnant,age=31", "--jurisdiction", "eu"}, kLabel);
    CHECK(run.out.find("Limits      EU 250 mg a day from supplements: over (400 mg)\n") != std::string::npos);
    CHECK(run.out.find("133 % of the recommended total daily intake of 300 mg") != std::string::npos);
    CHECK(run.out.find("counts food too") != std::string::npos);
}

TEST_CASE("photos, several photos and lines take the same options") {
    const std::string panel = sample("magnesium/bottle_bisglycinate.jpg");
    const std::string front = sample("magnesium/front_bisglycinate.jpg");
    for (const std::vector<std::string>& input :
         std::vector<std::vector<std::string>>{{panel}, {"--same-product", front, panel}}) {
        std::vector<std::string> arguments = {"scan", "--json", "--profile", "age=12,sex=f", "--jurisdiction", "ca"};
        arguments.insert(arguments.end(), input.begin(), input.end());
        const Run run = magscan(arguments);
        REQUIRE(run.code == 0);
        CHECK(limits_of(json::parse(run.out)) == std::vector<double>{350, 250});
    }
    const json line = {{"id", "a"}, {"text", kLabel}};
    const Run run = magscan({"parse", "--jsonl", "--jurisdiction", "uk"}, line.dump() + "\n");
    REQUIRE(run.code == 0);
    CHECK(limits_of(json::parse(run.out)) == std::vector<double>{400, 250});
}

TEST_CASE("an option that names nobody or nowhere is a wrong use that teaches") {
    for (const char* command : {"scan", "parse"}) {
        for (const std::vector<std::string>& wrong :
             std::vector<std::vector<std::string>>{{"--profile", "child"},
                                                   {"--profile", "age=400"},
                                                   {"--profile", "pregnant,sex=m"},
                                                   {"--profile", ""}}) {
            const Run run = magscan({command, wrong[0], wrong[1], "x"});
            INFO(command << " " << wrong[1] << ": " << run.err);
            CHECK(run.code == 2);
            CHECK(run.out.empty());
            CHECK(std::count(run.err.begin(), run.err.end(), '\n') == 1);
            CHECK(run.err.rfind("magscan: --profile: ", 0) == 0);
            CHECK(run.err.find("age=YEARS") != std::string::npos);
        }
        const Run run = magscan({command, "--jurisdiction", "mars", "x"});
        CHECK(run.code == 2);
        CHECK(run.err.find("us, eu, uk, ca, au") != std::string::npos);
        const Run help = magscan({command, "--help"});
        CHECK(help.out.find("--profile age=12,sex=f --jurisdiction uk") != std::string::npos);
    }
}
