#include "calc/limits.h"

#include <algorithm>
#include <array>
#include <set>

namespace magscan::calc {
namespace {

constexpr double kRounding = 0.005;  // mg: reports are written to a hundredth

constexpr std::array kUsualOrder = {Jurisdiction::kUs, Jurisdiction::kEu, Jurisdiction::kUk, Jurisdiction::kCanada,
                                    Jurisdiction::kAustralia};

bool fits_age(const LimitRow& row, const Profile& profile) {
    const double age = profile.age_years.value_or(kAdultFrom);
    return age >= row.age_from && (!row.age_below || age < *row.age_below);
}

bool is_for(const LimitRow& row, const Profile& profile) {
    const auto& excluded = row.stages_excluded;
    return fits_age(row, profile) && std::find(excluded.begin(), excluded.end(), profile.stage) == excluded.end();
}

std::set<std::string> forms_of(const Assessment& assessment) {
    std::set<std::string> forms;
    for (const Entry& entry : assessment.entries) forms.insert(entry.forms.begin(), entry.forms.end());
    return forms;
}

bool names_any(const std::set<std::string>& forms, const std::vector<std::string>& families) {
    return std::any_of(families.begin(), families.end(), [&](const std::string& f) { return forms.contains(f); });
}

// What of the day's amount counts: all of it, or of several forms an unknown part.
DayAmount counting(DayAmount day, const LimitRow& row, const std::set<std::string>& forms) {
    if (row.families.empty() || !day.mg) return day;
    const bool only = std::all_of(forms.begin(), forms.end(), [&](const std::string& form) {
        return std::find(row.families.begin(), row.families.end(), form) != row.families.end();
    });
    if (!only) day.mg = Interval{std::nullopt, 0, day.mg->high};
    return day;
}

std::optional<bool> exceeds(const DayAmount& day, double limit, bool reached_counts) {
    if (!day.mg) return std::nullopt;
    const auto over = [&](double mg) { return reached_counts ? mg >= limit - kRounding : mg > limit + kRounding; };
    if (over(day.mg->low)) return true;
    if (over(day.mg->high) || day.basis != DayBasis::kDirections) return std::nullopt;
    return false;
}

std::string day_words(DayBasis basis) {
    if (basis == DayBasis::kOneServing) return "; the label gives no directions: one serving a day at least is counted";
    if (basis == DayBasis::kOneUnit) return "; the label gives no directions: one unit a day at least is counted";
    return "";
}

class Judge {
  public:
    Judge(const Assessment& assessment, const Profile& profile)
        : profile_(profile), forms_(forms_of(assessment)), day_(day_amount(assessment)) {}

    void add_all(Jurisdiction place) {
        if (!added_.insert(place).second) return;
        for (const LimitRow& row : limit_rows()) {
            if (row.place == place) add(row);
        }
        add_gap(place);
    }

    void add_strictest_other() {
        const LimitRow* strictest = nullptr;
        for (const LimitRow& row : limit_rows()) {
            const bool counts = is_upper_limit(row.kind) && row.mg && row.families.empty() && is_for(row, profile_);
            if (!counts || added_.contains(row.place)) continue;
            if (strictest == nullptr || *row.mg < *strictest->mg) strictest = &row;
        }
        if (strictest != nullptr) add(*strictest);
    }

    LimitVerdicts take() { return std::move(out_); }

  private:
    void add(const LimitRow& row) {
        if (!row.families.empty() && !names_any(forms_, row.families)) return;
        if (!is_for(row, profile_)) {
            if (is_upper_limit(row.kind) && !row.families.empty())
                warn("form_not_for_person", row.authority + ": " + row.note);
            return;
        }
        if (!row.mg) return;
        Limit limit;
        limit.taken = counting(day_, row, forms_);
        limit.exceeded = exceeds(limit.taken, *row.mg, row.reached_counts);
        if (row.kind == LimitKind::kObservedEffect && limit.exceeded != true) return;
        limit.authority = row.authority;
        limit.limit_mg = *row.mg;
        limit.applies_to = row.applies_to + "; " + row.people + day_words(limit.taken.basis);
        limit.source = row.source;
        limit.place = row.place;
        limit.kind = row.kind;
        limit.counts = row.counts;
        out_.limits.push_back(std::move(limit));
    }

    // Where an authority that sets limits sets none for such a person, that is said.
    void add_gap(Jurisdiction place) {
        const LimitRow* silent = nullptr;
        for (const LimitRow& row : limit_rows()) {
            if (row.place != place || !is_upper_limit(row.kind) || !row.families.empty()) continue;
            const bool fits = is_for(row, profile_);
            if (fits && row.mg) return;
            if (silent == nullptr || fits) silent = &row;
        }
        if (silent == nullptr) return;
        const bool explained = is_for(*silent, profile_) && !silent->note.empty();
        warn("no_limit_for_age", silent->authority + ": no limit in mg for " + profile_words(profile_) +
                                     (explained ? " (" + silent->note + ")" : "") +
                                     ". The adults' limit does not hold instead: ask a doctor or pharmacist");
    }

    void warn(const std::string& code, const std::string& message) { out_.warnings.push_back({code, message + "."}); }

    const Profile& profile_;
    std::set<std::string> forms_;
    DayAmount day_;
    std::set<Jurisdiction> added_;
    LimitVerdicts out_;
};

}  // namespace

bool is_upper_limit(LimitKind kind) {
    return kind != LimitKind::kLabelWarning && kind != LimitKind::kObservedEffect;
}

DayAmount day_amount(const Assessment& assessment) {
    if (assessment.status == Status::kUnknown) return {};
    if (assessment.per_day) return {DayBasis::kDirections, assessment.per_day};
    if (assessment.per_serving) return {DayBasis::kOneServing, assessment.per_serving};
    if (assessment.per_unit) return {DayBasis::kOneUnit, assessment.per_unit};
    return {};
}

LimitVerdicts limits_for(const Assessment& assessment, const Profile& profile, std::optional<Jurisdiction> chosen) {
    if (assessment.outcome != Outcome::kComplete && assessment.outcome != Outcome::kPartial) return {};
    Judge judge(assessment, profile);
    if (chosen) {
        judge.add_all(*chosen);
        if (const auto whole = part_of(*chosen)) judge.add_all(*whole);
        judge.add_strictest_other();
        return judge.take();
    }
    if (const auto home = home_of(assessment.market)) judge.add_all(*home);
    for (const Jurisdiction place : kUsualOrder) judge.add_all(place);
    return judge.take();
}

}  // namespace magscan::calc
