#include "calc/basis.h"

#include <algorithm>
#include <cmath>

#include "calc/calibration.h"
#include "calc/capacity.h"
#include "calc/compounds.h"
#include "calc/interval.h"
#include "calc/numbers.h"
#include "calc/percent.h"
#include "calc/plausibility.h"
#include "calc/rules.h"
#include "calc/shares.h"

namespace magscan::calc {
namespace {

using parser::Amount;
using parser::Jurisdiction;
using parser::Place;
using parser::Statement;
using parser::Subject;

constexpr double kAgreeing = 0.97;     // amount and percentage say the same: a misread digit in either would show
constexpr double kLegible = 0.7;       // the recogniser's confidence from which a percentage confirms an amount
constexpr double kClear = 0.85;        // the same where the percentage fits loosely, as it then may by chance
constexpr double kLoneReading = 0.79;  // a photographed figure that nothing else on the label confirms

class Decider {
  public:
    Decider(const Statement& statement, const Context& context, const parser::Column* proof)
        : s_(statement), context_(context), proof_(proof), share_(share_of(statement)) {}

    Decision run() {
        if (s_.inner_element) {
            by_inner_element();
        } else if (s_.of_blend) {
            decision_.rule = "US-7";
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
        unlikely_ = check_capacity(decision_, s_, context_, share_);
        weigh();
        return decision_;
    }

  private:
    bool is_photo() const { return medium_of(s_) == Medium::kPhoto; }
    bool in_table() const { return s_.place == Place::kPanel || s_.place == Place::kDrugFacts; }
    bool in_market(Jurisdiction market) const { return context_.market == market; }
    bool european() const { return in_market(Jurisdiction::kEu); }

    void add_check(std::string rule, CheckResult result, std::string detail) {
        decision_.checks.push_back({std::move(rule), result, std::move(detail)});
    }

    void elemental(const std::string& rule, const Amount& amount) {
        decision_.basis = Basis::kElemental;
        decision_.status = Status::kStated;
        decision_.rule = rule;
        decision_.elemental = exactly(amount.mg);
        if (s_.inner_compound && s_.inner_compound->mg > amount.mg) decision_.compound = exactly(s_.inner_compound->mg);
        check_percent(amount);
    }

    // "Magnesium citrate 1,500 mg, of which magnesium 240 mg"; "Magnesium 400 mg (100 mg elemental)".
    void by_inner_element() {
        const Amount& inner = *s_.inner_element;
        const bool pair = s_.amount && s_.amount->mg > inner.mg;
        elemental(inner.molar ? "MED-1" : of_which_rule(), inner);
        if (pair) decision_.compound = exactly(s_.amount->mg);
        if (s_.amount && s_.subject == Subject::kMineral && s_.amount->mg != inner.mg) {
            // The row's own figure may be the element too: its percentage says so, or nothing but the brackets speaks
            // for the inner one.
            if (agrees(*s_.amount) || (!s_.percent && s_.says_elemental)) contradict(*s_.amount, inner);
            return;
        }
        if (pair && inner.mg > share_.high * (1 + kDeclaredSlack) * s_.amount->mg && inner.mg > 0.62 * s_.amount->mg) {
            contradict(*s_.amount, inner);
        }
    }

    const char* of_which_rule() const {
        switch (context_.market) {
            case Jurisdiction::kAustralia:
                return "AU-1";
            case Jurisdiction::kCanada:
                return "CA-2";
            case Jurisdiction::kRussia:
                return "RU-1";
            default:
                return "EU-2";
        }
    }

    void contradict(const Amount& a, const Amount& b) {
        decision_.contradicts_itself = true;
        decision_.basis = Basis::kAmbiguous;
        decision_.status = Status::kEstimated;
        decision_.elemental = Interval{std::nullopt, std::min(a.mg, b.mg), std::max(a.mg, b.mg)};
        add_check("CON-1", CheckResult::kFail,
                  "The label prints " + a.text + " and " + b.text + " for the same magnesium; both can't be right.");
    }

    void without_amount() {
        if (s_.percent) {
            const AmountBounds bounds = amounts_of_percent(*s_.percent, context_.market, context_.is_food);
            decision_.basis = Basis::kElemental;
            decision_.rule = european() ? "EU-1" : "US-1";
            decision_.status = Status::kEstimated;
            decision_.elemental = Interval{std::nullopt, bounds.low, bounds.high};
            return;
        }
        const auto& source = s_.inner_compound;
        if (source) estimate_from_compound(*source, european() ? "EU-3" : "US-3");
    }

    bool agrees(const Amount& amount) const {
        if (is_proved(amount)) return true;
        if (!s_.percent) return false;
        return agrees_as_food(amount, *s_.percent) ||
               fitting_daily_value(amount.mg, amount.step_mg, *s_.percent, context_.market).has_value();
    }

    // By the percentage of another column; of the statement's own amount only.
    bool is_proved(const Amount& amount) const { return proof_ != nullptr && &amount == &*s_.amount; }

    bool agrees_as_food(const Amount& amount, double percent) const {
        const double daily_value = adult_daily_values(context_.market).front();
        return context_.is_food && food_percent_fits(amount.mg, amount.step_mg, percent, daily_value);
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
            // So much is no serving's magnesium: it is the compound, or a digit too many.
            if (amount.mg >= kCompoundFromMg && share_.named && by_percent(amount)) return;
            return ambiguous(amount, "US-5");
        }
        elemental(front && !s_.percent && s_.forms.empty() ? "FOP-1" : table_rule(), amount);
    }

    const char* table_rule() const {
        if (context_.is_food) return "US-10";
        switch (context_.market) {
            case Jurisdiction::kEu:
                return s_.forms.empty() ? "EU-1" : "EU-5";
            case Jurisdiction::kCanada:
                return "CA-1";
            case Jurisdiction::kJapan:
                return "JP-1";
            default:
                return s_.percent || proof_ != nullptr ? "US-1" : "US-2";
        }
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
            if (share_.holds(share)) return true;
        }
        return false;
    }

    void compound_row() {
        const Amount& amount = *s_.amount;
        const bool percent = (s_.percent || is_proved(amount)) && !s_.percent_unmarked;
        if (percent) return compound_with_percent(amount);
        if (unmarked_percent_fits(amount)) return elemental("US-5", amount);
        if (s_.in_listing && amount.mg < kCompoundFromMg) return elemental("LST-1", amount);
        if (s_.content_percent && *s_.content_percent < 62) return by_content(amount);
        if (s_.no_daily_value_mark && in_table()) return estimate_from_compound(amount, european() ? "EU-4" : "US-4");
        if (s_.place == Place::kDrugFacts) return estimate_from_compound(amount, "US-9");
        const bool active = s_.place != Place::kFront || s_.per == parser::Per::kUnit;
        if (in_market(Jurisdiction::kAustralia) && active) return estimate_from_compound(amount, "AU-2");
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
        if (agrees(amount)) return elemental("US-5", amount);
        if (by_percent(amount)) return;
        ambiguous(amount, "US-5");
        add_check("US-5", CheckResult::kFail,
                  amount.text + " and " + number(*s_.percent) + " % fit neither as the element nor as the compound.");
    }

    // The element is what the percentage says, where that is a part of the amount that the compound can hold.
    bool by_percent(const Amount& amount) {
        for (const double base : adult_daily_values(context_.market)) {
            const double mg = *s_.percent * base / 100;
            const double part = mg / amount.mg;
            if (!share_.holds(part)) continue;
            decision_.basis = Basis::kCompound;
            decision_.status = Status::kDerived;
            decision_.rule = "US-5";
            decision_.compound = exactly(amount.mg);
            decision_.elemental = Interval{mg, mg - base / 200, mg + base / 200};
            // "1000 mg 24 %" of the mineral: a zero too many explains it as well, and then the figure is exact.
            const double tenth = amount.mg / 10;
            if (s_.subject == Subject::kMineral && percent_rounds(tenth, amount.step_mg, *s_.percent, base))
                decision_.elemental->value = std::clamp(tenth, mg - base / 200, mg + base / 200);
            add_check("US-5", CheckResult::kPass,
                      number(*s_.percent) + " % of " + number(base) + " mg is " + number(mg) + " mg, " +
                          number(100 * part) + " % of the " + amount.text + " printed: the amount is the compound's.");
            return true;
        }
        return false;
    }

    void by_content(const Amount& amount) {
        const double mg = amount.mg * *s_.content_percent / 100;
        decision_.basis = Basis::kCompound;
        decision_.rule = "EU-3";
        decision_.status = Status::kEstimated;
        decision_.compound = exactly(amount.mg);
        decision_.elemental = Interval{mg, mg * (1 - kDeclaredSlack), mg * (1 + kDeclaredSlack)};
    }

    void estimate_from_compound(const Amount& amount, const std::string& rule) {
        decision_.basis = Basis::kCompound;
        decision_.status = Status::kEstimated;
        decision_.rule = rule;
        decision_.compound = exactly(amount.mg);
        decision_.elemental = element_of(amount.mg, share_, s_.place == Place::kDrugFacts);
    }

    void ambiguous(const Amount& amount, const std::string& rule) {
        decision_.basis = Basis::kAmbiguous;
        decision_.status = Status::kEstimated;
        decision_.rule = rule;
        decision_.elemental = Interval{std::nullopt, amount.mg * share_.low, amount.mg};
    }

    void check_percent(const Amount& amount) {
        if (is_proved(amount)) return compare(proof_->amount, *proof_->percent);
        if (s_.percent) compare(amount, *s_.percent);
    }

    void compare(const Amount& amount, double percent) {
        const auto value = fitting_daily_value(amount.mg, amount.step_mg, percent, context_.market);
        const double own = adult_daily_values(context_.market).front();
        decision_.percent_agrees = value.has_value();
        decision_.percent_agrees_loosely = value && !percent_rounds(amount.mg, amount.step_mg, percent, own);
        decision_.daily_value = value;
        const auto share_of_base = [&](double base) {
            return number(100 * amount.mg / base) + " % of " + number(base) + " mg";
        };
        const std::string printed = "; the label prints " + number(percent) + " %";
        if (value) {
            add_check("US-1", CheckResult::kPass, amount.text + " is " + share_of_base(*value) + printed + ".");
        } else if (agrees_as_food(amount, percent)) {
            agrees_coarsely_ = true;
            add_check("US-10", CheckResult::kPass,
                      amount.text + " is " + share_of_base(own) + printed +
                          ", as food labels round: to 2 % up to 10 %, to 5 % up to 50 %, to 10 % above.");
        } else if (!s_.percent_unmarked) {
            decision_.percent_disagrees = true;
            std::string bases;
            for (const double base : adult_daily_values(context_.market))
                bases += (bases.empty() ? "" : " or ") + share_of_base(base);
            add_check("US-1", CheckResult::kFail, amount.text + " would be " + bases + printed + ".");
        }
    }

    // Whether the compound's weight can hold the element that is printed for it. More than the pure substance holds
    // means that a denser source is mixed in; more than any source holds is an error of the label.
    void check_fraction() {
        if (decision_.basis != Basis::kElemental || !decision_.compound || !decision_.elemental->value) return;
        const double mg = *decision_.elemental->value, weight = *decision_.compound->value, part = mg / weight;
        const bool fits = share_.holds(part);
        // Far more than any grade of the name holds: the two amounts are hardly of the same.
        decision_.needs_denser =
            share_.named && part > share_.pure * (1 + kDeclaredSlack) && part <= share_.densest * (1 + kDeclaredSlack);
        add_check("EU-2", fits ? CheckResult::kPass : CheckResult::kFail,
                  number(mg) + " mg of " + number(weight) + " mg is " + number(100 * part) +
                      " %; such compounds hold " + number(100 * share_.low) + " to " + number(100 * share_.high) +
                      " %.");
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
        if (agrees_coarsely_ && is_photo()) confidence = std::min(confidence, kLoneReading);
        const bool failed = decision_.percent_disagrees && decision_.status == Status::kStated;
        if (failed || unlikely_ || decision_.contradicts_itself) confidence = std::min(confidence, 0.5);
        decision_.confidence = confidence;
    }

    const Statement& s_;
    const Context& context_;
    const parser::Column* proof_;
    Share share_;
    Decision decision_;
    bool unlikely_ = false;
    bool agrees_coarsely_ = false;  // by the rounding of food labels, which shows no misread digit
};

}  // namespace

Decision decide(const Statement& statement, const Context& context, const parser::Column* proof) {
    return Decider(statement, context, proof).run();
}

}  // namespace magscan::calc
