#include "calc/label_notes.h"

#include <algorithm>
#include <string>

#include "calc/broad_names.h"
#include "calc/calibration.h"
#include "calc/numbers.h"
#include "calc/percent.h"
#include "calc/reference_values.h"
#include "calc/shares.h"

namespace magscan::calc {
namespace {

using parser::Statement;
using parser::Warning;

bool is_used(const Figure& figure, std::size_t index) {
    return std::find(figure.used.begin(), figure.used.end(), index) != figure.used.end();
}

// What the last failed check says.
std::string failed_detail(const Decision& decision) {
    const auto failed = std::find_if(decision.checks.rbegin(), decision.checks.rend(),
                                     [](const Check& check) { return check.result == CheckResult::kFail; });
    return failed == decision.checks.rend() ? std::string() : failed->detail + " ";
}

bool kindred(const Statement& a, const Statement& b) {
    return std::any_of(a.forms.begin(), a.forms.end(), [&](const parser::Form& p) {
        return std::any_of(b.forms.begin(), b.forms.end(),
                           [&](const parser::Form& q) { return may_be_same(p.family, q.family); });
    });
}

// A row of a compound by its own weight, that is no part of the figure.
bool is_source_row(const Judged& judged) {
    const Statement& s = *judged.statement;
    return judged.decision.basis == Basis::kCompound && s.subject == parser::Subject::kCompound && s.amount &&
           (s.place != parser::Place::kFront || s.no_daily_value_mark) && !s.forms.empty() && judged.decision.elemental;
}

void about_amount(const Decision& d, std::vector<Warning>& out) {
    if (d.read_differently) return;
    if (d.contradicts_itself) {
        const bool impossible = d.rule == "P-1" || d.rule == "P-2";
        out.push_back(impossible
                          ? Warning{"impossible_amount", failed_detail(d) +
                                                             "The amount is probably the compound's, or the serving is "
                                                             "larger. Compare both with the label."}
                          : Warning{"label_contradicts_itself", failed_detail(d) + "Ask the maker which is right."});
    }
    if (d.form_impossible)
        out.push_back({"form_cannot_hold_amount",
                       failed_detail(d) + "The percentage proves the amount, so the named form can't be all of it."});
    if (d.needs_denser)
        out.push_back({"added_oxide_likely",
                       "So much magnesium is more than the named form by itself holds. A denser source, mostly "
                       "magnesium oxide, is likely mixed in."});
}

// A daily value for other people or of another country that the percentage fits.
const ReferenceValue* other_reference(const parser::Amount& amount, double percent) {
    const auto& table = reference_values();
    const auto found = std::find_if(table.begin(), table.end(), [&](const ReferenceValue& value) {
        return percent_rounds(amount.mg, amount.step_mg, percent, value.mg);
    });
    return found == table.end() ? nullptr : &*found;
}

void about_percent(const Judged& judged, const Context& context, std::vector<Warning>& out) {
    const Decision& d = judged.decision;
    const Statement& s = *judged.statement;
    const auto& amount = s.inner_element ? s.inner_element : s.amount;
    if (d.percent_disagrees && !d.contradicts_itself && amount && *s.percent > 0) {
        if (const ReferenceValue* other = other_reference(*amount, *s.percent)) {
            out.push_back({"other_daily_value", amount->text + " is " + number(*s.percent) + " % of " +
                                                    number(other->mg) + " mg, a value for " + other->population + " (" +
                                                    other->scheme + ", " + other->jurisdiction +
                                                    "), not for adults in the label's own market. A misread digit "
                                                    "may look like it."});
            return;
        }
        out.push_back({"percent_of_unknown_base", amount->text + " and " + number(*s.percent) + " % would be of " +
                                                      number(100 * amount->mg / *s.percent) +
                                                      " mg a day, no daily value that labels use. One of the two may "
                                                      "be misprinted or misread; compare them with the label."});
    }
    const ReferenceValue* old = find_reference_value("us-dv-old");
    const bool american =
        context.market == parser::Jurisdiction::kUnknown || context.market == parser::Jurisdiction::kUs;
    if (american && old != nullptr && d.daily_value == old->mg) {
        out.push_back({"old_daily_value", "The percentage is of " + number(old->mg) +
                                              " mg, the daily value of US labels until 2021; today's is " +
                                              number(adult_daily_values(context.market).front()) +
                                              " mg. The label is an older one, or another country's."});
    }
    if (d.rule == "US-5" && d.basis == Basis::kCompound && s.subject == parser::Subject::kMineral && amount) {
        out.push_back({"label_contradicts_itself", amount->text + " is printed as magnesium, but " +
                                                       number(*s.percent) +
                                                       " % is far less: the amount is the compound's or has a digit "
                                                       "too many. The figure is the percentage's."});
    }
    if (d.digit_corrected) {
        out.push_back({"digit_corrected",
                       "A figure was corrected by the percentage beside it; the checks tell both readings. Compare it "
                       "with the label."});
    }
}

// "Magnesium (as oxide) 300 mg 71 %" beside "Magnesium L-threonate 1,000 mg †": by law the first is the total.
void about_second_source(const std::vector<Judged>& judged, const Figure& figure, std::vector<Warning>& out) {
    const bool all_named = std::all_of(figure.used.begin(), figure.used.end(), [&](std::size_t used) {
        return !judged[used].statement->forms.empty() && judged[used].decision.basis == Basis::kElemental;
    });
    if (!all_named || figure.used.empty()) return;
    for (std::size_t i = 0; i < judged.size(); ++i) {
        if (is_used(figure, i) || !is_source_row(judged[i]) || !judged[i].statement->no_daily_value_mark) continue;
        const bool told = std::any_of(figure.used.begin(), figure.used.end(), [&](std::size_t used) {
            return kindred(*judged[used].statement, *judged[i].statement);
        });
        if (told) continue;
        const Statement& s = *judged[i].statement;
        out.push_back({"second_source_not_added",
                       s.amount->text + " of " + s.forms.front().text +
                           " stand in a row without a percentage. The row of magnesium should hold the total; if it "
                           "leaves this source out, there are up to " +
                           number(judged[i].decision.elemental->high) + " mg more."});
    }
}

}  // namespace

std::vector<Warning> label_notes(const std::vector<Judged>& judged, const Figure& figure, const Context& context) {
    std::vector<Warning> out;
    for (const std::size_t used : figure.used) {
        const Judged& j = judged[used];
        about_amount(j.decision, out);
        about_percent(j, context, out);
        const bool front = j.decision.rule == "FOP-3" || j.decision.rule == "FOP-4";
        if (front && figure.status == Status::kEstimated && medium_of(*j.statement) == Medium::kText) {
            out.push_back({"front_only",
                           "The amount may be the magnesium or the whole compound, and this text does not say which. "
                           "The facts panel does."});
        }
    }
    about_second_source(judged, figure, out);
    const auto same = [](const Warning& a, const Warning& b) { return a.code == b.code && a.message == b.message; };
    for (auto it = out.begin(); it != out.end();) {
        const bool again = std::any_of(out.begin(), it, [&](const Warning& before) { return same(before, *it); });
        it = again ? out.erase(it) : it + 1;
    }
    return out;
}

void note_sources(std::vector<Judged>& judged, const Figure& figure) {
    const auto& interval = figure.per_serving ? figure.per_serving : figure.per_unit;
    if (!interval || !interval->value || figure.used.size() != 1) return;
    const Judged& first = judged[figure.used.front()];
    for (std::size_t i = 0; i < judged.size(); ++i) {
        if (is_used(figure, i) || !is_source_row(judged[i])) continue;
        const Statement& s = *judged[i].statement;
        if (!kindred(*first.statement, s) || s.per != first.statement->per) continue;
        const double part = *interval->value / s.amount->mg;
        const Share share = share_of(s);
        judged[i].decision.checks.push_back(
            {"SUM-1", share.holds(part) ? CheckResult::kPass : CheckResult::kFail,
             s.amount->text + " is the weight of the source and not added: " + number(*interval->value) +
                 " mg of it is " + number(100 * part) + " %; such compounds hold " + number(100 * share.low) + " to " +
                 number(100 * share.high) + " %."});
    }
}

}  // namespace magscan::calc
