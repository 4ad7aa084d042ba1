// Reports for the tests of what is made of them.
#pragma once

#include <optional>
#include <string>

#include "scan/report.h"

// The parts that all of them share.
inline magscan::scan::Report photo_report(const std::string& name) {
    magscan::scan::Report report;
    report.engine = {"0.1.0", "tesseract 5.3.0", "ppocr-v4-det", "2026-11"};
    report.source = {name, magscan::scan::SourceKind::kPhoto, {{name, std::string(64, 'a'), "jpeg", 1000, 800, 90}}};
    report.timings = {{"decode", 12.34}, {"read", 456.0}, {"total", 468.34}};
    return report;
}

// 200 mg elemental magnesium from bisglycinate in two capsules, stated on a US panel, with evidence on a photo of
// 1000 x 800 pixels.
inline magscan::scan::Report stated_report() {
    magscan::scan::Report report = photo_report("bottle.jpg");
    magscan::calc::Assessment& assessment = report.assessment;
    assessment.outcome = magscan::calc::Outcome::kComplete;
    assessment.status = magscan::calc::Status::kStated;
    assessment.confidence = 0.97;
    assessment.per_serving = magscan::calc::Interval{200.0, 200, 200};
    assessment.per_unit = magscan::calc::Interval{100.0, 100, 100};
    assessment.us_dv_percent = 47.619;
    assessment.eu_nrv_percent = 53.333;
    assessment.reason = "A facts panel lists the mineral, and 200 mg is 48 % of 420 mg, as printed.";

    magscan::parser::Serving serving;
    serving.units = 2;
    serving.unit = "capsule";
    serving.per_container = 60;
    serving.per_day_low = 1;
    serving.per_day_high = 2;
    serving.text = "Serving Size 2 Capsules";
    serving.evidence.push_back({0, "Serving Size 2 Capsules", 0.96, {{100, 50}, {400, 50}, {400, 80}, {100, 80}}});
    assessment.serving = serving;

    magscan::calc::Entry entry;
    entry.forms = {"bisglycinate"};
    entry.compounds = {"bisglycinate"};
    entry.form_text = "Magnesium Bisglycinate";
    entry.amount = magscan::parser::Amount{200, 1, "200 mg", false};
    entry.basis = magscan::calc::Basis::kElemental;
    entry.rule = "US-1";
    entry.per = magscan::parser::Per::kServing;
    entry.compound_mg = magscan::calc::Interval{1418.0, 1333.3, 2000};
    entry.elemental_mg = magscan::calc::Interval{200.0, 200, 200};
    entry.daily_value_percent = 48;
    entry.confidence = 0.97;
    entry.evidence.push_back({0,
                              "Magnesium (as Magnesium Bisglycinate) 200 mg 48%",
                              0.91,
                              {{100, 200}, {900, 200}, {900, 240}, {100, 240}}});
    assessment.entries.push_back(entry);
    assessment.checks.push_back({"percent", magscan::calc::CheckResult::kPass, "200 mg is 48 % of 420 mg, as printed"});
    assessment.checks.push_back({"mass", magscan::calc::CheckResult::kSkipped, "no compound weight is printed"});
    return report;
}

// A front of pack: "Magnesium Citrate 1000 mg" a tablet; between 100 and 165 mg elemental, estimated.
inline magscan::scan::Report estimated_report() {
    magscan::scan::Report report = photo_report("front.jpg");
    magscan::calc::Assessment& assessment = report.assessment;
    assessment.outcome = magscan::calc::Outcome::kPartial;
    assessment.status = magscan::calc::Status::kEstimated;
    assessment.confidence = 0.6;
    assessment.per_unit = magscan::calc::Interval{std::nullopt, 100, 165};
    assessment.reason = "Only the front was seen, and 1000 mg is more than a tablet holds of the element.";
    magscan::parser::Serving serving;
    serving.unit = "tablet";
    assessment.serving = serving;
    magscan::calc::Entry entry;
    entry.forms = {"citrate"};
    entry.amount = magscan::parser::Amount{1000, 1, "1000 mg", false};
    entry.basis = magscan::calc::Basis::kCompound;
    entry.rule = "FOP-2";
    entry.elemental_mg = magscan::calc::Interval{std::nullopt, 100, 165};
    entry.confidence = 0.6;
    entry.evidence.push_back({0, "MAGNESIUM CITRATE 1000 mg", 0.8, {{10, 10}, {500, 30}, {500, 90}, {10, 70}}});
    assessment.entries.push_back(entry);
    report.warnings.push_back({"only_front_seen", "Only the front was seen. Photograph the facts panel too."});
    return report;
}

// Nothing but an outcome.
inline magscan::scan::Report empty_report(magscan::calc::Outcome outcome) {
    magscan::scan::Report report = photo_report("empty.jpg");
    report.assessment.outcome = outcome;
    return report;
}
