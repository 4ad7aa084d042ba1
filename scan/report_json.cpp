#include "scan/report_json.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "calc/names.h"
#include "scan/json_line.h"
#include "scan/json_values.h"
#include "scan/suitability_json.h"

namespace magscan::scan {
namespace {

using nlohmann::ordered_json;

constexpr const char* kSchemaVersion = "1.0";
constexpr std::size_t kKeys = 16;  // those of a report, and some more

const char* name_of(SourceKind kind) {
    switch (kind) {
        case SourceKind::kPhoto:
            return "photo";
        case SourceKind::kPhotos:
            return "photos";
        case SourceKind::kText:
            return "text";
    }
    return "text";
}

ordered_json source(const Source& from) {
    ordered_json images = ordered_json::array();
    for (const SourceImage& image : from.images) {
        images.push_back(object({{"name", image.name},
                                 {"sha256", image.sha256},
                                 {"format", image.format},
                                 {"width", image.width},
                                 {"height", image.height},
                                 {"rotation", image.rotation}}));
    }
    return object({{"name", from.name}, {"kind", name_of(from.kind)}, {"images", std::move(images)}});
}

// Servings a day only where the directions give one number: "1 to 2 a day" is not a figure.
std::optional<double> per_day(const parser::Serving& serving) {
    if (!serving.per_day_low || !serving.per_day_high) return std::nullopt;
    if (*serving.per_day_low != *serving.per_day_high) return std::nullopt;
    return serving.per_day_low;
}

ordered_json serving(const std::optional<parser::Serving>& from) {
    if (!from) return nullptr;
    std::optional<double> units = from->units;
    if (units && !(*units > 0)) units.reset();
    return object({{"units", number(units, kMassDigits)},
                   {"unit", text(from->unit)},
                   {"per_container", number(from->per_container, kMassDigits)},
                   {"per_day", number(per_day(*from), kMassDigits)},
                   {"text", text(from->text)},
                   {"evidence", evidence(from->evidence)}});
}

ordered_json amount(const calc::Entry& entry) {
    if (!entry.amount) return nullptr;
    return object({{"value_mg", number(entry.amount->mg, kMassDigits)},
                   {"text", entry.amount->text},
                   {"basis", calc::name_of(entry.basis)},
                   {"rule", entry.rule},
                   {"per", scan::name_of(entry.per)}});
}

ordered_json magnesium(const std::vector<calc::Entry>& entries) {
    ordered_json out = ordered_json::array();
    for (const calc::Entry& entry : entries) {
        out.push_back(object({{"forms", strings(entry.forms)},
                              {"compounds", strings(entry.compounds)},
                              {"form_text", text(entry.form_text)},
                              {"amount", amount(entry)},
                              {"compound_mg", interval(entry.compound_mg)},
                              {"elemental_mg", interval(entry.elemental_mg)},
                              {"daily_value_percent", number(entry.daily_value_percent, kPercentDigits)},
                              {"confidence", probability(entry.confidence)},
                              {"evidence", evidence(entry.evidence)}}));
    }
    return out;
}

ordered_json limits(const std::vector<calc::Limit>& items) {
    ordered_json out = ordered_json::array();
    for (const calc::Limit& item : items) {
        out.push_back({{"authority", item.authority},
                       {"limit_mg", number(item.limit_mg, kMassDigits)},
                       {"applies_to", item.applies_to},
                       {"exceeded", item.exceeded ? ordered_json(*item.exceeded) : ordered_json(nullptr)},
                       {"source", item.source}});
    }
    return out;
}

ordered_json checks(const std::vector<calc::Check>& items) {
    ordered_json out = ordered_json::array();
    for (const calc::Check& item : items) {
        out.push_back(object({{"rule", item.rule}, {"result", calc::name_of(item.result)}, {"detail", item.detail}}));
    }
    return out;
}

ordered_json warnings(const std::vector<parser::Warning>& items) {
    ordered_json out = ordered_json::array();
    for (const parser::Warning& item : items) out.push_back(object({{"code", item.code}, {"message", item.message}}));
    return out;
}

ordered_json timings(const std::vector<Timing>& items) {
    ordered_json out = ordered_json::object();
    for (const Timing& item : items) {
        out[item.stage] = number(std::isfinite(item.milliseconds) ? item.milliseconds : 0.0, kPixelDigits);
    }
    return out;
}

// The keys before the note and those behind it.
ordered_json before_suitability(const Report& report) {
    const calc::Assessment& assessment = report.assessment;
    ordered_json out = ordered_json::object();
    out.get_ref<ordered_json::object_t&>().reserve(kKeys);
    out["schema_version"] = kSchemaVersion;
    out["engine"] = object({{"magscan", report.engine.magscan},
                            {"tesseract", text(report.engine.tesseract)},
                            {"detector", text(report.engine.detector)},
                            {"knowledge", report.engine.knowledge}});
    out["source"] = source(report.source);
    out["outcome"] = calc::name_of(assessment.outcome);
    out["serving"] = serving(assessment.serving);
    out["magnesium"] = magnesium(assessment.entries);
    out["elemental_magnesium"] = object({{"status", calc::name_of(assessment.status)},
                                         {"per_serving_mg", interval(assessment.per_serving)},
                                         {"per_unit_mg", interval(assessment.per_unit)},
                                         {"per_day_mg", interval(assessment.per_day)},
                                         {"confidence", probability(assessment.confidence)}});
    out["daily_values"] = object({{"us_dv_percent", number(assessment.us_dv_percent, kPercentDigits)},
                                  {"eu_nrv_percent", number(assessment.eu_nrv_percent, kPercentDigits)}});
    out["limits"] = limits(report.limits);
    out["checks"] = checks(assessment.checks);
    return out;
}

ordered_json after_suitability(const Report& report) {
    return object({{"warnings", warnings(report.warnings)}, {"timings_ms", timings(report.timings)}});
}

}  // namespace

std::string_view name_of(parser::Per per) {
    switch (per) {
        case parser::Per::kServing:
            return "serving";
        case parser::Per::kUnit:
            return "unit";
        case parser::Per::kDay:
            return "day";
        case parser::Per::k100g:
            return "100g";
        case parser::Per::k100ml:
            return "100ml";
        case parser::Per::kUnknown:
            return "unknown";
    }
    return "unknown";
}

ordered_json report_json(const Report& report) {
    ordered_json out = before_suitability(report);
    out["suitability"] = suitability_json(report.suitability);
    out.update(after_suitability(report));
    return out;
}

// The note is mostly the same words over and over: its parts are written once and put in between.
std::string report_json_line(const Report& report) {
    std::string line = json_line(before_suitability(report));
    line.back() = ',';
    line += "\"suitability\":" + suitability_json_line(report.suitability) + ",";
    return line + json_line(after_suitability(report)).substr(1);
}

}  // namespace magscan::scan
