#include "calc/assess.h"

#include <algorithm>
#include <iterator>

#include "calc/basis.h"
#include "calc/calibration.h"
#include "calc/columns.h"
#include "calc/compounds.h"
#include "calc/elemental.h"
#include "calc/label_notes.h"
#include "calc/photos.h"
#include "calc/portions.h"
#include "calc/repair.h"
#include "calc/rules.h"
#include "calc/unread_rows.h"

namespace magscan::calc {
namespace {

constexpr int kReadableWords = 4;   // fewer than that and nothing can be said of the label
constexpr double kRepaired = 0.75;  // one equation and one changed digit: no witness yet
constexpr double kOneOfSeveral = 0.5;
constexpr double kPaired = 0.85;         // two amounts of one compound that fit each other
constexpr double kPairedOnPhoto = 0.75;  // the range that fits is too lax to show a misread digit

std::string join_form_text(const std::vector<parser::Form>& forms) {
    std::string text;
    for (const parser::Form& form : forms) text += (text.empty() ? "" : ", ") + form.text;
    return text;
}

// "Complex", "plant source", "yeast" say that magnesium comes from something, not from what: no form is named.
bool is_substance(const parser::Form& form) {
    if (form.family != "other") return true;
    const Compound* compound = find_compound(form.compound);
    return compound != nullptr && !compound->formula.empty();
}

Entry entry_of(const Judged& judged) {
    const parser::Statement& s = *judged.statement;
    Entry entry;
    for (const parser::Form& form : s.forms) {
        if (!is_substance(form)) continue;
        if (std::find(entry.forms.begin(), entry.forms.end(), form.family) == entry.forms.end())
            entry.forms.push_back(form.family);
        if (!form.compound.empty() && form.compound.find("unspecified") == std::string::npos)
            entry.compounds.push_back(form.compound);
    }
    if (!s.forms.empty()) entry.form_text = join_form_text(s.forms);
    entry.amount = s.amount ? s.amount : s.inner_element ? s.inner_element : s.inner_compound;
    // "Magnesium citrate 1,500 mg, of which magnesium 240 mg": the amount that was judged elemental is the inner one.
    if (s.inner_element && judged.decision.basis == Basis::kElemental) entry.amount = s.inner_element;
    entry.basis = judged.decision.basis;
    entry.rule = judged.decision.rule;
    entry.per = s.per;
    entry.compound_mg = judged.decision.compound;
    entry.elemental_mg = judged.decision.elemental;
    entry.daily_value_percent = s.percent;
    entry.score = judged.decision.confidence;
    entry.confidence = probability(entry.score, medium_of(s));
    entry.read_differently = judged.decision.read_differently;
    entry.evidence = s.evidence;
    return entry;
}

bool is_open(const Judged& judged) {
    return judged.statement->amount && judged.statement->subject == parser::Subject::kCompound &&
           !judged.decision.percent_agrees && judged.decision.basis != Basis::kElemental &&
           judged.decision.status == Status::kEstimated;
}

// "Magnesium malate 1000 mg ... magnesium malate 113 mg": two amounts of one compound, of which the smaller is just
// what the larger holds of the element.
void settle_pairs(std::vector<Judged>& judged, double units) {
    struct Weight {
        double mg = 0;  // 0 where the statement has none, or several forms
        bool of_one = false;
    };
    std::vector<Weight> weights;
    for (const Judged& j : judged) {
        const parser::Statement& s = *j.statement;
        const bool one_form = s.amount && s.forms.size() == 1;
        weights.push_back({one_form ? s.amount->mg : 0, s.per == parser::Per::kUnit});
    }
    for (Judged& small : judged) {
        if (!is_open(small) || small.statement->forms.size() != 1) continue;
        const parser::Form& form = small.statement->forms.front();
        const Compound* compound = find_compound(form.compound);
        if (compound == nullptr || compound->declared_high <= 0) continue;
        const double mg = small.statement->amount->mg;
        for (std::size_t i = 0; i < judged.size(); ++i) {
            // "1,250 mg per tablet ... 425 mg, 3 tablets": the compound of the whole serving.
            const bool of_one = weights[i].of_one && small.statement->per != parser::Per::kUnit;
            const double whole = weights[i].mg * (of_one ? units : 1);
            if (whole <= mg || !fits_declared(mg / whole, compound->declared_low, compound->declared_high)) continue;
            if (!is_open(judged[i]) || judged[i].statement->forms.front().family != form.family) continue;
            small.decision.basis = Basis::kElemental;
            small.decision.status = Status::kDerived;
            small.decision.compound = Interval{whole, whole, whole};
            small.decision.elemental = Interval{mg, mg, mg};
            const bool photo = medium_of(*small.statement) == Medium::kPhoto;
            small.decision.confidence = photo ? kPairedOnPhoto : kPaired;
            break;
        }
    }
}

// A headline's "chelated magnesium" says less than the "magnesium bisglycinate" of the panel below it.
void drop_general_chelates(std::vector<parser::Statement>& statements) {
    const auto names = [](const parser::Statement& s, std::string_view family) {
        return std::any_of(s.forms.begin(), s.forms.end(), [&](const parser::Form& f) { return f.family == family; });
    };
    const bool named = std::any_of(statements.begin(), statements.end(), [&](const parser::Statement& s) {
        return names(s, "bisglycinate") || names(s, "lysinate-glycinate");
    });
    if (!named) return;
    for (parser::Statement& s : statements) {
        if (s.forms.size() == 1 && s.forms.front().family == "amino-acid-chelate") s.forms.clear();
    }
}

// Of the substances that a statement names; "complex" is none.
std::vector<std::string> families(const parser::Statement& s) {
    std::vector<std::string> out;
    for (const parser::Form& form : s.forms) {
        if (is_substance(form)) out.push_back(form.family);
    }
    return out;
}

bool covers(const std::vector<std::string>& all, const std::vector<std::string>& some) {
    return std::all_of(some.begin(), some.end(),
                       [&](const std::string& f) { return std::find(all.begin(), all.end(), f) != all.end(); });
}

bool has_amount(const parser::Statement& s) {
    return s.amount || s.inner_element || s.inner_compound || s.percent;
}

// Whether no photo shows the statement together with a form that has an amount.
bool on_other_photo(const Judged& names, const std::vector<Judged>& judged) {
    return std::none_of(judged.begin(), judged.end(), [&](const Judged& j) {
        return has_amount(*j.statement) && !j.statement->forms.empty() && share_photo(*j.statement, *names.statement);
    });
}

// The statements that the report lists: those with amounts, and of the others those that name forms which the amounts
// leave open. An ingredient list names forms only where the panel doesn't.
// Where the photos name different forms, both are listed.
std::vector<bool> listed(const std::vector<Judged>& judged, bool all_forms) {
    std::vector<std::string> known;
    bool amounts = false;
    for (const Judged& j : judged) {
        if (!has_amount(*j.statement)) continue;
        amounts = true;
        for (std::string& family : families(*j.statement)) known.push_back(std::move(family));
    }
    const bool forms_known = !known.empty() && !all_forms;
    std::vector<bool> keep;
    for (const Judged& j : judged) {
        if (has_amount(*j.statement)) {
            keep.push_back(true);
            continue;
        }
        const auto names = families(*j.statement);
        // Another photo, of the front mostly, names all forms of which the panel showed some.
        // So does the list of a text that names several at once: "ionic citrate, made from carbonate and citric acid".
        const auto completes = [&] {
            const bool text = medium_of(*j.statement) == Medium::kText;
            return covers(names, known) && (text || on_other_photo(j, judged));
        };
        const bool adds = !names.empty() && !covers(known, names) && (!forms_known || completes());
        if (adds) known.insert(known.end(), names.begin(), names.end());
        keep.push_back(adds || (!amounts && keep.empty()));
    }
    return keep;
}

// The label with each row's amount for one serving as its own.
struct Columns {
    parser::Label label;
    std::vector<ColumnChoice> choices;  // one for each statement
};

// The serving is that of the column that was taken: "1 scoop", "2 gummies" for adults.
void follow_column(std::optional<parser::Serving>& serving, const parser::Heading& heading) {
    const bool counted = heading.units && heading.per != parser::Per::kUnit && heading.per != parser::Per::k100g &&
                         heading.per != parser::Per::k100ml;
    if (!serving && counted) serving.emplace();
    if (!serving) return;
    const bool same_unit = !serving->unit || heading.unit == *serving->unit;
    if (counted && same_unit) {
        if (serving->units != heading.units) serving->text = heading.text;
        serving->units = heading.units;
        serving->unit = heading.unit;
        serving->varies = false;
    }
    if (heading.people == parser::People::kAdults && !serving->units) serving->varies = false;
}

Columns settle_columns(const parser::Label& printed, parser::Jurisdiction usual_market) {
    Columns columns{printed, {}};
    if (columns.label.jurisdiction == parser::Jurisdiction::kUnknown) columns.label.jurisdiction = usual_market;
    bool followed = false;
    for (parser::Statement& statement : columns.label.statements) {
        ColumnChoice choice = choose_column(statement, printed.serving, columns.label.jurisdiction);
        statement = choice.statement;
        if (!followed && choice.check && choice.settled) {
            follow_column(columns.label.serving, statement.heading);
            followed = true;
        }
        columns.choices.push_back(std::move(choice));
    }
    return columns;
}

std::vector<std::optional<Repair>> repair_all(const std::vector<parser::Statement>& statements,
                                              parser::Jurisdiction market) {
    std::vector<std::optional<Repair>> repairs;
    for (const parser::Statement& statement : statements) repairs.push_back(repair(statement, statements, market));
    return repairs;
}

Judged judge(const parser::Statement& statement, const ColumnChoice& choice, const std::optional<Repair>& repaired,
             const Context& context) {
    Judged judged{&statement, decide(statement, context, choice.proof ? &*choice.proof : nullptr)};
    Decision& decision = judged.decision;
    judged.column_open = !choice.settled;
    if (choice.check) decision.checks.push_back(*choice.check);
    if (choice.measure_check) decision.checks.push_back(*choice.measure_check);
    if (repaired) {
        decision.checks.insert(decision.checks.begin(), repaired->check);
        if (repaired->digit) {
            decision.percent_agrees = false;
            decision.digit_corrected = true;
            decision.confidence = std::min(decision.confidence, kRepaired);
        }
    }
    return judged;
}

// Of several products in one picture, the figure may be any one's.
void leave_open(Figure& figure, const std::vector<Judged>& judged) {
    const auto widen = [&](std::optional<Interval>& interval, bool per_unit) {
        if (!interval) return;
        interval->value.reset();
        for (const Judged& j : judged) {
            if (!j.decision.elemental || (j.statement->per == parser::Per::kUnit) != per_unit) continue;
            interval->low = std::min(interval->low, j.decision.elemental->low);
            interval->high = std::max(interval->high, j.decision.elemental->high);
        }
    };
    widen(figure.per_serving, false);
    widen(figure.per_unit, true);
    if (figure.status != Status::kUnknown) figure.status = Status::kEstimated;
    figure.confidence = std::min(figure.confidence, kOneOfSeveral);
    figure.reason = "The photo shows several products, and nothing says which one is meant.";
}

// Whether a figure rests on amounts of a day: "pro Tagesdosis".
bool counts_a_day(const Figure& figure, const std::vector<Judged>& judged) {
    return std::any_of(figure.used.begin(), figure.used.end(),
                       [&](std::size_t index) { return judged[index].statement->per == parser::Per::kDay; });
}

// A panel's amount of a day beside directions of several servings a day: whether the panel means one serving or all of
// them, nothing says.
void leave_day_open(Assessment& assessment, bool unit_is_printed) {
    const auto& serving = assessment.serving;
    if (!assessment.per_day || !(*serving->per_day_high > 1)) return;
    assessment.per_day = Interval{std::nullopt, assessment.per_serving->low, assessment.per_day->high};
    if (!assessment.per_unit || unit_is_printed) return;
    assessment.per_unit =
        Interval{std::nullopt, assessment.per_unit->low / *serving->per_day_high, assessment.per_unit->high};
}

// A figure is read off a photo if any of its rows is.
Medium medium_of_figure(const Figure& figure, const std::vector<Judged>& judged) {
    const bool photo = std::any_of(figure.used.begin(), figure.used.end(), [&](std::size_t index) {
        return medium_of(*judged[index].statement) == Medium::kPhoto;
    });
    return photo ? Medium::kPhoto : Medium::kText;
}

std::string reason_of(const Figure& figure, const std::vector<Judged>& judged) {
    if (!figure.reason.empty()) return figure.reason;
    if (figure.used.empty()) return "The label names no amount of magnesium.";
    const Rule* rule = find_rule(judged[figure.used.front()].decision.rule);
    return rule != nullptr ? rule->reason : std::string();
}

}  // namespace

Assessment assess(const parser::Label& printed, parser::Jurisdiction usual_market) {
    const Columns columns = settle_columns(printed, usual_market);
    const parser::Label& label = columns.label;
    Assessment assessment;
    assessment.market = label.jurisdiction;
    assessment.serving = label.serving;
    assessment.warnings = label.warnings;
    if (!label.names_magnesium) {
        assessment.outcome = label.readable_words >= kReadableWords ? Outcome::kNoMagnesium : Outcome::kUnreadable;
        return assessment;
    }
    Context context = context_of(label);
    std::vector<Judged> judged;
    std::vector<parser::Statement> statements = label.statements;
    drop_general_chelates(statements);
    context.photos_name_other_forms = forms_disagree(statements);
    const std::vector<std::optional<Repair>> repairs = repair_all(statements, context.market);
    for (std::size_t i = 0; i < statements.size(); ++i) {
        if (!statements[i].rivals.empty()) {
            Settled settled = settle_readings(statements[i], context);
            statements[i] = std::move(settled.statement);
            std::move(settled.warnings.begin(), settled.warnings.end(), std::back_inserter(assessment.warnings));
            judged.push_back({&statements[i], std::move(settled.decision)});
            judged.back().column_open = !columns.choices[i].settled;
            continue;
        }
        if (repairs[i]) statements[i] = repairs[i]->statement;
        judged.push_back(judge(statements[i], columns.choices[i], repairs[i], context));
    }
    settle_pairs(judged, context.units_per_serving.value_or(1));
    Figure figure = combine(judged, context);
    const bool unit_only = figure.per_unit && !figure.per_serving;
    if (label.serving && (label.serving->varies || (label.serving->dose_varies && unit_only)) &&
        figure.status != Status::kUnknown) {
        // Which of several servings the amount belongs to, the label does not say.
        figure.status = Status::kEstimated;
        figure.reason = "The label gives several serving sizes and nothing says which one the amount belongs to.";
    }
    const bool several = std::any_of(label.warnings.begin(), label.warnings.end(),
                                     [](const parser::Warning& w) { return w.code == "several_products"; });
    if (several) leave_open(figure, judged);
    if (auto warning = allow_for_unread_rows(figure, judged, label)) assessment.warnings.push_back(std::move(*warning));
    note_sources(judged, figure);
    for (parser::Warning& note : label_notes(judged, figure, context)) assessment.warnings.push_back(std::move(note));
    const std::vector<parser::Warning> contradicting = contradictions(judged, figure, context);
    if (!contradicting.empty()) figure.confidence = std::min(figure.confidence, kDisputed);
    assessment.warnings.insert(assessment.warnings.end(), contradicting.begin(), contradicting.end());
    assessment.status = figure.status;
    assessment.per_serving = figure.per_serving;
    assessment.per_unit = figure.per_unit;
    assessment.score = figure.confidence;
    assessment.confidence = probability(figure.confidence, medium_of_figure(figure, judged));
    assessment.reason = reason_of(figure, judged);
    spread(assessment, context);
    if (counts_a_day(figure, judged)) leave_day_open(assessment, figure.per_unit.has_value());
    const std::vector<bool> keep = listed(judged, context.photos_name_other_forms);
    for (std::size_t i = 0; i < judged.size(); ++i) {
        if (!keep[i]) continue;
        assessment.entries.push_back(entry_of(judged[i]));
        for (Check& check : judged[i].decision.checks) assessment.checks.push_back(std::move(check));
    }
    const bool names_form = std::any_of(assessment.entries.begin(), assessment.entries.end(),
                                        [](const Entry& e) { return !e.forms.empty(); });
    const bool firm = figure.status == Status::kStated || figure.status == Status::kDerived;
    assessment.outcome = names_form && firm ? Outcome::kComplete : Outcome::kPartial;
    return assessment;
}

}  // namespace magscan::calc
