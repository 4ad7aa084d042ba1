#include "calc/capacity.h"

#include <algorithm>
#include <utility>

#include "calc/numbers.h"
#include "calc/plausibility.h"
#include "calc/unit_capacity.h"

namespace magscan::calc {
namespace {

using parser::Statement;

class CapacityCheck {
  public:
    CapacityCheck(Decision& decision, const Statement& statement, const Context& context, const Share& share)
        : decision_(decision), s_(statement), context_(context), share_(share) {}

    bool run() {
        if (decision_.basis == Basis::kCompound || !decision_.elemental) return false;
        const bool figure = decision_.elemental->value.has_value();
        const double mg = decision_.elemental->value.value_or(decision_.elemental->high);
        const auto units = s_.per == parser::Per::kUnit ? std::optional<double>(1) : context_.capacity_units;
        const bool of_measure = s_.per == parser::Per::k100g || s_.per == parser::Per::k100ml;
        const Plausibility found = of_measure ? Plausibility{} : plausibility(mg, units, context_.unit, share_);
        unlikely_ = figure && mg >= kCompoundFromMg && !of_measure;
        apply(found, mg, figure);
        return unlikely_;
    }

  private:
    void add_check(const char* rule, CheckResult result, std::string detail) {
        decision_.checks.push_back({rule, result, std::move(detail)});
    }

    void apply(const Plausibility& found, double mg, bool figure) {
        switch (found.fit) {
            case Fit::kImpossible:
                return refuse(mg, found);
            case Fit::kFormImpossible:
                return amount_is_proved(mg) ? blame_form(found) : refuse(mg, found);
            case Fit::kNeedsDenser:
                decision_.needs_denser = decision_.needs_denser || figure;
                return suspect(found, figure, found.tight || !decision_.percent_agrees);
            case Fit::kTight:
                return suspect(found, figure, true);
            case Fit::kFits:
                if (figure && share_.named && found.close) add_check("P-1", CheckResult::kPass, found.detail);
                return;
            case Fit::kUnchecked:
                // Of a named salt, in units that are not known: so much is rather the salt's weight.
                if (unlikely_ && share_.named) return leave_open(mg);
                return tell_skipped(mg, figure);
        }
    }

    // More than a capsule holds, in units that the label does not tell.
    void tell_skipped(double mg, bool figure) {
        const UnitCapacity* capsule = find_unit_capacity("capsule");
        const double grams = mg / share_.pure / 1000;
        if (!figure || !share_.named || capsule == nullptr || grams <= capsule->hard_g) return;
        if (s_.per == parser::Per::k100g || s_.per == parser::Per::k100ml) return;
        add_check("P-1", CheckResult::kSkipped,
                  number(mg) + " mg need at least " + number(grams * 1000) +
                      " mg of powder, more than a capsule holds; how many units make a serving is not known.");
    }

    void suspect(const Plausibility& found, bool figure, bool doubtful) {
        if (!figure) return;
        add_check("P-2", CheckResult::kFail, found.detail);
        unlikely_ = unlikely_ || doubtful;
    }

    // Whether the percentage proves an amount that the named form can't be: then the form's name is what is wrong.
    bool amount_is_proved(double mg) const {
        const bool row = s_.subject == parser::Subject::kMineral || s_.inner_element;
        return row && decision_.status == Status::kStated && decision_.percent_agrees && mg < kCompoundFromMg;
    }

    void blame_form(const Plausibility& found) {
        decision_.status = Status::kDerived;
        decision_.form_impossible = true;
        decision_.needs_denser = true;
        unlikely_ = true;
        add_check("P-2", CheckResult::kFail, found.detail + " A denser source, such as the oxide, would fit.");
    }

    void leave_open(double mg) {
        decision_.basis = Basis::kAmbiguous;
        decision_.status = Status::kEstimated;
        decision_.rule = "P-2";
        decision_.contradicts_itself = true;
        decision_.elemental = Interval{std::nullopt, mg * share_.low, mg};
        add_check("P-2", CheckResult::kFail,
                  number(mg) + " mg of magnesium is more than a usual serving holds; it may be the compound's weight.");
    }

    // `mg` of the element can't be in it, the most that the units hold can. What is left is that the amount is the
    // compound's, or another amount of the statement.
    void refuse(double mg, const Plausibility& found) {
        if (is_either() && mg == s_.amount->mg && share_.high * mg <= found.most_mg) return settle(mg, found);
        const bool figure = decision_.elemental->value.has_value();
        const double low = figure ? mg * share_.low : decision_.elemental->low;
        const double high = std::max(compound_bound(mg), figure ? 0.0 : low);
        decision_.basis = Basis::kAmbiguous;
        decision_.status = Status::kEstimated;
        decision_.rule = "P-1";
        decision_.contradicts_itself = true;
        decision_.elemental = Interval{std::nullopt, low, std::min(high, found.most_mg)};
        if (low > found.most_mg) {
            decision_.elemental.reset();
            decision_.status = Status::kUnknown;
        }
        add_check("P-1", CheckResult::kFail, found.detail);
    }

    // An amount by itself that may be the element or the compound.
    bool is_either() const {
        return decision_.basis == Basis::kAmbiguous && !decision_.contradicts_itself && s_.amount && !s_.percent;
    }

    // Of the two readings the compound's is left; the count of units may be misread, so it stays doubtful.
    void settle(double mg, const Plausibility& found) {
        decision_.basis = Basis::kCompound;
        decision_.rule = "P-1";
        decision_.compound = Interval{mg, mg, mg};
        decision_.elemental = element_of(mg, share_);
        unlikely_ = true;
        add_check("P-1", CheckResult::kPass, found.detail + " So it is the weight of the compound.");
    }

    // The most that `mg` of the compound hold. Two amounts that contradict each other leave the smaller one.
    double compound_bound(double mg) const {
        const bool from_percent = !s_.amount && !s_.inner_element;
        return from_percent ? mg : mg * share_.high;
    }

    Decision& decision_;
    const Statement& s_;
    const Context& context_;
    const Share& share_;
    bool unlikely_ = false;
};

}  // namespace

bool check_capacity(Decision& decision, const Statement& statement, const Context& context, const Share& share) {
    return CapacityCheck(decision, statement, context, share).run();
}

}  // namespace magscan::calc
