#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "scan/report_json.h"
#include "scan/scanner.h"
#include "tests/support/reports.h"
#include "tests/support/schema.h"

using namespace magscan;
using nlohmann::json;

namespace {

json written(const scan::Report& report) {
    return json::parse(scan::report_json_line(report));
}

}  // namespace

TEST_CASE("the schema check itself finds what is wrong", "[report]") {
    json report = written(stated_report());
    REQUIRE(schema_errors(report).empty());
    SECTION("a missing key") {
        report.erase("outcome");
    }
    SECTION("a key too many") {
        report["extra"] = 1;
    }
    SECTION("a word that is none of the outcomes") {
        report["outcome"] = "maybe";
    }
    SECTION("a confidence over one") {
        report["elemental_magnesium"]["confidence"] = 1.5;
    }
    SECTION("a polygon of three corners") {
        report["magnesium"][0]["evidence"][0]["polygon"].erase(0);
    }
    CHECK_FALSE(schema_errors(report).empty());
}

TEST_CASE("every kind of report keeps to the schema", "[report]") {
    CHECK(schema_errors(written(stated_report())) == "");
    CHECK(schema_errors(written(estimated_report())) == "");
    for (const auto outcome :
         {calc::Outcome::kComplete, calc::Outcome::kPartial, calc::Outcome::kNoMagnesium, calc::Outcome::kUnreadable}) {
        CHECK(schema_errors(written(empty_report(outcome))) == "");
    }
    scan::Report limited = stated_report();
    limited.limits = calc::limits_for(limited.assessment, {}, std::nullopt).limits;
    REQUIRE(limited.limits.size() >= 5);
    CHECK(schema_errors(written(limited)) == "");
}

TEST_CASE("a report's figures are written as they are known", "[report]") {
    const json report = written(stated_report());
    CHECK(report["outcome"] == "complete");
    CHECK(report["source"]["name"] == "bottle.jpg");
    CHECK(report["source"]["images"][0]["rotation"] == 90);
    CHECK(report["elemental_magnesium"]["status"] == "stated");
    CHECK(report["elemental_magnesium"]["per_serving_mg"] == json({{"value", 200}, {"low", 200}, {"high", 200}}));
    CHECK(report["elemental_magnesium"]["per_day_mg"].is_null());
    CHECK(report["serving"]["units"] == 2);
    CHECK(report["magnesium"][0]["amount"]["basis"] == "elemental");
    CHECK(report["magnesium"][0]["amount"]["per"] == "serving");
    CHECK(report["daily_values"]["us_dv_percent"] == 47.6);
    CHECK(report["checks"][1]["result"] == "skipped");
    CHECK(report["timings_ms"]["decode"] == 12.3);
    CHECK(written(estimated_report())["elemental_magnesium"]["per_unit_mg"]["value"].is_null());
}

TEST_CASE("servings a day are given only where they are one number", "[report]") {
    scan::Report report = stated_report();  // one to two a day
    CHECK(written(report)["serving"]["per_day"].is_null());
    report.assessment.serving->per_day_high = 1;
    CHECK(written(report)["serving"]["per_day"] == 1);
}

TEST_CASE("whole numbers are written without a decimal point", "[report]") {
    const std::string line = scan::report_json_line(stated_report());
    CHECK(line.find("\"value\":200,") != std::string::npos);
    CHECK(line.find('\n') == std::string::npos);
}

TEST_CASE("values that JSON or the schema can't hold are left out", "[report]") {
    scan::Report report = stated_report();
    report.assessment.confidence = std::numeric_limits<double>::quiet_NaN();
    report.assessment.us_dv_percent = std::numeric_limits<double>::infinity();
    report.assessment.serving->units = 0;
    report.assessment.entries[0].evidence[0].polygon.resize(2);
    report.assessment.entries[0].evidence[0].confidence = 1.2;
    const json out = written(report);
    CHECK(schema_errors(out) == "");
    CHECK(out["elemental_magnesium"]["confidence"] == 0);
    CHECK(out["daily_values"]["us_dv_percent"].is_null());
    CHECK(out["serving"]["units"].is_null());
    CHECK(out["magnesium"][0]["evidence"][0]["polygon"].is_null());
    CHECK(out["magnesium"][0]["evidence"][0]["confidence"] == 1);
}

TEST_CASE("bytes that are no UTF-8 do not break the JSON", "[report]") {
    scan::Report report = stated_report();
    report.source.name = "na\xffme\n\x01.jpg";
    const json out = written(report);
    CHECK(out["source"]["name"] == "na\xEF\xBF\xBDme\n\x01.jpg");
}

TEST_CASE("a note keeps to the schema and names its sources", "[report]") {
    const auto report = scan::report_of_text(
        "Supplement Facts\nServing Size 2 Capsules\nMagnesium (as Magnesium Bisglycinate) 200 mg 48%\n"
        "Vitamin B6 1.7 mg 100%",
        "label");
    REQUIRE(report);
    const json out = written(*report);
    CHECK(schema_errors(out) == "");
    const json& note = out["suitability"];
    REQUIRE(note.is_object());
    CHECK(note["summary"].get<std::string>().find("200 mg of magnesium itself") != std::string::npos);
    REQUIRE(note["forms"].size() == 1);
    CHECK(note["forms"][0]["form"] == "bisglycinate");
    CHECK(note["forms"][0]["absorption"]["high_percent"] == 23.5);
    CHECK(note["forms"][0]["purposes"].size() == 12);
    CHECK(note["forms"][0]["purposes"][0]["purpose"] == "sleep-onset");
    CHECK(note["forms"][0]["purposes"][0]["rating"] == "ok");
    CHECK(note["forms"][0]["purposes"][0]["evidence"] == "limited");
    CHECK(note["cautions"][0]["id"] == "kidney-disease");
    REQUIRE(note["label_notes"].size() == 1);
    CHECK(note["label_notes"][0]["id"] == "vitamin-b6");
    CHECK(note["label_notes"][0]["evidence"][0]["text"] == "Vitamin B6");
    CHECK_FALSE(note["disclaimer"].get<std::string>().empty());
}

TEST_CASE("a report's line is its JSON, with a note and without", "[report]") {
    for (const char* label :
         {"Magnesium (as magnesium oxide, magnesium citrate) 250 mg 60%\nZinc 5 mg", "Vitamin C 5 mg"}) {
        const auto report = scan::report_of_text(label, "a \"name\"");
        REQUIRE(report);
        CHECK(scan::report_json_line(*report) == scan::report_json(*report).dump());
    }
}

TEST_CASE("a form of which no percentage is known has none, and one of which nothing is known has null", "[report]") {
    const auto of = [](const char* text) { return written(*scan::report_of_text(text, "label")); };
    const json citrate = of("Magnesium (as magnesium citrate) 200 mg 48%")["suitability"]["forms"][0];
    CHECK_FALSE(citrate["absorption"].contains("low_percent"));
    CHECK_FALSE(citrate["absorption"]["evidence"].get<std::string>().empty());
    const json succinate = of("Magnesium (as magnesium succinate) 200 mg 48%")["suitability"]["forms"][0];
    CHECK(succinate["absorption"].is_null());
}

TEST_CASE("reports without magnesium have no note", "[report]") {
    CHECK(written(*scan::report_of_text("Vitamin C 500 mg Zinc 10 mg Selenium 50 mcg Copper 1 mg", "a"))["suitability"]
              .is_null());
    CHECK(written(*scan::report_of_text("", "b"))["suitability"].is_null());
}
