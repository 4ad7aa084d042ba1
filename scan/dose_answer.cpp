#include "scan/dose_answer.h"

#include <cmath>
#include <optional>
#include <vector>

#include "calc/rules.h"
#include "scan/text_fields.h"
#include "scan/wording.h"

namespace magscan::scan {
namespace {

using calc::Basis;
using calc::Compound;
using calc::Definition;
using calc::Dose;
using calc::DoseMass;
using calc::DoseReading;
using calc::Interval;
using calc::WeightShare;
using nlohmann::ordered_json;

constexpr double kMassScale = 100;       // two decimals
constexpr double kShareScale = 100'000;  // five
constexpr double kPercentScale = 10;     // one

// "16.2", "5.86"
std::string short_figure(double value) {
    const double scale = std::abs(value) >= 10 ? 10 : 100;
    return format_number(std::round(value * scale) / scale);
}

bool is_point(const Interval& interval) {
    return interval.high - interval.low <= 1e-9 * interval.high;
}

// "16.2 %", "10.5 to 16.5 %"; where one figure is known, the bounds too: "16.2 % (14.5 to 16.5 %)".
std::string percents(const Interval& interval, double scale) {
    const auto whole = [&](double value) { return short_figure(value * scale); };
    if (is_point(interval)) return whole(interval.low) + " %";
    const std::string range = whole(interval.low) + " to " + whole(interval.high) + " %";
    return interval.value ? whole(*interval.value) + " % (" + range + ")" : range;
}

std::string rounded_percents(const Interval& interval) {
    const std::string low = format_number(std::round(interval.low));
    const std::string high = format_number(std::round(interval.high));
    return (low == high ? low : low + " to " + high) + " %";
}

std::string share_reason(const Dose& dose) {
    const Compound& compound = *dose.compound;
    std::string out;
    switch (compound.definition) {
        case Definition::kDefined:
            out = "One substance. ";
            break;
        case Definition::kRange:
            out = "Its composition varies. ";
            break;
        case Definition::kAmbiguous:
            out = "The name leaves open which compound it is. ";
            break;
        case Definition::kExcipient:
            out = "A processing aid or medicine, which labels do not count as magnesium. ";
            break;
    }
    return out + compound.why;
}

// To a tenth of a milligram, so that no bound is rounded away from the arithmetic's.
std::string mass(const Interval& interval) {
    if (is_point(interval)) return short_figure(interval.low) + " mg";
    const std::string range = short_figure(interval.low) + " to " + short_figure(interval.high) + " mg";
    return interval.value ? "about " + short_figure(*interval.value) + " mg (" + range + ")" : range;
}

// The bounds alone, as the arithmetic uses them.
std::string bounds(const Interval& interval, double scale, const char* unit) {
    const std::string low = short_figure(interval.low * scale);
    const std::string high = short_figure(interval.high * scale);
    return (low == high ? low : low + " to " + high) + unit;
}

void add_spread(std::vector<std::string>& steps, const DoseMass& mass, const calc::DoseQuestion& question) {
    const std::string serving = bounds(mass.per_serving, 1, " mg");
    if (mass.per_unit)
        steps.push_back(serving + " / " + format_number(*question.units_per_serving) +
                        " units = " + bounds(*mass.per_unit, 1, " mg per unit"));
    if (mass.per_day)
        steps.push_back(serving + " x " + format_number(*question.servings_per_day) +
                        " servings = " + bounds(*mass.per_day, 1, " mg per day"));
}

std::vector<std::string> arithmetic(const Dose& dose, const DoseReading& reading) {
    std::vector<std::string> steps;
    const std::string amount = format_mg(dose.question.amount_mg);
    const std::string share = bounds(dose.share.share, 100, " %");
    if (reading.basis == Basis::kCompound) {
        steps.push_back(amount + " x " + share + " = " + bounds(reading.elemental.per_serving, 1, " mg magnesium"));
    } else if (reading.compound) {
        steps.push_back(amount + " / " + share + " = " +
                        bounds(reading.compound->per_serving, 1, " mg of the compound"));
    }
    add_spread(steps, reading.elemental, dose.question);
    for (const calc::DailyValueShare& value : reading.daily_values) {
        steps.push_back(bounds(reading.elemental.per_serving, 1, " mg") + " / " + format_mg(value.reference->mg) +
                        " = " + rounded_percents(value.per_serving) + " of the " + value.reference->id);
    }
    return steps;
}

ordered_json number(double value, double scale) {
    const double rounded = std::round(value * scale) / scale;
    if (rounded == std::trunc(rounded) && std::abs(rounded) < 9e15) return static_cast<std::int64_t>(rounded);
    return rounded;
}

ordered_json interval_json(const std::optional<Interval>& interval, double scale = kMassScale) {
    if (!interval) return nullptr;
    return {{"value", interval->value ? number(*interval->value, scale) : ordered_json(nullptr)},
            {"low", number(interval->low, scale)},
            {"high", number(interval->high, scale)}};
}

ordered_json mass_json(const std::optional<DoseMass>& mass) {
    if (!mass) return nullptr;
    return {{"per_serving", interval_json(mass->per_serving)},
            {"per_unit", interval_json(mass->per_unit)},
            {"per_day", interval_json(mass->per_day)}};
}

ordered_json share_json(const WeightShare& share) {
    ordered_json out = interval_json(share.share, kShareScale);
    out["formula"] = share.theory ? number(*share.theory, kShareScale) : ordered_json(nullptr);
    return out;
}

const char* basis_name(Basis basis) {
    return basis == Basis::kElemental ? "elemental" : basis == Basis::kCompound ? "compound" : "unknown";
}

ordered_json compound_json(const Compound& compound) {
    return {{"compound", compound.id},
            {"name", compound.name},
            {"family", compound.family},
            {"definition", calc::name_of(compound.definition)},
            {"formula", compound.formula.empty() ? ordered_json(nullptr) : ordered_json(compound.formula)}};
}

ordered_json optional_number(const std::optional<double>& value) {
    return value ? number(*value, kMassScale) : ordered_json(nullptr);
}

ordered_json reading_json(const Dose& dose, const DoseReading& reading) {
    ordered_json values = ordered_json::array();
    for (const calc::DailyValueShare& value : reading.daily_values) {
        values.push_back({{"reference", value.reference->id},
                          {"mg", number(value.reference->mg, kMassScale)},
                          {"percent_per_serving", interval_json(value.per_serving, kPercentScale)},
                          {"percent_per_day", interval_json(value.per_day, kPercentScale)}});
    }
    return {{"basis", basis_name(reading.basis)},
            {"elemental_mg", mass_json(reading.elemental)},
            {"compound_mg", mass_json(reading.compound)},
            {"daily_values", values},
            {"arithmetic", arithmetic(dose, reading)}};
}

std::string daily_values(const DoseReading& reading) {
    const auto& us = reading.daily_values.at(0);
    const auto& eu = reading.daily_values.at(1);
    const bool daily = us.per_day.has_value();
    return rounded_percents(daily ? *us.per_day : us.per_serving) + " of the US daily value, " +
           rounded_percents(daily ? *eu.per_day : eu.per_serving) + " of the EU reference value, per " +
           (daily ? "day" : "serving");
}

void add_masses(std::string& out, const DoseMass& elemental) {
    if (elemental.per_unit) add_field(out, "", mass(*elemental.per_unit) + " per unit");
    if (elemental.per_day) add_field(out, "", mass(*elemental.per_day) + " per day");
}

void add_reading(std::string& out, const Dose& dose, const DoseReading& reading, const std::string& name) {
    const bool compound = reading.basis == Basis::kCompound;
    add_field(out, name,
              mass(reading.elemental.per_serving) + " elemental magnesium per serving" +
                  (dose.readings.size() > 1
                       ? compound ? ", if the amount is the compound's" : ", if the amount is magnesium's"
                       : ""));
    add_masses(out, reading.elemental);
    add_field(out, "", daily_values(reading));
    if (!compound && reading.compound)
        add_field(out, "", "takes " + mass(reading.compound->per_serving) + " of the compound per serving");
}

std::string basis_words(const Dose& dose) {
    const calc::Rule* rule = calc::find_rule(dose.rule);
    const std::string why = rule == nullptr ? "" : ": " + rule->reason + " (rule " + rule->id + ")";
    const std::string amount = format_mg(dose.question.amount_mg);
    switch (dose.question.basis) {
        case Basis::kCompound:
            return amount + " of the compound" + why;
        case Basis::kElemental:
            return amount + " of magnesium" + why;
        case Basis::kAmbiguous:
            return amount + ", of the compound or of magnesium" + why;
    }
    return amount;
}

void add_candidates(std::string& out, const Dose& dose) {
    std::string name = "Could be";
    for (const calc::Candidate& candidate : dose.candidates) {
        std::string text = candidate.compound->name + ": " + percents(candidate.share.share, 100);
        if (candidate.elemental_mg) text += ", then " + mass(*candidate.elemental_mg) + " magnesium";
        if (candidate.compound_mg && !candidate.elemental_mg)
            text += ", then " + mass(*candidate.compound_mg) + " of it";
        add_field(out, name, text);
        name.clear();
    }
}

}  // namespace

ordered_json dose_json(const Dose& dose) {
    ordered_json form = compound_json(*dose.compound);
    ordered_json could_be = ordered_json::array();
    for (const calc::Candidate& candidate : dose.candidates) {
        ordered_json row = compound_json(*candidate.compound);
        row["fraction"] = share_json(candidate.share);
        row["elemental_mg"] = interval_json(candidate.elemental_mg);
        row["compound_mg"] = interval_json(candidate.compound_mg);
        could_be.push_back(std::move(row));
    }
    ordered_json readings = ordered_json::array();
    for (const DoseReading& reading : dose.readings) readings.push_back(reading_json(dose, reading));
    ordered_json fraction = share_json(dose.share);
    fraction["reason"] = share_reason(dose);
    return {{"form", form},
            {"amount_mg", number(dose.question.amount_mg, 1e6)},
            {"basis", basis_name(dose.question.basis)},
            {"rule", dose.rule.empty() ? ordered_json(nullptr) : ordered_json(dose.rule)},
            {"units_per_serving", optional_number(dose.question.units_per_serving)},
            {"servings_per_day", optional_number(dose.question.servings_per_day)},
            {"fraction", fraction},
            {"elemental_mg", mass_json(dose.elemental)},
            {"readings", readings},
            {"could_be", could_be},
            {"sources", dose.compound->sources}};
}

std::string dose_text(const Dose& dose) {
    std::string out;
    const bool open = dose.readings.size() > 1;
    for (const DoseReading& reading : dose.readings)
        add_reading(out, dose, reading, !open ? "Answer" : reading.basis == Basis::kCompound ? "Either" : "or");
    add_field(out, "Form", dose.compound->name + " (" + dose.compound->id + ")");
    add_field(out, "Amount", basis_words(dose));
    if (dose.question.compound != "elemental") {
        add_field(out, "Share",
                  percents(dose.share.share, 100) + " of its weight is magnesium" +
                      (dose.share.theory && !dose.share.share.value ? "; " + short_figure(*dose.share.theory * 100) +
                                                                          " % by the formula " + dose.compound->formula
                                                                    : ""));
        add_field(out, "", share_reason(dose));
    }
    add_candidates(out, dose);
    std::string name = "Arithmetic";
    for (const DoseReading& reading : dose.readings) {
        for (const std::string& step : arithmetic(dose, reading)) {
            add_field(out, name, step);
            name.clear();
        }
    }
    return out;
}

}  // namespace magscan::scan
