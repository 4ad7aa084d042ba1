#include "calc/summary.h"

#include <algorithm>

#include "calc/reference_values.h"
#include "calc/rules.h"
#include "calc/wording.h"

namespace magscan::calc {
namespace {

constexpr std::size_t kMostNamedForms = 3;
constexpr double kLittle = 0.15;  // of the EU's reference value: below it a label may not call it a source

// "One capsule", "1 ml".
std::string one(std::string unit) {
    std::replace(unit.begin(), unit.end(), '_', ' ');
    return (is_measure(unit) ? "1 " : "One ") + unit;
}

// What the amount is of: "One serving (2 capsules)", "One tablet".
struct Portion {
    const Interval* mg = nullptr;
    std::string name;
};

Portion portion_of(const Assessment& assessment) {
    const auto& serving = assessment.serving;
    const std::string unit = serving && serving->unit ? *serving->unit : "";
    if (assessment.per_serving) {
        if (unit.empty() || !serving->units) return {&*assessment.per_serving, "One serving"};
        if (*serving->units == 1) return {&*assessment.per_serving, one(unit)};
        return {&*assessment.per_serving, "One serving (" + format_units(serving->units, unit) + ")"};
    }
    if (assessment.per_unit) return {&*assessment.per_unit, one(unit.empty() ? "unit" : unit)};
    if (assessment.per_day) return {&*assessment.per_day, "A day's amount"};
    return {};
}

std::string names_of(const std::vector<const FormFacts*>& forms) {
    if (forms.size() > kMostNamedForms) return std::to_string(forms.size()) + " forms of magnesium";
    std::vector<std::string> names;
    for (const FormFacts* form : forms) names.push_back(form->name);
    return listed(names);
}

bool is_point(const Interval& mg) {
    return format_mg(mg.low) == format_mg(mg.high);
}

bool several_products(const Assessment& assessment) {
    return std::any_of(assessment.warnings.begin(), assessment.warnings.end(),
                       [](const parser::Warning& warning) { return warning.code == "several_products"; });
}

std::string unknown_amount(const Assessment& assessment, const std::vector<const FormFacts*>& forms) {
    if (several_products(assessment)) {
        return "The photo shows more than one product with magnesium, so no amount can be given.";
    }
    if (forms.empty()) {
        return "What was read of the label names magnesium, but neither its form nor how much it is, so it cannot be "
               "compared with the upper limits for supplements.";
    }
    return "What was read of the label names " + names_of(forms) +
           ", but does not tell how much magnesium that is, so it cannot be compared with the upper limits for "
           "supplements.";
}

// Why the figure is an interval or rests on an assumption.
std::string why_estimated(const Assessment& assessment) {
    const auto any = [&](Basis basis) {
        return std::any_of(assessment.entries.begin(), assessment.entries.end(),
                           [&](const Entry& entry) { return entry.amount && entry.basis == basis; });
    };
    if (any(Basis::kAmbiguous)) {
        return " This is an estimate: the label does not say whether it prints the magnesium itself or the weight of "
               "the whole compound.";
    }
    if (any(Basis::kCompound) && !any(Basis::kElemental)) {
        return " This is an estimate: the label prints the weight of the whole compound, and how much of that is "
               "magnesium was computed.";
    }
    // A rule's own reason speaks to those who know the rules.
    const bool of_rule = std::any_of(assessment.entries.begin(), assessment.entries.end(), [&](const Entry& entry) {
        const Rule* rule = find_rule(entry.rule);
        return rule != nullptr && rule->reason == assessment.reason;
    });
    if (of_rule || assessment.reason.empty()) {
        return " This is an estimate, because the label leaves open what its figure counts.";
    }
    return " This is an estimate. " + assessment.reason;
}

std::string amount_sentences(const Assessment& assessment, const Portion& portion,
                             const std::vector<const FormFacts*>& forms) {
    std::string out = portion.name + " holds " + format_interval(*portion.mg) + " of magnesium itself";
    if (!forms.empty()) out += ", from " + names_of(forms);
    if (assessment.status == Status::kDerived) out += " (worked out from the printed figures)";
    out += ".";
    const auto& day = assessment.per_day;
    if (day && portion.mg != &*day && format_interval(*day) != format_interval(*portion.mg)) {
        out += " By the directions on the label a day's amount is " + format_interval(*day) + ".";
    }
    if (assessment.status == Status::kEstimated) out += why_estimated(assessment);
    return out;
}

// "250 mg (EU), 350 mg (US and AU)": each figure once.
std::string limits_in_words(std::vector<const Limit*> limits) {
    std::stable_sort(limits.begin(), limits.end(),
                     [](const Limit* a, const Limit* b) { return a->limit_mg < b->limit_mg; });
    std::vector<std::string> items;
    for (std::size_t i = 0; i < limits.size();) {
        std::vector<std::string> authorities;
        const double mg = limits[i]->limit_mg;
        for (; i < limits.size() && limits[i]->limit_mg == mg; ++i) {
            const std::string name(short_name(limits[i]->place));
            if (std::find(authorities.begin(), authorities.end(), name) == authorities.end())
                authorities.push_back(name);
        }
        items.push_back(format_mg(mg) + " (" + listed(authorities) + ")");
    }
    return listed(items);
}

std::string limit_sentences(const Assessment& assessment, const Portion& portion, std::span<const Limit> limits) {
    const Interval& mg = assessment.per_day ? *assessment.per_day : *portion.mg;
    std::vector<const Limit*> above, within, open;
    for (const Limit& limit : limits) {
        if (!is_upper_limit(limit.kind)) continue;
        if (limit.exceeded ? *limit.exceeded : mg.low > limit.limit_mg) {
            above.push_back(&limit);
        } else if (limit.exceeded || mg.high <= limit.limit_mg) {
            within.push_back(&limit);
        } else {
            open.push_back(&limit);
        }
    }
    // Said already where the directions make it more or less than one serving.
    const bool told = assessment.per_day && format_interval(mg) != format_interval(*portion.mg);
    const std::string that = told ? " That" : " Taken once a day, that";
    const auto limit_word = [](const std::vector<const Limit*>& of) {
        const bool one = std::all_of(of.begin(), of.end(),
                                     [&](const Limit* limit) { return limit->limit_mg == of.front()->limit_mg; });
        return std::string(one ? "upper limit" : "upper limits") + " for supplements";
    };
    std::string out;
    if (!above.empty()) {
        out += that + " is more than " + limits_in_words(above) + ", the " + limit_word(above);
        if (!within.empty()) out += ", but within " + limits_in_words(within);
        out += ". Loose stools are the usual first sign of too much.";
    } else if (!within.empty()) {
        out += that + " stays within the " + limit_word(within) + ": " + limits_in_words(within) + ".";
    }
    if (open.empty()) return out;
    const std::string which = out.empty() ? "the " + limit_word(open) + " of " : "";
    return out + " Whether it stays within " + which + limits_in_words(open) + " cannot be told from this label.";
}

std::string little_sentence(const Assessment& assessment, const Portion& portion) {
    const Interval& mg = assessment.per_day ? *assessment.per_day : *portion.mg;
    const ReferenceValue* advised = find_reference_value("eu-nrv");
    if (advised == nullptr || mg.high >= kLittle * advised->mg) return {};
    return " That is little: less than a sixth of what adults are advised to get in a day.";
}

// Whether each form has an amount of its own.
bool shares_are_known(const Assessment& assessment) {
    return std::all_of(assessment.entries.begin(), assessment.entries.end(), [](const Entry& entry) {
        return entry.forms.size() <= 1 && entry.elemental_mg && is_point(*entry.elemental_mg);
    });
}

std::string form_sentences(const Assessment& assessment, const std::vector<const FormFacts*>& forms) {
    if (forms.empty()) {
        return assessment.status == Status::kUnknown
                   ? ""
                   : " The label does not name the form, so nothing can be said of what it is good for.";
    }
    if (forms.size() == 1) return " " + forms.front()->gist;
    if (several_products(assessment)) return " The notes on each form hold for the product that contains it.";
    if (shares_are_known(assessment)) return " It is a mixture: the notes on each form hold for its own share.";
    return " It is a mixture, and the label does not tell how much of each form is in it: the notes on a form hold for "
           "its share only.";
}

}  // namespace

std::string summary_of(const Assessment& assessment, const std::vector<const FormFacts*>& forms,
                       std::span<const Limit> limits) {
    const Portion portion = assessment.status == Status::kUnknown ? Portion{} : portion_of(assessment);
    std::string out;
    if (portion.mg == nullptr) {
        out = unknown_amount(assessment, forms);
    } else {
        out = amount_sentences(assessment, portion, forms);
        out += limit_sentences(assessment, portion, limits);
        out += little_sentence(assessment, portion);
    }
    return out + form_sentences(assessment, forms);
}

}  // namespace magscan::calc
