#include "calc/elemental.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>
#include <tuple>

#include "calc/interval.h"
#include "calc/percent.h"
#include "calc/photos.h"
#include "calc/places.h"

namespace magscan::calc {
namespace {

using parser::Per;
using parser::Place;

constexpr double kTwoWitnesses = 0.93;  // two places on the label print the same figure
constexpr double kTwoPhotos = 0.85;     // two photos of the same print were read alike
constexpr double kDoubted = 0.5;        // a place that prints the same figure has a percentage that disagrees

// How directly a statement gives the element's amount; the lowest that a label offers is used.
enum class Rank { kAgreeingRow, kExplicit, kRow, kDerived, kClaim };

struct Candidate {
    std::size_t index = 0;
    const Judged* judged = nullptr;
    Rank rank = Rank::kClaim;
    double mg = 0;  // per serving, or per unit where `unit_only`
    bool unit_only = false;
    bool by_measure = false;  // of 100 g or 100 ml, brought to the serving's measure
    Interval interval;
};

bool near(double a, double b) {
    return std::abs(a - b) <= std::max(1.0, 0.01 * std::max(a, b));
}

Rank rank_of(const Judged& judged) {
    const parser::Statement& s = *judged.statement;
    const bool table = s.place == Place::kPanel || s.place == Place::kDrugFacts;
    if (judged.decision.status == Status::kDerived) return Rank::kDerived;
    if (judged.decision.percent_agrees) return Rank::kAgreeingRow;
    if (s.inner_element || s.says_elemental) return Rank::kExplicit;
    return table || s.place == Place::kIngredients || !s.forms.empty() ? Rank::kRow : Rank::kClaim;
}

std::set<std::string> families(const parser::Statement& s) {
    std::set<std::string> out;
    for (const parser::Form& form : s.forms) out.insert(form.family);
    return out;
}

bool by_mg(const Candidate& a, const Candidate& b) {
    return a.mg < b.mg;
}

// The most direct first; then by what the figure depends on, so that the order of the label's rows does not matter.
bool by_rank(const Candidate& a, const Candidate& b) {
    const auto key = [](const Candidate& c) {
        return std::make_tuple(c.rank, c.unit_only, c.by_measure, -c.interval.low, -c.interval.high,
                               -c.judged->decision.confidence, c.judged->decision.status, c.index);
    };
    return key(a) < key(b);
}

// Whether forms are named, and none of them is known yet.
bool adds_to(const std::set<std::string>& known, const std::set<std::string>& forms) {
    return !forms.empty() &&
           std::none_of(forms.begin(), forms.end(), [&](const std::string& f) { return known.contains(f); });
}

class Combiner {
  public:
    Combiner(const std::vector<Judged>& judged, const Context& context) : judged_(judged), context_(context) {
        for (std::size_t i = 0; i < judged.size(); ++i) add(i, judged[i]);
    }

    Figure run() {
        if (firm_.empty()) {
            estimate();
            return figure_;
        }
        std::sort(firm_.begin(), firm_.end(), by_rank);
        std::vector<Candidate> best;
        for (const Candidate& c : firm_) {
            // Panels that name different forms may be those of two products: none of them is passed over.
            const bool other_panel = context_.photos_name_other_forms && c.rank <= Rank::kRow;
            if (c.rank == firm_.front().rank || other_panel) best.push_back(c);
        }
        settle(best);
        witnesses();
        add_unread_rows();
        return figure_;
    }

  private:
    void add(std::size_t index, const Judged& judged) {
        const parser::Statement& s = *judged.statement;
        if (!judged.decision.elemental) return;
        Candidate c;
        c.index = index;
        c.judged = &judged;
        c.rank = rank_of(judged);
        c.interval = *judged.decision.elemental;
        if (s.per == Per::k100g || s.per == Per::k100ml) {
            const auto& measure = s.per == Per::k100g ? context_.serving_grams : context_.serving_millilitres;
            if (!measure) return;
            c.interval = scaled(c.interval, *measure / 100);
            c.by_measure = true;
            c.rank = std::max(c.rank, Rank::kDerived);
        }
        const bool firm = judged.decision.status == Status::kStated || judged.decision.status == Status::kDerived;
        if (s.per == Per::kUnit) {
            c.unit_only = !context_.units_per_serving;
            if (context_.units_per_serving) c.interval = scaled(c.interval, *context_.units_per_serving);
        }
        if (judged.column_open) widen(c.interval, judged);
        if (firm && c.interval.value) {
            c.mg = *c.interval.value;
            firm_.push_back(c);
        } else {
            open_.push_back(c);
        }
    }

    // A row with several amounts of which nothing picks one: it may be any of them.
    static void widen(Interval& interval, const Judged& judged) {
        const parser::Statement& s = *judged.statement;
        const double own = s.amount ? s.amount->mg : 0;
        const Interval part =
            own > 0 && judged.decision.basis != Basis::kElemental
                ? Interval{std::nullopt, judged.decision.elemental->low / own, judged.decision.elemental->high / own}
                : Interval{std::nullopt, 1, 1};
        for (const parser::Column& column : s.other_columns) {
            if (column.heading.per == Per::k100g || column.heading.per == Per::k100ml) continue;
            interval.low = std::min(interval.low, column.amount.mg * part.low);
            interval.high = std::max(interval.high, column.amount.mg * part.high);
        }
        interval.value.reset();
    }

    void take(const Candidate& c) {
        figure_.status = c.judged->decision.status;
        if (c.by_measure && figure_.status == Status::kStated) figure_.status = Status::kDerived;
        figure_.confidence = c.judged->decision.confidence;
        figure_.used = {c.index};
        if (c.unit_only) {
            figure_.per_unit = c.interval;
        } else {
            figure_.per_serving = c.interval;
        }
        mg_ = c.mg;
    }

    void settle(const std::vector<Candidate>& best) {
        const auto total =
            std::find_if(best.begin(), best.end(), [](const Candidate& c) { return c.judged->statement->is_total; });
        if (total != best.end()) return take(*total);
        const auto largest = std::max_element(best.begin(), best.end(), by_mg);
        double rest = 0;
        bool same = true;
        for (const Candidate& c : best) {
            same = same && near(c.mg, largest->mg);
            if (&c != &*largest) rest += c.mg;
        }
        const bool parts = parts_of_one(best);
        if (same && parts && best.size() > 1) return add_equal(best);
        if (same || (best.size() > 2 && near(rest, largest->mg))) return take(*largest);
        if (parts) return sum(best);
        // Two panels are not taken for the columns of one.
        const bool panels = !on_one_panel(best) && std::all_of(best.begin(), best.end(), [](const Candidate& c) {
            return c.judged->statement->place == Place::kPanel || c.judged->decision.percent_agrees;
        });
        const Candidate* unit = panels || context_.photos_name_other_forms ? nullptr : per_unit_and_serving(best);
        if (unit != nullptr) return take(*unit);
        dispute(best);
    }

    // Whether each row is linked to the first by photos that show two of them: rows of photos that have none in common
    // may be those of two products.
    static bool on_one_panel(const std::vector<Candidate>& best) {
        std::vector<const Candidate*> linked = {&best.front()}, open;
        for (const Candidate& c : best) open.push_back(&c);
        for (std::size_t i = 0; i < linked.size(); ++i) {
            const auto shares = [&](const Candidate* c) {
                return share_photo(*linked[i]->judged->statement, *c->judged->statement);
            };
            const auto rest = std::stable_partition(open.begin(), open.end(), std::not_fn(shares));
            linked.insert(linked.end(), rest, open.end());
            open.erase(rest, open.end());
        }
        return open.empty();
    }

    // Rows of one table, each with forms of its own: "(as oxide) 100 mg", "(as citrate) 50 mg".
    static bool parts_of_one(const std::vector<Candidate>& best) {
        if (!on_one_panel(best)) return false;
        std::set<std::string> seen;
        for (const Candidate& c : best) {
            const auto forms = families(*c.judged->statement);
            if (forms.empty() || c.judged->statement->place != best.front().judged->statement->place) return false;
            for (const std::string& form : forms) {
                if (!seen.insert(form).second) return false;
            }
        }
        return true;
    }

    // "(as oxide) 100 mg", "(as citrate) 100 mg": parts that happen to be equal in a table; elsewhere it may be one
    // amount, said of both, unless the label prints the total.
    void add_equal(const std::vector<Candidate>& best) {
        const double all = static_cast<double>(best.size()) * best.front().mg;
        const bool totalled = std::any_of(firm_.begin(), firm_.end(), [&](const Candidate& c) {
            return c.judged->statement->is_total && near(c.mg, all);
        });
        if (totalled || best.front().judged->statement->place != Place::kFront) return sum(best);
        dispute(best);
        figure_.per_serving->high = std::max(figure_.per_serving->high, all);
    }

    void sum(const std::vector<Candidate>& best) {
        take(best.front());
        Interval all{0.0, 0, 0};
        double confidence = 1;
        figure_.used.clear();
        for (const Candidate& c : best) {
            *all.value += c.mg;
            all.low += c.interval.low;
            all.high += c.interval.high;
            confidence = std::min(confidence, c.judged->decision.confidence);
            figure_.used.push_back(c.index);
        }
        (best.front().unit_only ? figure_.per_unit : figure_.per_serving) = all;
        mg_ = *all.value;
        figure_.confidence = confidence;
        figure_.status = Status::kDerived;
        figure_.reason = "The label gives the magnesium of each form; the figure is their sum.";
    }

    // "133 mg ... each tablet, 400 mg per 3 tablets": the one is the other times the units.
    const Candidate* per_unit_and_serving(const std::vector<Candidate>& best) const {
        const auto [low, high] = std::minmax_element(best.begin(), best.end(), by_mg);
        const double ratio = high->mg / low->mg;
        for (const Candidate& c : best) {
            if (!near(c.mg, low->mg) && !near(c.mg, high->mg)) return nullptr;
        }
        const double units = context_.units_per_serving.value_or(0);
        if (units > 1 && std::abs(ratio - units) < 0.03 * units) return &*high;
        const bool whole = std::abs(ratio - std::round(ratio)) < 0.02 && ratio < 8;
        return units == 1 && whole ? &*low : nullptr;
    }

    void dispute(const std::vector<Candidate>& best) {
        const auto [low, high] = std::minmax_element(best.begin(), best.end(), by_mg);
        double most = high->interval.high;
        if (!on_one_panel(best)) {
            most = 0;  // parts of one panel that no photo shows as a whole may add up
            for (const Candidate& c : best) most += c.interval.high;
        }
        figure_.status = Status::kEstimated;
        figure_.per_serving = Interval{std::nullopt, low->interval.low, most};
        figure_.confidence = kDisputed;
        for (const Candidate& c : best) figure_.used.push_back(c.index);
        figure_.reason = "The label gives several amounts of magnesium and nothing says which belongs to one serving.";
    }

    // Other statements that give the same figure make it surer; one that gives another, less sure.
    void witnesses() {
        if (figure_.status != Status::kStated && figure_.status != Status::kDerived) return;
        const double units = context_.units_per_serving.value_or(1);
        bool second = false, against = false, doubted = false;
        for (const Candidate& c : firm_) {
            if (std::find(figure_.used.begin(), figure_.used.end(), c.index) != figure_.used.end()) continue;
            const bool same = near(c.mg, mg_) || near(c.mg * units, mg_) || near(c.mg, mg_ * units);
            const bool apart = std::all_of(figure_.used.begin(), figure_.used.end(), [&](std::size_t used) {
                return stand_apart(*judged_[used].statement, *c.judged->statement);
            });
            second = second || (same && c.mg == mg_ && apart);
            doubted = doubted || (same && c.judged->decision.percent_disagrees);
            // A part of the sum is no contradiction.
            against = against || (!same && c.mg > mg_ && c.rank <= Rank::kRow);
        }
        const auto used = [&](auto&& holds) {
            return std::all_of(figure_.used.begin(), figure_.used.end(),
                               [&](std::size_t index) { return holds(judged_[index]); });
        };
        const bool own_fits = used([](const Judged& j) { return !j.decision.percent_disagrees; });
        const bool twice = used([](const Judged& j) { return j.statement->amount_photos > 1; });
        if (second && own_fits) figure_.confidence = std::max(figure_.confidence, kTwoWitnesses);
        if (twice && own_fits) figure_.confidence = std::max(figure_.confidence, kTwoPhotos);
        if (doubted) figure_.confidence = std::min(figure_.confidence, kDoubted);
        if (against) figure_.confidence = std::min(figure_.confidence, kDisputed);
    }

    // A row of the same table whose percentage was read but not its amount, for a form that the figure does not hold:
    // the figure is a part only.
    void add_unread_rows() {
        if (!figure_.per_serving || !figure_.per_serving->value) return;
        std::set<std::string> held;
        for (const std::size_t index : figure_.used) held.merge(families(*judged_[index].statement));
        for (const Candidate& c : open_) {
            const parser::Statement& s = *c.judged->statement;
            const auto forms = families(s);
            const bool fresh = !held.empty() && adds_to(held, forms);
            if (!fresh || s.amount || !s.percent) continue;
            figure_.status = Status::kEstimated;
            figure_.confidence = std::min(figure_.confidence, kDisputed);
            figure_.per_serving->value.reset();
            figure_.per_serving->low += c.interval.low;
            figure_.per_serving->high += c.interval.high;
            figure_.reason = "The amount of a further row could not be read; its percentage gives the bounds.";
        }
    }

    // Nothing firm: the bounds of what is open, the most direct only; distinct compounds are added, and of one compound
    // any of the amounts may be meant.
    void estimate() {
        if (open_.empty()) return;
        std::sort(open_.begin(), open_.end(), by_rank);
        std::vector<Source> sources;
        double confidence = 1;
        for (const Candidate& c : open_) {
            if (c.rank != open_.front().rank || c.unit_only != open_.front().unit_only) continue;
            add_source(sources, c);
            confidence = std::min(confidence, c.judged->decision.confidence);
            figure_.used.push_back(c.index);
        }
        Interval all{0.0, 0, 0};
        for (const Source& source : sources) {
            all.low += source.bounds.low;
            all.high += source.bounds.high;
            if (all.value && source.bounds.value) {
                *all.value += *source.bounds.value;
            } else {
                all.value.reset();
            }
        }
        figure_.status = Status::kEstimated;
        figure_.confidence = confidence;
        (open_.front().unit_only ? figure_.per_unit : figure_.per_serving) = all;
    }

    // One compound, or several that share an amount, with the bounds of all amounts that it has.
    struct Source {
        std::set<std::string> forms;  // empty: any
        Interval bounds;
    };

    static void add_source(std::vector<Source>& sources, const Candidate& c) {
        const auto forms = families(*c.judged->statement);
        const auto same = std::find_if(sources.begin(), sources.end(), [&](const Source& known) {
            return known.forms.empty() || !adds_to(known.forms, forms);
        });
        if (same == sources.end()) {
            sources.push_back({forms, c.interval});
            return;
        }
        if (same->bounds.value != c.interval.value) same->bounds.value.reset();
        same->bounds.low = std::min(same->bounds.low, c.interval.low);
        same->bounds.high = std::max(same->bounds.high, c.interval.high);
        same->forms.insert(forms.begin(), forms.end());
    }

    const std::vector<Judged>& judged_;
    const Context& context_;
    std::vector<Candidate> firm_;  // give a figure
    std::vector<Candidate> open_;  // give bounds only
    Figure figure_;
    double mg_ = 0;
};

}  // namespace

Figure combine(const std::vector<Judged>& judged, const Context& context) {
    return Combiner(judged, context).run();
}

}  // namespace magscan::calc
