#include "magscan/dose.h"

#include <utility>

#include "calc/dose.h"
#include "magscan/scanner.h"
#include "scan/api/convert.h"
#include "scan/api/enums.h"
#include "scan/dose_answer.h"
#include "scan/dose_question.h"
#include "scan/json_line.h"

namespace magscan {

struct Dose::State {
    calc::Dose dose;
    Interval share = {};
    DoseMass elemental = {};
    std::vector<DoseReading> readings = {};
};

namespace {

DoseMass mass_of(const calc::DoseMass& from) {
    return {api::interval_of(from.per_serving), api::interval_of(from.per_unit), api::interval_of(from.per_day)};
}

scan::AskedDose asked_of(const DoseQuestion& question) {
    const bool open = question.basis == Basis::kAmbiguous;
    return {question.form, question.amount, open ? std::nullopt : std::optional(std::string(name_of(question.basis))),
            question.units_per_serving, question.servings_per_day};
}

}  // namespace

Dose::Dose(std::shared_ptr<const State> state) : state_(std::move(state)) {}

const std::string& Dose::compound() const {
    return state_->dose.compound->id;
}

const std::string& Dose::name() const {
    return state_->dose.compound->name;
}

const Interval& Dose::share() const {
    return state_->share;
}

const DoseMass& Dose::elemental() const {
    return state_->elemental;
}

const std::vector<DoseReading>& Dose::readings() const {
    return state_->readings;
}

std::string Dose::to_json() const {
    return scan::json_line(scan::dose_json(state_->dose));
}

std::string Dose::to_text() const {
    return scan::dose_text(state_->dose);
}

tl::expected<Dose, Error> Scanner::calc(const DoseQuestion& question) {
    return api::guarded([&]() -> tl::expected<Dose, Error> {
        const auto asked = scan::dose_question(asked_of(question));
        if (!asked) return api::fail(Error::Kind::kUsage, asked.error());
        auto dose = magscan::calc::dose(*asked);
        if (!dose) return api::fail(Error::Kind::kUsage, dose.error());
        auto state = std::make_shared<Dose::State>(Dose::State{std::move(*dose)});
        state->share = api::interval_of(state->dose.share.share);
        state->elemental = mass_of(state->dose.elemental);
        for (const auto& reading : state->dose.readings) {
            DoseReading& made = state->readings.emplace_back();
            made.basis = api::mirrored<Basis>(reading.basis);
            made.elemental = mass_of(reading.elemental);
            if (reading.compound) made.compound = mass_of(*reading.compound);
        }
        return Dose(std::move(state));
    });
}

}  // namespace magscan
