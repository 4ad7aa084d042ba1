// What magscan answers, from the outside.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <set>
#include <sstream>

#include "tests/support/run.h"
#include "tests/support/schema.h"
#include "tests/support/scratch.h"

using nlohmann::json;

namespace {

constexpr const char* kSample = "magnesium/bottle_bisglycinate.jpg";

std::vector<json> reports_of(const std::string& lines) {
    std::vector<json> out;
    std::istringstream in(lines);
    for (std::string line; std::getline(in, line);) {
        json report = json::parse(line, nullptr, false);
        REQUIRE(report.is_object());
        out.push_back(std::move(report));
    }
    return out;
}

json report_of(const std::vector<std::string>& arguments, const std::string& input = "") {
    const Run run = magscan(arguments, input);
    INFO(run.err);
    REQUIRE(run.code == 0);
    const std::vector<json> reports = reports_of(run.out);
    REQUIRE(reports.size() == 1);
    return reports.front();
}

json without_timings(json report) {
    report.erase("timings_ms");
    return report;
}

bool warns(const json& report, const std::string& code) {
    return std::any_of(report["warnings"].begin(), report["warnings"].end(),
                       [&](const json& warning) { return warning["code"] == code; });
}

}  // namespace

TEST_CASE("people get the elemental figure first") {
    const Run run = magscan({"scan", sample(kSample)});
    CHECK(run.code == 0);
    CHECK(run.out.rfind("bottle_bisglycinate.jpg\nAnswer      200 mg elemental magnesium per serving", 0) == 0);
    CHECK(run.out.find("magnesium bisglycinate") != std::string::npos);
}

TEST_CASE("the same photo gives the same report for one thread and for two") {
    for (const char* name : {kSample, "magnesium/bottle_malate_sideways.jpg"}) {
        const json one = report_of({"scan", "--json", "--threads", "1", sample(name)});
        const json two = report_of({"scan", "--json", "--threads", "2", sample(name)});
        CHECK(without_timings(one) == without_timings(two));
    }
}

TEST_CASE("several photos, read at once, are answered in the order of their names on the command line") {
    const std::vector<std::string> names{"magnesium/bottle_blend_12mp.jpg", kSample, "faults/street_sign.jpg",
                                         "magnesium/box_citrate_it.jpg"};
    std::vector<std::string> arguments{"scan", "--json", "--threads", "4"};
    for (const std::string& name : names) arguments.push_back(sample(name));
    const std::vector<json> together = reports_of(magscan(arguments).out);
    REQUIRE(together.size() == names.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
        const Run alone = magscan({"scan", "--json", "--threads", "1", sample(names[i])});
        CHECK(without_timings(together[i]) == without_timings(reports_of(alone.out).at(0)));
    }
}

TEST_CASE("without the text detector magscan goes on and says so") {
    const json with = report_of({"scan", "--json", sample(kSample)});
    CHECK(with["engine"]["detector"] == "ppocr-v4-det");
    CHECK_FALSE(warns(with, "detector_missing"));

    const Run run = magscan({"scan", "--json", "--models", "/nonexistent", sample(kSample)});
    CHECK((run.code == 0 || run.code == 4));
    const std::vector<json> reports = reports_of(run.out);
    REQUIRE(reports.size() == 1);
    CHECK(reports[0]["engine"]["detector"] == "tesseract-layout");
    CHECK(warns(reports[0], "detector_missing"));
    CHECK(schema_errors(reports[0]) == "");
}

TEST_CASE("a photo of twelve megapixels stays within the memory promised") {
    const Run run = magscan({"scan", "--json", sample("magnesium/bottle_blend_12mp.jpg")});
    CHECK(run.code == 0);
#ifndef __SANITIZE_ADDRESS__
    CHECK(run.peak_kilobytes < 500'000);
#endif
}

TEST_CASE("evidence lies on the photo as it was sent") {
    const json report = report_of({"scan", "--json", sample(kSample)});
    const json& image = report["source"]["images"][0];
    int points = 0;
    for (const json& entry : report["magnesium"]) {
        for (const json& evidence : entry["evidence"]) {
            for (const json& point : evidence["polygon"]) {
                CHECK(point[0].get<double>() >= -2);
                CHECK(point[1].get<double>() >= -2);
                CHECK(point[0].get<double>() <= image["width"].get<double>() + 2);
                CHECK(point[1].get<double>() <= image["height"].get<double>() + 2);
                ++points;
            }
        }
    }
    CHECK(points >= 4);
}

TEST_CASE("the annotated photo appears at once and alone") {
    const Scratch scratch;
    const std::string out = scratch.path("seen.png");
    CHECK(magscan({"scan", "--annotate", out, sample(kSample)}).code == 0);
    CHECK(scratch.names() == std::vector<std::string>{"seen.png"});
    const std::string first = read_file(out);
    CHECK(first.rfind("\x89PNG", 0) == 0);
    scratch.file("seen.png", "something older");
    CHECK(magscan({"scan", "--annotate", out, sample(kSample)}).code == 0);
    CHECK(read_file(out) == first);
}

TEST_CASE("front and panel of one product are one answer") {
    const std::string front = sample("magnesium/front_bisglycinate.jpg");
    const Scratch scratch;
    const std::string out = scratch.path("seen.png");
    const json report = report_of({"scan", "--json", "--same-product", "--annotate", out, front, sample(kSample)});
    CHECK(schema_errors(report) == "");
    CHECK(report["source"]["kind"] == "photos");
    CHECK(report["source"]["name"] == "front_bisglycinate.jpg");
    REQUIRE(report["source"]["images"].size() == 2);
    CHECK(report["source"]["images"][1]["name"] == "bottle_bisglycinate.jpg");
    CHECK(report["elemental_magnesium"]["per_serving_mg"]["value"] == 200);
    CHECK(report["elemental_magnesium"]["status"] == "stated");
    CHECK(report["serving"]["units"] == 2);
    CHECK_FALSE(warns(report, "photos_disagree"));
    std::set<int> photos;
    for (const json& entry : report["magnesium"]) {
        for (const json& evidence : entry["evidence"]) photos.insert(evidence["image"].get<int>());
    }
    CHECK(photos == std::set<int>{0, 1});
    CHECK(scratch.names() == std::vector<std::string>{"seen.png"});
    CHECK(read_file(out).rfind("\x89PNG", 0) == 0);

    const Run people = magscan({"scan", "--same-product", front, sample(kSample)});
    CHECK(people.out.find(
              "Photos      1: front_bisglycinate.jpg\n            2: bottle_bisglycinate.jpg\nAnswer      200 mg") !=
          std::string::npos);
    CHECK(people.out.find("read on photo 2: \"") != std::string::npos);
}

TEST_CASE("photos of two products are told") {
    const json report =
        report_of({"scan", "--json", "--same-product", sample(kSample), sample("magnesium/box_oxide_leaders.jpg")});
    CHECK(warns(report, "photos_disagree"));
    CHECK(report["elemental_magnesium"]["per_serving_mg"]["value"].is_null());
}

TEST_CASE("what was read can be printed, and read in again to the same answer") {
    const Run text = magscan({"scan", "--page", sample(kSample)});
    CHECK(text.code == 0);
    CHECK(text.out.find("Magnesium") != std::string::npos);

    const Run page = magscan({"scan", "--page", "--json", sample(kSample)});
    REQUIRE(page.code == 0);
    const std::string line = R"({"id": "b1", "page": )" + page.out.substr(0, page.out.size() - 1) + "}\n";
    const json again = report_of({"parse", "--jsonl"}, line);
    const json scanned = report_of({"scan", "--json", sample(kSample)});
    CHECK(again["source"]["name"] == "b1");
    CHECK(again["source"]["kind"] == "text");
    for (const char* key : {"outcome", "serving", "magnesium", "elemental_magnesium", "checks"}) {
        CHECK(again[key] == scanned[key]);
    }
}

TEST_CASE("the text of one label is answered") {
    const std::string text = "Supplement Facts\nServing Size 2 capsules\nMagnesium (as magnesium citrate) 200 mg 48%\n";
    const json report = report_of({"parse", "--json"}, text);
    CHECK(schema_errors(report) == "");
    CHECK(report["source"]["name"] == "stdin");
    CHECK(report["source"]["kind"] == "text");
    CHECK(report["engine"]["detector"].is_null());
    CHECK(report["elemental_magnesium"]["per_serving_mg"]["value"] == 200);
    CHECK(report["magnesium"][0]["forms"] == json({"citrate"}));

    const Scratch scratch;
    const json of_file = report_of({"parse", "--json", scratch.file("label.txt", text)});
    CHECK(of_file["source"]["name"] == "label.txt");
    CHECK(of_file["elemental_magnesium"] == report["elemental_magnesium"]);
    CHECK(magscan({"parse", "-"}, text).out.find("200 mg elemental magnesium") != std::string::npos);
}

TEST_CASE("hostile text is answered like any other") {
    CHECK(magscan({"parse"}, "").code == 4);
    CHECK(magscan({"parse"}, std::string(1000, '\0')).code == 4);
    const Run bytes = magscan({"parse", "--json"}, "Magnesium 200 mg \xff\xfe\xc3(\n");
    REQUIRE(bytes.code == 0);
    CHECK(schema_errors(reports_of(bytes.out).at(0)) == "");
    const Run long_text = magscan({"parse"}, std::string(2'000'000, 'a'));
    CHECK(long_text.code == 3);
    CHECK(long_text.err.find("larger than 1.0 MB") != std::string::npos);
}

TEST_CASE("labels come one a line, and a malformed line is named") {
    const std::string input =
        "{\"id\": \"a\", \"text\": \"Magnesium (as citrate) 100 mg 24%\"}\n"
        "no JSON\n"
        "\n"
        "{\"id\": 7, \"text\": \"Vitamin C 500 mg from ascorbic acid with rose hips\"}\n"
        "{\"text\": \"no id\"}\n"
        "{\"id\": \"c\"}\n"
        "{\"id\": \"d\", \"page\": {\"lines\": 5}}\n"
        "{\"id\": \"e\", \"page\": {\"lines\": [{\"text\": \"Magnesium (as oxide) 250 mg 60%\"}]}}";
    const json several =
        report_of({"parse", "--jsonl"},
                  R"({"id": "p", "pages": [{"lines": [{"text": "Magnesium Oxide 400 mg"}]},)"
                  R"({"lines": [{"text": "Supplement Facts"}, {"text": "Magnesium (as oxide) 250 mg 60%"}]}]})");
    CHECK(schema_errors(several) == "");
    CHECK(several["source"]["name"] == "p");
    CHECK(several["elemental_magnesium"]["per_serving_mg"]["value"] == 250);
    for (const char* pages : {"5", "[]", "[{}, {}, {}, {}, {}, {}, {}]", "[{\"lines\": 5}]"}) {
        CHECK(magscan({"parse", "--jsonl"}, std::string("{\"id\": \"p\", \"pages\": ") + pages + "}").code == 3);
    }

    const Run run = magscan({"parse", "--jsonl"}, input);
    CHECK(run.code == 3);
    const std::vector<json> reports = reports_of(run.out);
    REQUIRE(reports.size() == 3);
    CHECK(reports[0]["source"]["name"] == "a");
    CHECK(reports[1]["source"]["name"] == "7");
    CHECK(reports[1]["outcome"] == "no_magnesium");
    CHECK(reports[2]["source"]["name"] == "e");
    CHECK(reports[2]["elemental_magnesium"]["per_serving_mg"]["value"] == 250);
    for (const json& report : reports) CHECK(schema_errors(report) == "");
    for (const char* line : {"line 2: ", "line 5: ", "line 6: ", "line 7: "}) {
        CHECK(run.err.find(line) != std::string::npos);
    }
    CHECK(std::count(run.err.begin(), run.err.end(), '\n') == 4);
    CHECK(magscan({"parse", "--jsonl"}, input.substr(0, input.find('\n') + 1)).code == 0);
}

TEST_CASE("reports are compared with the truth") {
    const std::string folder = MAGSCAN_SOURCE_DIR "/tests/fixtures/score/";
    const Run table = magscan({"score", folder + "truth.jsonl", folder + "reports.jsonl"});
    CHECK(table.code == 0);
    CHECK(table.out == read_file(folder + "expected_table.txt"));
    const Run all = magscan({"score", "--list", "--json", folder + "truth.jsonl", folder + "reports.jsonl"});
    CHECK(all.out == read_file(folder + "expected_list.txt") + read_file(folder + "expected.json"));

    const Scratch scratch;
    const Run bad = magscan({"score", folder + "truth.jsonl", scratch.file("bad.jsonl", "{}\n{\n")});
    CHECK(bad.code == 3);
    CHECK(bad.err.find("line 2: ") != std::string::npos);
    CHECK(magscan({"score", scratch.path("none"), folder + "reports.jsonl"}).code == 3);
}
