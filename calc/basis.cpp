#include "calc/basis.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "calc/compounds.h"
#include "calc/percent.h"
#include "calc/rules.h"
#include "calc/unit_capacity.h"

namespace magscan::calc {
namespace {

using parser::Amount;
using parser::Jurisdiction;
using parser::Place;
using parser::Statement;
using parser::Subject;

constexpr double kCompoundFromMg = 700;  // no usual serving carries that much of the element (rule FOP-2)
constexpr double kImpossibleMg = 2500;   // no oral product carries that much of the element in a serving
constexpr double kAgreeing = 0.97;       // amount and percentage say the same: a misread digit in either would show
constexpr double kLegible = 0.7;         // the recogniser's confidence from which a percentage confirms an amount
constexpr double kClear = 0.85;          // the same where the percentage fits loosely, as it then may by chance
constexpr double kLoneReading = 0.79;    // a photographed figure that nothing else on the label confirms

std::string number(double value) {
    char text[32];
    std::snprintf(text, sizeof text, value >= 100 || value == std::round(value) ? "%.0f" : "%.1f", value);
    return text;
}

struct Fraction {
    double low = 0.03;
    double typical = 0;   // 0: not known
    double high = 0.603;  // magnesium oxide, the densest source

    bool holds(double share) const { return fits_declared(share, low, high); }
};

// What share of the compound's weight can be magnesium: over all compounds that the statement names.
Fraction fraction_of(const Statement& statement) {
    Fraction fraction;
    bool any = false;
    for (const parser::Form& form : statement.forms) {
        const Compound* compound = find_compound(form.compound);
        if (compound == nullptr || compound->declared_high <= 0) return {};
        fraction.low = any ? std::min(fraction.low, compound->declared_low) : compound->declared_low;
        fraction.high = any ? std::max(fraction.high, compound->declared_high) : compound->declared_high;
        fraction.typical = any ? 0 : compound->declared_typical;
        any = true;
    }
    return fraction;
}

Interval exactly(const Amount& amount) {
    return {amount.mg, amount.mg, amount.mg};
}

class Decider {
  public:
    Decider(const Statement& statement, const Context& context)
        : s_(statement), context_(context), fraction_(fraction_of(statement)) {}

    Decision run() {
        if (s_.inner_element) {
            by_inner_element();
        } else if (!s_.amount) {
            without_amount();
        } else if (s_.amount->molar) {
            elemental("MED-1", *s_.amount);
        } else if (s_.says_elemental) {
            elemental("TXT-1", *s_.amount);
        } else if (s_.bracket_open && !agrees(*s_.amount)) {
            ambiguous(*s_.amount, european() ? "EU-3" : "US-3");
        } else if (s_.subject == Subject::kMineral) {
            mineral_row();
        } else {
            compound_row();
        }
        check_fraction();
        check_capacity();
        weigh();
        return decision_;
    }

  private:
    bool is_photo() const { return !s_.evidence.empty() && !s_.evidence.front().polygon.empty(); }
    bool in_table() const { return s_.place == Place::kPanel || s_.place == Place::kDrugFacts; }
    bool european() const { return context_.market == Jurisdiction::kEu; }

    void add_check(std::string rule, CheckResult result, std::string detail) {
        decision_.checks.push_back({std::move(rule), result, std::move(detail)});
    }

    void elemental(const std::string& rule, const Amount& amount) {
        decision_.basis = Basis::kElemental;
        decision_.status = Status::kStated;
        decision_.rule = rule;
        decision_.elemental = exactly(amount);
        if (s_.inner_compound && s_.inner_compound->mg > amount.mg) decision_.compound = exactly(*s_.inner_compound);
        check_percent(amount);
    }

    // "Magnesium citrate 1,500 mg, of which magnesium 240 mg"; "Magnesium 400 mg (100 mg elemental)".
    void by_inner_element() {
        const Amount& inner = *s_.inner_element;
        const bool pair = s_.amount && s_.amount->mg > inner.mg;
        const std::string of_which = context_.market == Jurisdiction::kAustralia ? "AU-1"
                                     : context_.market == Jurisdiction::kCanada  ? "CA-2"
                                                                                 : "EU-2";
        elemental(of_which, inner);
        if (pair) decision_.compound = exactly(*s_.amount);
        if (s_.amount && s_.subject == Subject::kMineral && s_.amount->mg != inner.mg) {
            // The row's own figure may be the element too: its percentage says so, or nothing but the brackets speaks
            // for the inner one.
            if (agrees(*s_.amount) || (!s_.percent && s_.says_elemental)) contradict(*s_.amount, inner);
            return;
        }
        if (pair && inner.mg > fraction_.high * (1 + kDeclaredSlack) * s_.amount->mg &&
            inner.mg > 0.62 * s_.amount->mg) {
            contradict(*s_.amount, inner);
        }
    }

    void contradict(const Amount& a, const Amount& b) {
        decision_.contradicts_itself = true;
        decision_.basis = Basis::kAmbiguous;
        decision_.status = Status::kEstimated;
        decision_.elemental = Interval{std::nullopt, std::min(a.mg, b.mg), std::max(a.mg, b.mg)};
        add_check("SUM-1", CheckResult::kFail,
                  "The label prints " + a.text + " and " + b.text + " for the same magnesium; both can't be right.");
    }

    void without_amount() {
        if (s_.percent) {
            const auto& values = adult_daily_values(context_.market);
            const auto [least, most] = std::minmax_element(values.begin(), values.end());
            decision_.basis = Basis::kElemental;
            decision_.rule = european() ? "EU-1" : "US-1";
            decision_.status = Status::kEstimated;
            decision_.elemental = Interval{std::nullopt, std::max(0.0, (*s_.percent - 0.5) * *least / 100),
                                           (*s_.percent + 0.5) * *most / 100};
            return;
        }
        const auto& source = s_.inner_compound;
        if (source) estimate_from_compound(*source, european() ? "EU-3" : "US-3");
    }

    bool agrees(const Amount& amount) const {
        return s_.percent && fitting_daily_value(amount.mg, amount.step_mg, *s_.percent, context_.market);
    }

    void mineral_row() {
        const Amount& amount = *s_.amount;
        if (s_.in_listing && amount.mg < kCompoundFromMg) return elemental("LST-1", amount);
        if (s_.tied_to_product_name && (!s_.percent || s_.percent_unmarked)) return ambiguous(amount, "FOP-3");
        if (s_.unnamed && !agrees(amount)) return;  // nothing says that it is magnesium's
        if (s_.amount_apart) {
            // Elsewhere fronts print the compound's weight as often.
            if (european() && !context_.front_names_form && !is_of_compound(amount)) elemental("FOP-5", amount);
            return;
        }
        const bool front = s_.place == Place::kFront || s_.place == Place::kDirections;
        if (front && !s_.percent && s_.amount_follows_name && context_.front_names_form)
            return ambiguous(amount, "FOP-3");
        if (s_.percent && !s_.percent_unmarked && !agrees(amount) && percent_speaks_for_compound(amount)) {
            return ambiguous(amount, "US-5");
        }
        const std::string table = european()                                 ? (s_.forms.empty() ? "EU-1" : "EU-5")
                                  : context_.market == Jurisdiction::kCanada ? "CA-1"
                                  : s_.percent                               ? "US-1"
                                                                             : "US-2";
        elemental(front && !s_.percent && s_.forms.empty() ? "FOP-1" : table, amount);
    }

    // Another photo says whose amount it is: "Magnesium citrate 600 mg" in the list of ingredients.
    bool is_of_compound(const Amount& amount) const {
        return std::any_of(context_.compound_mg.begin(), context_.compound_mg.end(),
                           [&](double mg) { return std::abs(mg - amount.mg) <= 0.01 * amount.mg; });
    }

    // The percentage is what the amount times the compound's fraction would give: one of the two figures is the
    // compound.
    bool percent_speaks_for_compound(const Amount& amount) const {
        for (const double value : adult_daily_values(context_.market)) {
            const double share = *s_.percent * value / (100 * amount.mg);
            if (fraction_.holds(share)) return true;
        }
        return false;
    }

    void compound_row() {
        const Amount& amount = *s_.amount;
        const bool percent = s_.percent && !s_.percent_unmarked;
        if (percent) return compound_with_percent(amount);
        if (unmarked_percent_fits(amount)) return elemental("US-5", amount);
        if (s_.in_listing && amount.mg < kCompoundFromMg) return elemental("LST-1", amount);
        if (s_.content_percent && *s_.content_percent < 62) return by_content(amount);
        if (s_.no_daily_value_mark && in_table()) return estimate_from_compound(amount, european() ? "EU-4" : "US-4");
        if (s_.place == Place::kDrugFacts) return estimate_from_compound(amount, "US-9");
        if (s_.place == Place::kIngredients) return estimate_from_compound(amount, "EU-3");
        if (amount.mg >= kCompoundFromMg) return estimate_from_compound(amount, "FOP-2");
        if (s_.place == Place::kPanel) return estimate_from_compound(amount, "US-6");
        const bool oxide = s_.forms.size() == 1 && s_.forms.front().family == "oxide";
        ambiguous(amount, oxide ? "FOP-4" : "FOP-3");
    }

    // "Marine magnesium 300 mg 80 ff": the mark of the percentage was not read. In a table only, where no number of
    // capsules follows.
    bool unmarked_percent_fits(const Amount& amount) const {
        const bool table = s_.place == Place::kPanel || s_.place == Place::kIngredients;
        return table && s_.percent_unmarked && agrees(amount);
    }

    // Rule US-5: the share of the amount that the percentage leaves tells which of the two it is.
    void compound_with_percent(const Amount& amount) {
        const auto value = fitting_daily_value(amount.mg, amount.step_mg, *s_.percent, context_.market);
        if (value) return elemental("US-5", amount);
        for (const double base : adult_daily_values(context_.market)) {
            const double mg = *s_.percent * base / 100;
            const double share = mg / amount.mg;
            if (!fraction_.holds(share)) continue;
            decision_.basis = Basis::kCompound;
            decision_.status = Status::kDerived;
            decision_.rule = "US-5";
            decision_.compound = exactly(amount);
            decision_.elemental = Interval{mg, mg - base / 200, mg + base / 200};
            add_check("US-5", CheckResult::kPass,
                      number(*s_.percent) + " % of " + number(base) + " mg is " + number(mg) + " mg, " +
                          number(100 * share) + " % of the " + amount.text + " printed: the amount is the compound's.");
            return;
        }
        ambiguous(amount, "US-5");
        add_check("US-5", CheckResult::kFail,
                  amount.text + " and " + number(*s_.percent) + " % fit neither as the element nor as the compound.");
    }

    void by_content(const Amount& amount) {
        const double mg = amount.mg * *s_.content_percent / 100;
        decision_.basis = Basis::kCompound;
        decision_.rule = "EU-3";
        decision_.status = Status::kEstimated;
        decision_.compound = exactly(amount);
        decision_.elemental = Interval{mg, mg * (1 - kDeclaredSlack), mg * (1 + kDeclaredSlack)};
    }

    void estimate_from_compound(const Amount& amount, const std::string& rule) {
        decision_.basis = Basis::kCompound;
        decision_.status = Status::kEstimated;
        decision_.rule = rule;
        decision_.compound = exactly(amount);
        decision_.elemental = Interval{std::nullopt, amount.mg * fraction_.low, amount.mg * fraction_.high};
        if (fraction_.typical > 0) decision_.elemental->value = amount.mg * fraction_.typical;
    }

    void ambiguous(const Amount& amount, const std::string& rule) {
        decision_.basis = Basis::kAmbiguous;
        decision_.status = Status::kEstimated;
        decision_.rule = rule;
        decision_.elemental = Interval{std::nullopt, amount.mg * fraction_.low, amount.mg};
    }

    void check_percent(const Amount& amount) {
        if (!s_.percent) return;
        const auto value = fitting_daily_value(amount.mg, amount.step_mg, *s_.percent, context_.market);
        decision_.percent_agrees = value.has_value();
        const double own = adult_daily_values(context_.market).front();
        decision_.percent_agrees_loosely = value && !percent_rounds(amount.mg, amount.step_mg, *s_.percent, own);
        if (value) {
            add_check("US-1", CheckResult::kPass,
                      amount.text + " is " + number(100 * amount.mg / *value) + " % of " + number(*value) +
                          " mg; the label prints " + number(*s_.percent) + " %.");
        } else if (!s_.percent_unmarked) {
            decision_.percent_disagrees = true;
            add_check("US-1", CheckResult::kFail,
                      amount.text + " would be " + number(100 * amount.mg / 420) + " % of 420 mg or " +
                          number(100 * amount.mg / 375) + " % of 375 mg; the label prints " + number(*s_.percent) +
                          " %.");
        }
    }

    void check_fraction() {
        if (decision_.basis != Basis::kElemental || !decision_.compound || !decision_.elemental->value) return;
        const double share = *decision_.elemental->value / *decision_.compound->value;
        const bool fits = fraction_.holds(share);
        add_check("EU-2", fits ? CheckResult::kPass : CheckResult::kFail,
                  number(*decision_.elemental->value) + " mg of " + number(*decision_.compound->value) + " mg is " +
                      number(100 * share) + " %; such compounds hold " + number(100 * fraction_.low) + " to " +
                      number(100 * fraction_.high) + " %.");
    }

    // Rules P-1 and P-2: that much of the compound has to fit into the unit. It beats an agreeing percentage, and what
    // it refuses is no bound either.
    void check_capacity() {
        if (decision_.basis == Basis::kCompound || !decision_.elemental) return;
        const double mg = decision_.elemental->value.value_or(decision_.elemental->high);
        if (mg > kImpossibleMg)
            return refuse(mg, kImpossibleMg, "No serving holds " + number(mg) + " mg of magnesium.");
        unlikely_ = decision_.elemental->value && mg >= kCompoundFromMg;
        const double units = s_.per == parser::Per::kUnit ? 1 : context_.units_per_serving.value_or(0);
        const UnitCapacity* capacity = context_.unit ? find_unit_capacity(*context_.unit) : nullptr;
        if (capacity == nullptr || units <= 0) return;
        const double grams = mg / units / densest() / 1000;
        if (grams > capacity->hard_g) {
            refuse(mg, capacity->hard_g * 1000 * densest() * units,
                   number(mg / units) + " mg in one " + *context_.unit + " would need at least " +
                       number(grams * 1000) + " mg of powder; it holds " + number(capacity->hard_g * 1000) +
                       " mg at most.");
        } else if (decision_.elemental->value && grams > capacity->soft_g) {
            add_check("P-2", CheckResult::kFail,
                      number(mg / units) + " mg in one " + *context_.unit + " needs about " + number(grams * 1000) +
                          " mg of powder, more than usual.");
            unlikely_ = true;
        }
    }

    // A name on a label does not prove the pure substance: the densest grade that is sold under a name of this family
    // counts.
    double densest() const {
        double high = fraction_.high;
        for (const parser::Form& form : s_.forms) {
            for (const Compound& compound : compounds()) {
                if (compound.family == form.family && compound.family != "other")
                    high = std::max(high, compound.declared_high);
            }
        }
        return high;
    }

    // `mg` of the element can't be in it, `most` can. What is left is that the amount is the compound's, or another
    // amount of the statement.
    void refuse(double mg, double most, std::string why) {
        const bool is_figure = decision_.elemental->value.has_value();
        const double low = is_figure ? mg * fraction_.low : decision_.elemental->low;
        const double high = std::max(compound_bound(mg), is_figure ? 0.0 : low);
        decision_.basis = Basis::kAmbiguous;
        decision_.status = Status::kEstimated;
        decision_.rule = "P-1";
        decision_.contradicts_itself = true;
        decision_.elemental = Interval{std::nullopt, low, std::min(high, most)};
        if (low > most) {
            decision_.elemental.reset();
            decision_.status = Status::kUnknown;
        }
        add_check("P-1", CheckResult::kFail, std::move(why));
    }

    // The most that `mg` of the compound hold. Two amounts that contradict each other leave the smaller one.
    double compound_bound(double mg) const {
        const bool from_percent = !s_.amount && !s_.inner_element;
        return from_percent ? mg : mg * fraction_.high;
    }

    // How sure the elemental figure is. A photographed figure needs a second witness: a percentage that agrees or (see
    // elemental.h) another place on the label that says the same. A compound's weight is too lax for that: its range
    // lets 280 mg pass for 200 mg.
    void weigh() {
        const Rule* rule = find_rule(decision_.rule);
        double confidence = rule != nullptr ? rule->confidence : 0.5;
        if (decision_.status == Status::kUnknown) confidence = 0;
        // Within its rounding a percentage fits several amounts, some of them a digit apart: it proves what was read
        // well, not what was half guessed.
        if (decision_.percent_agrees &&
            s_.amount_confidence >= (decision_.percent_agrees_loosely ? kClear : kLegible)) {
            confidence = kAgreeing;
            // A number without its mark does not prove that a compound's row states the element.
            const bool proves = s_.subject == Subject::kMineral || !s_.percent_unmarked || s_.inner_element;
            if (!proves) confidence = kLoneReading;
        } else if (is_photo()) {
            confidence = std::min(confidence * s_.amount_confidence, kLoneReading);
        }
        const bool failed =
            s_.percent && !s_.percent_unmarked && !decision_.percent_agrees && decision_.status == Status::kStated;
        if (failed || unlikely_ || decision_.contradicts_itself) confidence = std::min(confidence, 0.5);
        decision_.confidence = confidence;
    }

    const Statement& s_;
    const Context& context_;
    Fraction fraction_;
    Decision decision_;
    bool unlikely_ = false;
};

}  // namespace

Decision decide(const Statement& statement, const Context& context) {
    return Decider(statement, context).run();
}

}  // namespace magscan::calc
