#include "scan/text_report.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>

#include "scan/limit_words.h"
#include "scan/suitability_text.h"
#include "scan/text_fields.h"
#include "scan/wording.h"

namespace magscan::scan {
namespace {

using calc::Assessment;
using calc::Basis;
using calc::Status;

// "serving of 2 capsules", or what of it is known.
std::string serving_name(const Assessment& assessment) {
    if (assessment.serving && assessment.serving->unit) {
        const std::string unit = printable(*assessment.serving->unit);
        if (assessment.serving->units) return "serving of " + format_units(assessment.serving->units, unit);
    }
    return "serving";
}

std::string unit_name(const Assessment& assessment) {
    const bool known = assessment.serving && assessment.serving->unit;
    return known ? printable(*assessment.serving->unit) : "unit";
}

// The figure to lead with, and what it counts.
struct Lead {
    const calc::Interval* amount = nullptr;
    std::string per;
};

Lead lead_of(const Assessment& assessment) {
    if (assessment.per_serving) return {&*assessment.per_serving, serving_name(assessment)};
    if (assessment.per_unit) return {&*assessment.per_unit, unit_name(assessment)};
    if (assessment.per_day) return {&*assessment.per_day, "day"};
    return {};
}

std::string percent(double share) {
    return format_number(std::round(share * 100)) + " %";
}

std::string status_words(Status status) {
    switch (status) {
        case Status::kStated:
            return "printed on the label as elemental magnesium";
        case Status::kDerived:
            return "worked out from the printed figures";
        case Status::kEstimated:
            return "an estimate";
        case Status::kUnknown:
            return "not known";
    }
    return "not known";
}

void add_amounts(std::string& out, const Assessment& assessment) {
    const Lead lead = lead_of(assessment);
    if (assessment.per_unit && lead.amount != &*assessment.per_unit) {
        const bool one_unit = assessment.serving && assessment.serving->units == 1.0;
        if (!one_unit) add_field(out, "", format_interval(*assessment.per_unit) + " per " + unit_name(assessment));
    }
    if (assessment.per_day && lead.amount != &*assessment.per_day) {
        add_field(out, "", format_interval(*assessment.per_day) + " per day, by the directions on the label");
    }
    if (assessment.us_dv_percent && assessment.eu_nrv_percent) {
        add_field(out, "",
                  format_number(std::round(*assessment.us_dv_percent)) + " % of the US daily value, " +
                      format_number(std::round(*assessment.eu_nrv_percent)) +
                      " % of the EU reference value, per serving");
    }
}

std::string forms_of(const Assessment& assessment) {
    std::vector<std::string> families;
    for (const calc::Entry& entry : assessment.entries) {
        for (const std::string& family : entry.forms) {
            if (std::find(families.begin(), families.end(), family) == families.end()) families.push_back(family);
        }
    }
    return form_names(families);
}

std::string basis_words(const calc::Entry& entry) {
    const std::string rule = entry.rule.empty() ? "" : " (rule " + entry.rule + ")";
    if (entry.read_differently) return "was read differently on another photo" + rule;
    switch (entry.basis) {
        case Basis::kElemental:
            return "is elemental magnesium" + rule;
        case Basis::kCompound:
            return "is the weight of the compound" + rule;
        case Basis::kAmbiguous:
            return "may be the magnesium or the whole compound; the label does not say" + rule;
    }
    return {};
}

std::string per_words(parser::Per per) {
    switch (per) {
        case parser::Per::kServing:
            return " per serving";
        case parser::Per::kUnit:
            return " per unit";
        case parser::Per::kDay:
            return " per day";
        case parser::Per::k100g:
            return " per 100 g";
        case parser::Per::k100ml:
            return " per 100 ml";
        case parser::Per::kUnknown:
            return "";
    }
    return {};
}

// What the entry comes to beyond the printed figure itself.
std::string entry_result(const calc::Entry& entry) {
    std::string out;
    const auto add = [&](const std::string& part) { out += (out.empty() ? "" : "; ") + part; };
    const bool prints_element = entry.basis == Basis::kElemental && entry.amount;
    const bool prints_compound = entry.basis == Basis::kCompound && entry.amount;
    if (entry.elemental_mg && !prints_element) add(format_interval(*entry.elemental_mg) + " of it is magnesium");
    if (entry.compound_mg && !prints_compound) add("the compound weighs " + format_interval(*entry.compound_mg));
    return out;
}

std::string quote_of(const parser::Evidence& evidence, bool several_photos) {
    const std::string where = several_photos ? "read on photo " + std::to_string(evidence.image + 1) : "read";
    return where + ": \"" + printable(evidence.text) + "\"";
}

// One quote; of several photos the first of each.
void add_quotes(std::string& out, const calc::Entry& entry, bool several_photos) {
    std::set<int> told;
    for (const parser::Evidence& evidence : entry.evidence) {
        if (told.insert(evidence.image).second) add_field(out, "", quote_of(evidence, several_photos));
        if (!several_photos) return;
    }
}

void add_photos(std::string& out, const std::vector<SourceImage>& images) {
    const char* name = "Photos";
    for (std::size_t i = 0; i < images.size(); ++i) {
        add_field(out, name, std::to_string(i + 1) + ": " + printable(images[i].name));
        name = "";
    }
}

void add_entry(std::string& out, std::string_view name, const calc::Entry& entry, bool several_photos) {
    const std::string forms = form_names(entry.forms);
    std::string text;
    if (entry.amount) {
        text = "\"" + printable(entry.amount->text) + "\"" + per_words(entry.per) + " " + basis_words(entry);
    } else {
        text = "no amount printed";
    }
    add_field(out, name, (forms.empty() ? "magnesium" : forms) + ": " + text);
    if (const std::string result = entry_result(entry); !result.empty()) add_field(out, "", result);
    add_quotes(out, entry, several_photos);
}

const char* mark_of(calc::CheckResult result) {
    switch (result) {
        case calc::CheckResult::kPass:
            return "agrees: ";
        case calc::CheckResult::kFail:
            return "disagrees: ";
        case calc::CheckResult::kCorrected:
            return "corrected: ";
        case calc::CheckResult::kSkipped:
            return "skipped: ";
    }
    return "";
}

void add_checks(std::string& out, const std::vector<calc::Check>& checks) {
    const char* name = "Checks";
    for (const calc::Check& check : checks) {
        if (check.result == calc::CheckResult::kSkipped) continue;
        add_field(out, name, mark_of(check.result) + printable(check.detail));
        name = "";
    }
}

void add_limits(std::string& out, const Report& report) {
    const char* name = "Limits";
    for (const std::string& line : limit_lines(report)) {
        add_field(out, name, line);
        name = "";
    }
    if (const auto intake = intake_words(report)) add_field(out, "Intake", *intake);
}

void add_warnings(std::string& out, const std::vector<parser::Warning>& warnings) {
    const char* name = "Warnings";
    for (const parser::Warning& warning : warnings) {
        add_field(out, name, printable(warning.message));
        name = "";
    }
}

}  // namespace

std::string headline(const Report& report) {
    const Assessment& assessment = report.assessment;
    if (assessment.outcome == calc::Outcome::kUnreadable) return "Too little could be read to say anything";
    if (assessment.outcome == calc::Outcome::kNoMagnesium) return "No magnesium named in what was read";
    const Lead lead = lead_of(assessment);
    if (lead.amount == nullptr || assessment.status == Status::kUnknown) {
        return "Contains magnesium; how much elemental magnesium is not known";
    }
    const std::string estimated = assessment.status == Status::kEstimated ? ", estimated" : "";
    return format_interval(*lead.amount) + " elemental magnesium per " + lead.per + estimated;
}

std::string text_report(const Report& report) {
    const Assessment& assessment = report.assessment;
    const bool several_photos = report.source.images.size() > 1;
    std::string out = printable(report.source.name) + "\n";
    if (several_photos) add_photos(out, report.source.images);
    add_field(out, "Answer", headline(report));
    const bool found = assessment.outcome == calc::Outcome::kComplete || assessment.outcome == calc::Outcome::kPartial;
    if (found) {
        if (assessment.status != Status::kUnknown) {
            add_amounts(out, assessment);
            add_field(out, "How sure", percent(assessment.confidence) + ", " + status_words(assessment.status));
        }
        const std::string forms = forms_of(assessment);
        add_field(out, "Form", forms.empty() ? "the label names none" : forms);
    }
    if (!assessment.reason.empty()) add_field(out, "Why", printable(assessment.reason));
    if (found) {
        const char* name = "Printed";
        for (const calc::Entry& entry : assessment.entries) {
            add_entry(out, name, entry, several_photos);
            name = "";
        }
        add_checks(out, assessment.checks);
        add_limits(out, report);
    }
    add_warnings(out, report.warnings);
    if (report.suitability) add_suitability(out, *report.suitability);
    return out;
}

}  // namespace magscan::scan
