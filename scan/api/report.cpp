#include "magscan/report.h"

#include <utility>

#include "scan/api/convert.h"
#include "scan/api/enums.h"
#include "scan/report_json.h"
#include "scan/text_report.h"

namespace magscan {

struct Report::State {
    scan::Report report;  // what the JSON and the text are made of
    Outcome outcome = Outcome::kUnreadable;
    Elemental elemental = {};
    std::vector<Magnesium> magnesium = {};
    std::optional<Serving> serving = {};
    std::vector<Limit> limits = {};
    std::vector<Check> checks = {};
    std::vector<Warning> warnings = {};
    std::optional<Note> note = {};
    Source source = {};
    Engine engine = {};
    std::vector<Timing> timings = {};
};

namespace api {
namespace {

std::vector<Evidence> evidence_of(const std::vector<parser::Evidence>& from) {
    std::vector<Evidence> out;
    for (const parser::Evidence& item : from) {
        Evidence& evidence = out.emplace_back(Evidence{item.image, item.text, item.confidence, {}});
        for (const ocr::Point& point : item.polygon) evidence.polygon.push_back({point.x, point.y});
    }
    return out;
}

Elemental elemental_of(const calc::Assessment& from) {
    return {mirrored<Status>(from.status),
            interval_of(from.per_serving),
            interval_of(from.per_unit),
            interval_of(from.per_day),
            from.confidence,
            from.reason,
            from.us_dv_percent,
            from.eu_nrv_percent};
}

Magnesium magnesium_of(const calc::Entry& from) {
    Magnesium out;
    out.forms = from.forms;
    out.compounds = from.compounds;
    out.form_text = from.form_text;
    if (from.amount) {
        out.amount = PrintedAmount{from.amount->mg, from.amount->text, mirrored<Basis>(from.basis), from.rule,
                                   mirrored<Per>(from.per)};
    }
    out.compound_mg = interval_of(from.compound_mg);
    out.elemental_mg = interval_of(from.elemental_mg);
    out.daily_value_percent = from.daily_value_percent;
    out.confidence = from.confidence;
    out.evidence = evidence_of(from.evidence);
    return out;
}

Serving serving_of(const parser::Serving& from) {
    Serving out{from.units, from.unit, from.per_container, {}, from.text, evidence_of(from.evidence)};
    if (out.units && !(*out.units > 0)) out.units.reset();
    if (from.per_day_low == from.per_day_high) out.per_day = from.per_day_low;
    return out;
}

Note note_of(const calc::Suitability& from) {
    Note out{from.summary, {}, calc::disclaimer()};
    for (const calc::Caution* caution : from.cautions) out.cautions.push_back({caution->id, caution->text});
    return out;
}

Source source_of(const scan::Source& from) {
    Source out{from.name, mirrored<SourceKind>(from.kind), {}};
    for (const scan::SourceImage& image : from.images) {
        out.images.push_back({image.name, image.sha256, image.format, image.width, image.height, image.rotation});
    }
    return out;
}

Error::Kind kind_of(scan::ScanError::Kind kind) {
    using Kind = scan::ScanError::Kind;
    switch (kind) {
        case Kind::kUsage:
            return Error::Kind::kUsage;
        case Kind::kNotAPicture:
            return Error::Kind::kNotAPicture;
        case Kind::kSetUp:
            return Error::Kind::kSetUp;
        case Kind::kStopped:
            return Error::Kind::kCancelled;
        case Kind::kInternal:
            return Error::Kind::kInternal;
    }
    return Error::Kind::kInternal;
}

}  // namespace

Interval interval_of(const calc::Interval& from) {
    return {from.value, from.low, from.high};
}

std::optional<Interval> interval_of(const std::optional<calc::Interval>& from) {
    return from ? std::optional(interval_of(*from)) : std::nullopt;
}

Report report_of(scan::Report report) {
    auto state = std::make_shared<Report::State>(Report::State{std::move(report)});
    const scan::Report& from = state->report;
    const calc::Assessment& assessment = from.assessment;
    state->outcome = mirrored<Outcome>(assessment.outcome);
    state->elemental = elemental_of(assessment);
    for (const calc::Entry& entry : assessment.entries) state->magnesium.push_back(magnesium_of(entry));
    if (assessment.serving) state->serving = serving_of(*assessment.serving);
    for (const calc::Limit& limit : from.limits) {
        state->limits.push_back({limit.authority, limit.limit_mg, limit.applies_to, limit.exceeded, limit.source});
    }
    for (const calc::Check& check : assessment.checks) {
        state->checks.push_back({check.rule, mirrored<CheckResult>(check.result), check.detail});
    }
    for (const parser::Warning& warning : from.warnings) state->warnings.push_back({warning.code, warning.message});
    if (from.suitability) state->note = note_of(*from.suitability);
    state->source = source_of(from.source);
    state->engine = {from.engine.magscan, from.engine.tesseract, from.engine.detector, from.engine.knowledge};
    for (const scan::Timing& timing : from.timings) state->timings.push_back({timing.stage, timing.milliseconds});
    return Report(std::move(state));
}

Error error_of(const scan::ScanError& error) {
    return {kind_of(error.kind), error.message, error.photo};
}

}  // namespace api

Report::Report(std::shared_ptr<const State> state) : state_(std::move(state)) {}

Outcome Report::outcome() const {
    return state_->outcome;
}

const Elemental& Report::elemental() const {
    return state_->elemental;
}

const std::vector<Magnesium>& Report::magnesium() const {
    return state_->magnesium;
}

const std::optional<Serving>& Report::serving() const {
    return state_->serving;
}

const std::vector<Limit>& Report::limits() const {
    return state_->limits;
}

const std::vector<Check>& Report::checks() const {
    return state_->checks;
}

const std::vector<Warning>& Report::warnings() const {
    return state_->warnings;
}

const std::optional<Note>& Report::note() const {
    return state_->note;
}

const Source& Report::source() const {
    return state_->source;
}

const Engine& Report::engine() const {
    return state_->engine;
}

const std::vector<Timing>& Report::timings() const {
    return state_->timings;
}

std::string Report::to_json() const {
    return scan::report_json_line(state_->report);
}

std::string Report::to_text() const {
    return scan::text_report(state_->report);
}

}  // namespace magscan
