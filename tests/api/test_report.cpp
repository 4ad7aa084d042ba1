// The typed values of a report are those of its JSON.
#include <catch2/catch.hpp>
#include <cmath>
#include <optional>

#include "samples.h"

using magscan::Scanner;
using nlohmann::json;

namespace {

// As the JSON rounds it.
json number(double value, int digits) {
    const double scale = std::pow(10.0, digits);
    return std::round(value * scale) / scale;
}

template <class T>
json or_null(const std::optional<T>& value) {
    return value ? json(*value) : json(nullptr);
}

json number(const std::optional<double>& value, int digits) {
    return value ? number(*value, digits) : json(nullptr);
}

json interval(const std::optional<magscan::Interval>& value) {
    if (!value) return nullptr;
    return {{"value", number(value->value, 2)}, {"low", number(value->low, 2)}, {"high", number(value->high, 2)}};
}

json evidence(const std::vector<magscan::Evidence>& items) {
    json out = json::array();
    for (const auto& item : items) {
        json polygon = json::array();
        for (const auto& point : item.polygon) polygon.push_back({number(point.x, 1), number(point.y, 1)});
        out.push_back({{"image", item.image},
                       {"text", item.text},
                       {"confidence", number(item.confidence, 3)},
                       {"polygon", item.polygon.empty() ? json(nullptr) : polygon}});
    }
    return out;
}

json amount(const std::optional<magscan::PrintedAmount>& from) {
    if (!from) return nullptr;
    return {{"value_mg", number(from->mg, 2)},
            {"text", from->text},
            {"basis", magscan::name_of(from->basis)},
            {"rule", from->rule},
            {"per", magscan::name_of(from->per)}};
}

json serving(const std::optional<magscan::Serving>& from) {
    if (!from) return nullptr;
    return {{"units", number(from->units, 2)},
            {"unit", or_null(from->unit)},
            {"per_container", number(from->per_container, 2)},
            {"per_day", number(from->per_day, 2)},
            {"text", or_null(from->text)},
            {"evidence", evidence(from->evidence)}};
}

json rows(const magscan::Report& report) {
    json out = json::array();
    for (const auto& row : report.magnesium()) {
        out.push_back({{"forms", row.forms},
                       {"compounds", row.compounds},
                       {"form_text", or_null(row.form_text)},
                       {"amount", amount(row.amount)},
                       {"compound_mg", interval(row.compound_mg)},
                       {"elemental_mg", interval(row.elemental_mg)},
                       {"daily_value_percent", number(row.daily_value_percent, 1)},
                       {"confidence", number(row.confidence, 3)},
                       {"evidence", evidence(row.evidence)}});
    }
    return out;
}

json source(const magscan::Source& from) {
    const char* const kinds[] = {"photo", "photos", "text"};
    json images = json::array();
    for (const auto& image : from.images) {
        images.push_back({{"name", image.name},
                          {"sha256", image.sha256},
                          {"format", image.format},
                          {"width", image.width},
                          {"height", image.height},
                          {"rotation", image.rotation}});
    }
    return {{"name", from.name}, {"kind", kinds[static_cast<int>(from.kind)]}, {"images", images}};
}

// The report's JSON made of the typed values, as far as those go.
json rebuilt(const magscan::Report& report) {
    const magscan::Elemental& elemental = report.elemental();
    json out{{"outcome", magscan::name_of(report.outcome())},
             {"elemental_magnesium",
              {{"status", magscan::name_of(elemental.status)},
               {"per_serving_mg", interval(elemental.per_serving)},
               {"per_unit_mg", interval(elemental.per_unit)},
               {"per_day_mg", interval(elemental.per_day)},
               {"confidence", number(elemental.confidence, 3)}}},
             {"daily_values",
              {{"us_dv_percent", number(elemental.us_dv_percent, 1)},
               {"eu_nrv_percent", number(elemental.eu_nrv_percent, 1)}}},
             {"magnesium", rows(report)},
             {"serving", serving(report.serving())},
             {"limits", json::array()},
             {"checks", json::array()},
             {"warnings", json::array()},
             {"source", source(report.source())},
             {"engine",
              {{"magscan", report.engine().magscan},
               {"tesseract", or_null(report.engine().tesseract)},
               {"detector", or_null(report.engine().detector)},
               {"knowledge", report.engine().knowledge}}}};
    for (const auto& limit : report.limits()) {
        out["limits"].push_back({{"authority", limit.authority},
                                 {"limit_mg", number(limit.limit_mg, 2)},
                                 {"applies_to", limit.applies_to},
                                 {"exceeded", or_null(limit.exceeded)},
                                 {"source", limit.source}});
    }
    for (const auto& check : report.checks()) {
        out["checks"].push_back(
            {{"rule", check.rule}, {"result", magscan::name_of(check.result)}, {"detail", check.detail}});
    }
    for (const auto& warning : report.warnings()) {
        out["warnings"].push_back({{"code", warning.code}, {"message", warning.message}});
    }
    for (const auto& timing : report.timings()) out["timings_ms"][timing.stage] = number(timing.milliseconds, 1);
    return out;
}

void compare(const magscan::Report& report) {
    const json written = json::parse(report.to_json());
    const json typed = rebuilt(report);
    for (const auto& [key, value] : typed.items()) {
        INFO(key);
        CHECK(value == written[key]);
    }
    REQUIRE(report.note().has_value() == !written["suitability"].is_null());
    if (!report.note()) return;
    const json& note = written["suitability"];
    CHECK(report.note()->summary == note["summary"]);
    CHECK(report.note()->disclaimer == note["disclaimer"]);
    REQUIRE(report.note()->cautions.size() == note["cautions"].size());
    for (std::size_t i = 0; i < note["cautions"].size(); ++i) {
        CHECK(report.note()->cautions[i].id == note["cautions"][i]["id"]);
        CHECK(report.note()->cautions[i].text == note["cautions"][i]["text"]);
    }
}

}  // namespace

TEST_CASE("a photo's typed values are those of its JSON", "[api]") {
    const auto report = scanner().scan(bytes_of(photo()), {.name = "screen.png"});
    REQUIRE(report.has_value());
    compare(*report);
    REQUIRE_FALSE(report->magnesium().empty());
    CHECK(report->magnesium().front().evidence.front().polygon.size() >= 4);
    CHECK(report->elemental().reason.size() > 10);
}

TEST_CASE("texts' typed values are those of their JSON, whatever they say", "[api]") {
    for (const char* text :
         {kLabel, "", "Vitamin D 1000 IU", "Magnesium Citrate 1000 mg",
          "Supplement Facts\nServing size 1 tablet\nMagnesium (as Magnesium Oxide) 250 mg 90%",
          "Supplement Facts\nMagnesium (from 2,000 mg Magnesium L-Threonate) 144 mg 34%\nTake 1 to 2 servings a day",
          "Nährwerte pro 100 g\nMagnesium 5200 mg 1387 %*\nMagnesiumcitrat", "Magnesium 20 mmol per tablet"}) {
        INFO(text);
        const auto report = Scanner::parse(text, {.name = "label"});
        REQUIRE(report.has_value());
        compare(*report);
    }
}

TEST_CASE("a report outlives what it came from, and its copies are the same", "[api]") {
    std::optional<magscan::Report> kept;
    {
        const auto report = Scanner::parse(kLabel);
        REQUIRE(report.has_value());
        kept = *report;
        CHECK(&kept->elemental() == &report->elemental());
    }
    CHECK(kept->elemental().per_serving->value == 200.0);
    CHECK(kept->to_text().find("200 mg elemental magnesium") != std::string::npos);
}

TEST_CASE("for whom and where is asked in values or in words", "[api]") {
    const auto person = magscan::person_from("age=5,sex=f");
    REQUIRE(person.has_value());
    CHECK(person->age_years == 5.0);
    CHECK(person->sex == magscan::Sex::kFemale);
    CHECK(magscan::person_from("lactating")->stage == magscan::LifeStage::kLactating);
    CHECK(magscan::person_from("cat").error().kind == magscan::Error::Kind::kUsage);
    CHECK(magscan::jurisdiction_from("CA") == magscan::Jurisdiction::kCanada);
    CHECK(magscan::jurisdiction_from("moon").error().kind == magscan::Error::Kind::kUsage);
    const auto report = Scanner::parse(kLabel, {.person = *person, .jurisdiction = magscan::Jurisdiction::kCanada});
    REQUIRE(report->limits().size() == 2);
    CHECK(report->limits().front().limit_mg == 110);
    CHECK(report->limits().front().exceeded == true);
}
