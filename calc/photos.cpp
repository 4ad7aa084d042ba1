#include "calc/photos.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <string>

#include "calc/broad_names.h"
#include "calc/percent.h"

namespace magscan::calc {
namespace {

using parser::Amount;
using parser::Statement;
using parser::Warning;

constexpr const char* kRule = "PH-1";
constexpr double kUnsettled = 0.5;
constexpr int kMostServings = 6;  // fronts give the amount of a day or of several units
constexpr double kClose = 0.03;   // relative, of two amounts that may be the same or its multiple

std::set<int> photos_of(const Statement& s) {
    std::set<int> out;
    for (const parser::Evidence& evidence : s.evidence) out.insert(evidence.image);
    if (out.empty()) out.insert(0);
    return out;
}

// " (photo 2)"
std::string photo_name(const Statement& s) {
    return " (photo " + std::to_string(*photos_of(s).begin() + 1) + ")";
}

std::string number(double value) {
    std::string text = std::to_string(value);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text;
}

std::string percent_text(double percent) {
    return number(percent) + " %";
}

// The figures that two readings of a row differ in, as printed.
std::string figures_of(const Statement& s) {
    std::string out;
    const auto add = [&](const std::optional<Amount>& amount) {
        if (amount) out += (out.empty() ? "\"" : ", \"") + amount->text + "\"";
    };
    add(s.amount);
    add(s.inner_element);
    add(s.inner_compound);
    if (s.percent) out += (out.empty() ? "" : ", ") + percent_text(*s.percent);
    return out;
}

std::vector<Statement> readings_of(const Statement& statement) {
    std::vector<Statement> readings = {statement};
    readings.front().rivals.clear();
    readings.insert(readings.end(), statement.rivals.begin(), statement.rivals.end());
    return readings;
}

const std::optional<Amount>& key_amount(const Statement& s) {
    return s.inner_element ? s.inner_element : s.amount;
}

struct Choice {
    std::size_t amount = 0;   // index of the reading whose amount fits
    std::size_t percent = 0;  // index of the reading whose percentage it fits
};

// Whether two figures differ by one digit at most, taken for another, lost or added.
bool may_be_misread(double a, double b) {
    std::string p = number(a), q = number(b);
    if (p.size() > q.size()) std::swap(p, q);
    if (q.size() - p.size() > 1) return false;
    const auto [left, unused] = std::mismatch(p.begin(), p.end(), q.begin());
    const auto same = static_cast<std::size_t>(left - p.begin());
    if (same == p.size()) return true;
    return p.substr(same + (p.size() == q.size() ? 1 : 0)) == q.substr(same + 1);
}

// Whether the readings may be of one print: figures further apart are those of two products.
bool may_be_one_print(const std::vector<Statement>& readings) {
    const Statement& first = readings.front();
    return std::all_of(readings.begin() + 1, readings.end(), [&](const Statement& s) {
        const auto &a = key_amount(first), &b = key_amount(s);
        const bool amounts = !a || !b || may_be_misread(a->mg, b->mg);
        return amounts && (!first.percent || !s.percent || may_be_misread(*first.percent, *s.percent));
    });
}

// The one amount that fits a percentage of the row. Nothing where none does, or two.
std::optional<Choice> by_percentage(const std::vector<Statement>& readings, const Context& context) {
    std::optional<Choice> choice;
    for (std::size_t i = 0; i < readings.size(); ++i) {
        const auto& amount = key_amount(readings[i]);
        if (!amount) continue;
        for (std::size_t k = 0; k < readings.size(); ++k) {
            const Statement& other = readings[(i + k) % readings.size()];  // its own percentage first
            if (!other.percent) continue;
            if (!fitting_daily_value(amount->mg, amount->step_mg, *other.percent, context.market)) continue;
            if (choice && key_amount(readings[choice->amount])->mg != amount->mg) return std::nullopt;
            if (!choice) choice = Choice{i, (i + k) % readings.size()};
        }
    }
    return choice;
}

std::string all_readings(const std::vector<Statement>& readings) {
    std::string out;
    for (const Statement& reading : readings) {
        out += (out.empty() ? "" : " and ") + figures_of(reading) + photo_name(reading);
    }
    return "One row was read as " + out;
}

Settled settled_by(const Choice& choice, const std::vector<Statement>& readings, const Context& context) {
    Settled out;
    out.statement = readings[choice.amount];
    if (choice.percent != choice.amount) {
        const Statement& witness = readings[choice.percent];
        out.statement.percent = witness.percent;
        out.statement.percent_unmarked = witness.percent_unmarked;
        out.statement.evidence.insert(out.statement.evidence.end(), witness.evidence.begin(), witness.evidence.end());
    }
    out.decision = decide(out.statement, context);
    out.warnings.push_back({"photos_disagree", all_readings(readings) + ". " + key_amount(out.statement)->text +
                                                   " fits the percentage of " + percent_text(*out.statement.percent) +
                                                   " and is used. Compare it with the label."});
    return out;
}

// Bounds over all readings.
Settled unsettled(const std::vector<Statement>& readings, const Context& context) {
    Settled out;
    out.statement = readings.front();
    std::optional<Interval> bounds;
    for (const Statement& reading : readings) {
        const Decision one = decide(reading, context);
        if (&reading != &readings.front()) {
            out.statement.evidence.insert(out.statement.evidence.end(), reading.evidence.begin(),
                                          reading.evidence.end());
        }
        if (!one.elemental) continue;
        const Interval& e = *one.elemental;
        bounds = bounds ? Interval{std::nullopt, std::min(bounds->low, e.low), std::max(bounds->high, e.high)}
                        : Interval{std::nullopt, e.low, e.high};
    }
    out.decision.basis = Basis::kAmbiguous;
    out.decision.rule = kRule;
    out.decision.status = bounds ? Status::kEstimated : Status::kUnknown;
    out.decision.elemental = bounds;
    out.decision.contradicts_itself = true;
    out.decision.read_differently = true;
    out.decision.confidence = bounds ? kUnsettled : 0;
    out.warnings.push_back({"photos_disagree", all_readings(readings) +
                                                   ", and no percentage tells which is right. Take the panel again, "
                                                   "closer and straight from the front."});
    return out;
}

// --- forms ---

bool kindred(const Statement& a, const Statement& b) {
    return std::any_of(a.forms.begin(), a.forms.end(), [&](const parser::Form& p) {
        return std::any_of(b.forms.begin(), b.forms.end(),
                           [&](const parser::Form& q) { return may_be_same(p.family, q.family); });
    });
}

bool names_form(const Statement& s) {
    return std::any_of(s.forms.begin(), s.forms.end(),
                       [](const parser::Form& form) { return !stands_for_any(form.family); });
}

// Groups of statements that are linked by a common photo or by a form in common; the group's number for each
// statement, -1 where it names no form.
std::vector<int> groups_of(const std::vector<Statement>& statements) {
    std::vector<int> group(statements.size(), -1);
    int next = 0;
    for (std::size_t i = 0; i < statements.size(); ++i) {
        if (!names_form(statements[i])) continue;
        for (std::size_t k = 0; k < i; ++k) {
            if (group[k] < 0 || group[k] == group[i]) continue;
            if (!share_photo(statements[i], statements[k]) && !kindred(statements[i], statements[k])) continue;
            const int from = group[k];
            if (group[i] < 0) {
                group[i] = from;
            } else {
                std::replace(group.begin(), group.end(), from, int{group[i]});
            }
        }
        if (group[i] < 0) group[i] = next++;
    }
    return group;
}

std::optional<Warning> forms_warning(const std::vector<Judged>& judged) {
    std::vector<Statement> statements;
    for (const Judged& j : judged) statements.push_back(*j.statement);
    const std::vector<int> groups = groups_of(statements);
    std::string names;
    std::set<int> told = {-1};
    for (std::size_t i = 0; i < statements.size(); ++i) {
        if (!told.insert(groups[i]).second) continue;
        names += (names.empty() ? "\"" : ", \"") + statements[i].forms.front().text + "\"" + photo_name(statements[i]);
    }
    if (told.size() <= 2) return std::nullopt;
    return Warning{"photos_disagree", "The photos name different forms: " + names +
                                          ". Check that all photos show one product; if they do, take one that shows "
                                          "the whole panel."};
}

// --- amounts ---

bool multiple(double a, double b) {
    if (a <= 0 || b <= 0) return false;
    const double ratio = std::max(a, b) / std::min(a, b);
    return std::abs(ratio - std::round(ratio)) <= kClose * ratio && ratio < kMostServings + 0.5;
}

// Whether some whole number of servings, or part of one, brings the figure into the bounds.
bool reaches(const Interval& bounds, double mg) {
    for (int n = 1; n <= kMostServings; ++n) {
        for (const double scaled : {mg * n, mg / n}) {
            if (bounds.low * (1 - kClose) <= scaled && scaled <= bounds.high * (1 + kClose)) return true;
        }
    }
    return false;
}

// Whether another photo states an amount that the figure leaves unexplained.
bool contradicts(const Judged& other, const Interval& figure) {
    const Statement& s = *other.statement;
    const bool counts = s.per != parser::Per::k100g && s.per != parser::Per::k100ml && s.other_columns.empty();
    if (!counts || !other.decision.elemental || other.decision.contradicts_itself) return false;
    const Interval& theirs = *other.decision.elemental;
    const bool firm = other.decision.status == Status::kStated || other.decision.status == Status::kDerived;
    if (firm && figure.value && theirs.value) return !multiple(*figure.value, *theirs.value);
    // "Magnesium 80 %" whose amount was not read; with forms it may be a part of the whole.
    if (s.percent && !s.percent_unmarked && !s.amount && !s.inner_compound && s.forms.empty() && figure.value) {
        return *figure.value < theirs.low * (1 - kClose) || *figure.value > theirs.high * (1 + kClose);
    }
    const bool compound = other.decision.basis == Basis::kCompound && s.amount;
    return compound && figure.value && !reaches(theirs, *figure.value);
}

Warning amounts_warning(const Statement& a, const Statement& b) {
    return {"photos_disagree", figures_of(a) + photo_name(a) + " and " + figures_of(b) + photo_name(b) +
                                   " do not fit each other. Check that both show one product, and compare the figures "
                                   "with the label."};
}

// A compound's own row repeats the source of the element's row on the same panel, often one of several.
bool repeats_source(const Statement& s) {
    return s.place == parser::Place::kIngredients || s.no_daily_value_mark;
}

}  // namespace

bool share_photo(const Statement& a, const Statement& b) {
    const std::set<int> p = photos_of(a), q = photos_of(b);
    return std::any_of(p.begin(), p.end(), [&](int photo) { return q.contains(photo); });
}

Settled settle_readings(const Statement& statement, const Context& context) {
    if (statement.rivals.empty()) return {statement, decide(statement, context), {}};
    const std::vector<Statement> readings = readings_of(statement);
    const auto choice = by_percentage(readings, context);
    if (choice && may_be_one_print(readings)) return settled_by(*choice, readings, context);
    return unsettled(readings, context);
}

bool forms_disagree(const std::vector<Statement>& statements) {
    std::set<int> groups;
    for (const int group : groups_of(statements)) groups.insert(group);
    groups.erase(-1);
    return groups.size() > 1;
}

std::vector<Warning> contradictions(const std::vector<Judged>& judged, const Figure& figure, const Context& context) {
    std::vector<Warning> out;
    if (const auto warning = forms_warning(judged)) out.push_back(*warning);
    if (figure.used.empty() || !(figure.per_serving || figure.per_unit)) return out;
    const Judged& first = judged[figure.used.front()];
    const Judged& last = judged[figure.used.back()];
    if (out.empty() && figure.status == Status::kEstimated && !share_photo(*first.statement, *last.statement)) {
        out.push_back(amounts_warning(*first.statement, *last.statement));
    }
    const Interval& mg = figure.per_serving ? *figure.per_serving : *figure.per_unit;
    for (const Judged& other : judged) {
        const bool apart = std::none_of(figure.used.begin(), figure.used.end(), [&](std::size_t used) {
            return share_photo(*judged[used].statement, *other.statement);
        });
        if (!apart || repeats_source(*other.statement)) continue;
        Judged served = other;
        if (other.statement->per == parser::Per::kUnit && context.units_per_serving && served.decision.elemental) {
            Interval& e = *served.decision.elemental;
            if (e.value) *e.value *= *context.units_per_serving;
            e.low *= *context.units_per_serving;
            e.high *= *context.units_per_serving;
        }
        if (!contradicts(served, mg)) continue;
        out.push_back(amounts_warning(*first.statement, *other.statement));
    }
    return out;
}

}  // namespace magscan::calc
