#include "calc/dose.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "calc/interval.h"
#include "calc/plausibility.h"

namespace magscan::calc {
namespace {

// A share is given as one figure only where the declared range is no wider than this part of it.
constexpr double kOneFigure = 0.08;

constexpr std::string_view kElement = "elemental";  // the element's own row

constexpr std::array kReferences = {"us-dv", "eu-nrv"};

// What holds the interval's magnesium, or is held by it: amount / share.
Interval divided(double amount, const Interval& share) {
    Interval out{std::nullopt, amount / share.high, amount / share.low};
    if (share.value) out.value = amount / *share.value;
    return out;
}

Interval hull(const Interval& a, const Interval& b) {
    Interval out{std::nullopt, std::min(a.low, b.low), std::max(a.high, b.high)};
    if (out.low == out.high) out.value = out.low;
    return out;
}

DoseMass hull(const DoseMass& a, const DoseMass& b) {
    DoseMass out{hull(a.per_serving, b.per_serving), std::nullopt, std::nullopt};
    if (a.per_unit && b.per_unit) out.per_unit = hull(*a.per_unit, *b.per_unit);
    if (a.per_day && b.per_day) out.per_day = hull(*a.per_day, *b.per_day);
    return out;
}

// From what is declared and what the formula gives; of a broad name, over all that it may stand for. A processing aid
// counts as nothing on a label, so its share may be 0.
WeightShare share_of(const Compound& compound) {
    WeightShare out;
    out.share = {std::nullopt, compound.declared_low, compound.declared_high};
    if (compound.definition == Definition::kExcipient) out.share.low = 0;
    if (compound.fraction > 0) {
        out.theory = compound.fraction;
        out.share.low = std::min(out.share.low, compound.fraction);
        out.share.high = std::max(out.share.high, compound.fraction);
    }
    for (const std::string& id : compound.covers) {
        const WeightShare covered = share_of(*find_compound(id));
        out.share.low = std::min(out.share.low, covered.share.low);
        out.share.high = std::max(out.share.high, covered.share.high);
    }
    const bool narrow = out.share.high - out.share.low <= kOneFigure * compound.declared_typical;
    if (compound.definition == Definition::kDefined && narrow && out.theory) out.share.value = out.theory;
    return out;
}

std::vector<Candidate> candidates_of(const Compound& compound) {
    std::vector<Candidate> out;
    if (compound.covers.empty()) return out;
    if (compound.fraction > 0) {
        Compound alone = compound;
        alone.covers.clear();
        out.push_back({&compound, share_of(alone), std::nullopt, std::nullopt});
    }
    for (const std::string& id : compound.covers) {
        const Compound* covered = find_compound(id);
        out.push_back({covered, share_of(*covered), std::nullopt, std::nullopt});
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const Candidate& a, const Candidate& b) { return a.share.share.high > b.share.share.high; });
    return out;
}

DoseMass spread(const Interval& per_serving, const DoseQuestion& question) {
    DoseMass out{per_serving, std::nullopt, std::nullopt};
    if (question.units_per_serving) out.per_unit = scaled(per_serving, 1 / *question.units_per_serving);
    if (question.servings_per_day) out.per_day = scaled(per_serving, *question.servings_per_day);
    return out;
}

DoseReading reading_of(Basis basis, const Dose& dose) {
    const double amount = dose.question.amount_mg;
    const Interval& share = dose.share.share;
    DoseReading out;
    out.basis = basis;
    if (basis == Basis::kCompound) {
        out.elemental = spread(scaled(share, amount), dose.question);
        out.compound = spread(exactly(amount), dose.question);
    } else {
        out.elemental = spread(exactly(amount), dose.question);
        if (share.low > 0 && dose.compound->id != kElement)
            out.compound = spread(divided(amount, share), dose.question);
    }
    for (const char* id : kReferences) {
        const ReferenceValue* reference = find_reference_value(id);
        DailyValueShare value{reference, scaled(out.elemental.per_serving, 100 / reference->mg), std::nullopt};
        if (out.elemental.per_day) value.per_day = scaled(*out.elemental.per_day, 100 / reference->mg);
        out.daily_values.push_back(value);
    }
    return out;
}

std::string wrong_with(const DoseQuestion& question) {
    const auto count_is_wrong = [](const std::optional<double>& count) {
        return count && !(*count > 0 && *count <= kMostDoseCount);
    };
    if (find_compound(question.compound) == nullptr) return "no such compound: " + question.compound;
    if (!(question.amount_mg >= kLeastDoseMg && question.amount_mg <= kMostDoseMg))
        return "the amount has to be 0.001 mg to 100 g";
    if (count_is_wrong(question.units_per_serving)) return "the units of a serving have to be above 0 and at most 1000";
    if (count_is_wrong(question.servings_per_day)) return "the servings a day have to be above 0 and at most 1000";
    return {};
}

// What a bare amount beside a form's name counts: the rules of fronts of packs.
void decide_basis(Dose& dose) {
    DoseQuestion& question = dose.question;
    if (question.compound == kElement) question.basis = Basis::kElemental;
    if (question.basis != Basis::kAmbiguous) return;
    if (question.amount_mg >= kCompoundFromMg) {
        question.basis = Basis::kCompound;
        dose.rule = "FOP-2";
    } else {
        dose.rule = dose.compound->family == "oxide" ? "FOP-4" : "FOP-3";
    }
}

}  // namespace

tl::expected<Dose, std::string> dose(const DoseQuestion& question) {
    if (std::string wrong = wrong_with(question); !wrong.empty()) return tl::unexpected(std::move(wrong));
    Dose out;
    out.question = question;
    out.compound = find_compound(question.compound);
    out.share = share_of(*out.compound);
    out.candidates = candidates_of(*out.compound);
    decide_basis(out);
    if (out.question.basis != Basis::kElemental) out.readings.push_back(reading_of(Basis::kCompound, out));
    if (out.question.basis != Basis::kCompound) out.readings.push_back(reading_of(Basis::kElemental, out));
    for (Candidate& candidate : out.candidates) {
        const Interval& share = candidate.share.share;
        if (out.question.basis != Basis::kElemental) candidate.elemental_mg = scaled(share, question.amount_mg);
        if (out.question.basis != Basis::kCompound && share.low > 0)
            candidate.compound_mg = divided(question.amount_mg, share);
    }
    out.elemental = out.readings.front().elemental;
    if (out.readings.size() > 1) out.elemental = hull(out.elemental, out.readings.back().elemental);
    return out;
}

}  // namespace magscan::calc
