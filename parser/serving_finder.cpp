#include "parser/serving_finder.h"

#include <algorithm>
#include <cctype>

#include "parser/direction_words.h"
#include "parser/dose_context.h"

namespace magscan::parser {
namespace {

constexpr double kMostUnits = 24;   // more capsules than that are a pack, not a serving
constexpr double kMostAlone = 12;   // the same where nothing says that it is a serving
constexpr double kMostSip = 60;     // millilitres that amounts of a liquid are given for
constexpr double kSureCount = 0.6;  // recogniser's confidence from which a lone count is believed
constexpr double kMostDrops = 120;  // the same of drops and millilitres
constexpr std::size_t kAside = 3;   // tokens from a weight to the measure in brackets behind it
constexpr std::size_t kNoun = 3;    // bytes of the shortest name of something to eat: "bar", "pie"
constexpr std::size_t kReach = 10;  // tokens from a phrase to its number

bool is_serving(const Quantity& q) {
    const bool liquid = q.unit == "drop" || q.unit == "ml";
    return q.kind == Quantity::Kind::kDose && q.value <= (liquid ? kMostDrops : kMostUnits);
}

class ServingFinder {
  public:
    explicit ServingFinder(const Markup& markup) : m_(markup), context_(markup) {}

    void find(std::vector<FoundServing>& found, Serving& serving) {
        own_ = found.size();
        for (const CueMatch& cue : m_.cues) {
            if (cue.cue == Cue::kServingSize) dose_after(cue, ServingRank::kServingSize, found);
            if (cue.cue == Cue::kPerServing || (cue.cue == Cue::kPerDay && !context_.closes_dose(cue)))
                dose_after(cue, ServingRank::kPanelHeading, found);
            if (cue.cue == Cue::kDirections || cue.cue == Cue::kAdults)
                dose_after(cue, ServingRank::kDirections, found);
            if (cue.cue == Cue::kPerDay) bare_daily(cue, found);
            if (cue.cue == Cue::kServingsPerContainer) count_after(cue, serving);
        }
        for (const Quantity& q : m_.quantities) {
            if (const auto rank = is_serving(q) ? rank_of(q) : std::nullopt) add(q, *rank, found);
            if (is_measured_dose(q)) add(q, ServingRank::kPanelHeading, found);
        }
        each_unit(found);
        per_unit(found);
        packs(found);
        mark_magnesium(found);
    }

  private:
    bool same_row(std::size_t i, std::size_t j) const { return m_.row[i] == m_.row[j]; }

    // What the words beside a dose make of it; nothing where they say nothing.
    std::optional<ServingRank> rank_of(const Quantity& q) const {
        const bool abbreviated = q.first > 1 && m_.tokens[q.first - 1].text == ".";  // "pr. 2 kapsler"
        const std::string before = q.first > 0 ? m_.tokens[q.first - (abbreviated ? 2 : 1)].text : "";
        const bool daily = context_.is_daily(q);
        const bool named = names_serving_behind(q) || (context_.is_called_serving(q) && !daily);
        if (named) return ServingRank::kServingSize;
        if (has_direction_role(before, DirectionRole::kServingOf) || before == "/") return ServingRank::kPanelHeading;
        if (context_.heads_panel(q)) return ServingRank::kPanelHeading;
        if (has_direction_role(before, DirectionRole::kEach) || context_.is_of_contents(q)) return ServingRank::kEach;
        if (has_direction_role(before, DirectionRole::kTake) || daily) return ServingRank::kDirections;
        const bool alone = (is_alone(q) && is_whole(q)) || context_.follows_cut_size(q);
        return alone && q.value <= kMostAlone ? std::optional(ServingRank::kAlone) : std::nullopt;
    }

    // "250 mg per 5 ml", "250 mg/10 ml"; not "per 100 ml".
    bool is_measured_dose(const Quantity& q) const {
        if (q.kind != Quantity::Kind::kVolume || q.value > kMostSip || q.first == 0) return false;
        const std::string& before = m_.tokens[q.first - 1].text;
        if (has_direction_role(before, DirectionRole::kEach)) return true;              // "Each 5 ml contains"
        const bool heads = q.last < m_.tokens.size() && m_.tokens[q.last].text == ":";  // "Per 5 ml: Magnesium 100 mg"
        if (!heads && !amount_before(q.first - 1)) return false;
        return before == "/" || has_direction_role(before, DirectionRole::kPer);
    }

    void add(const Quantity& q, ServingRank rank, std::vector<FoundServing>& found) const {
        FoundServing f;
        f.rank = rank;
        f.low = q.value;
        f.high = q.high;
        f.unit = q.unit;
        f.token = q.first;
        f.text = m_.printed(q.first, q.last);
        f.evidence = evidence_of(*m_.block, m_.tokens[q.first].begin, m_.tokens[q.last - 1].end);
        f.several = another_beside(q);
        note_measure(q, f);
        found.push_back(std::move(f));
    }

    // "1 scoop (10 g)", "2.5 ml (40 drops)": the serving's measure beside its count, in brackets or before one.
    void note_measure(const Quantity& q, FoundServing& f) const {
        const auto take = [&](const Quantity* measure) {
            if (measure == nullptr || measure->high > measure->value || !same_row(measure->first, q.first)) return;
            if (measure->kind == Quantity::Kind::kMass && measure->unit == "g") f.grams = measure->value / 1000;
            if (measure->kind == Quantity::Kind::kVolume) f.millilitres = measure->value;
        };
        if (q.unit == "g") f.grams = q.value;
        if (q.unit == "ml") f.millilitres = q.value;
        if (q.last + 1 < m_.tokens.size() && m_.tokens[q.last].text == "(") take(m_.quantity_at(q.last + 1));
        if (q.first >= 2 && m_.tokens[q.first - 1].text == "(") take(m_.quantity_at(q.first - 2));
    }

    // "2 gummies (adults); 1 gummy (kids age 4+)": several servings for several people.
    bool another_beside(const Quantity& q) const {
        bool people = false, another = false;
        const std::size_t from = q.first - std::min(q.first, kReach);
        for (std::size_t i = from; i < m_.tokens.size() && i < q.last + kReach; ++i) {
            if (!same_row(i, q.first)) continue;
            people = people || has_direction_role(m_.tokens[i].text, DirectionRole::kPeople);
            const Quantity* next = m_.quantity_at(i);
            another = another || (next != nullptr && next->kind == Quantity::Kind::kDose && next->unit == q.unit &&
                                  next->value != q.value);
        }
        return people && another;
    }

    void dose_after(const CueMatch& cue, ServingRank rank, std::vector<FoundServing>& found) const {
        if (const std::size_t stroke = stroke_behind(cue); stroke != 0) return one(stroke, stroke + 1, rank, found);
        for (std::size_t i = cue.last; i < m_.tokens.size() && i < cue.last + kReach; ++i) {
            if (m_.row[i] > m_.row[cue.last - 1] + 1 || m_.mention_at(i) != nullptr) return;
            if (cue.cue == Cue::kPerDay && context_.ends_sentence(i)) return;
            const Quantity* q = m_.quantity_at(i);
            if (q == nullptr) continue;
            const bool size = rank == ServingRank::kServingSize;
            if (is_serving(*q)) {
                if (const Quantity* ml = millilitres_behind(*q)) return add(*ml, rank, found);
                // "Dose: 4 to 5 capsules daily" tells how much to take, not what the panel's amounts are of.
                if (rank == ServingRank::kDirections && context_.is_limit(*q)) return;
                const bool daily = size && q->high > q->value && m_.has_cue(Cue::kPerDay, q->last, q->last + 2);
                return add(*q, daily ? ServingRank::kDirections : rank, found);
            }
            if (size && (q->kind == Quantity::Kind::kVolume || q->kind == Quantity::Kind::kMass)) {
                // "2.5 g (1/2 teaspoon)", "30 g (about 1 scoop)": the household measure is what people count.
                for (std::size_t k = q->last; k < m_.tokens.size() && k <= q->last + kAside; ++k) {
                    const Quantity* other = m_.quantity_at(k);
                    if (other != nullptr && is_serving(*other)) return add(*other, rank, found);
                }
                Quantity plain = *q;
                if (q->kind == Quantity::Kind::kMass) {
                    plain.value /= 1000;
                    plain.high /= 1000;
                    plain.unit = "g";
                }
                return add(plain, rank, found);
            }
            const bool named = q->last < m_.tokens.size() && same_row(q->last, q->first) && is_noun(q->last);
            if (size && q->kind == Quantity::Kind::kBare && named) {
                Quantity plain = *q;  // "3 cookies (34 g)"
                plain.unit = m_.tokens[q->last].text;
                plain.last = q->last + 1;
                return add(plain, rank, found);
            }
            if (!size && q->kind != Quantity::Kind::kBare) return;
            i = q->last - 1;
        }
    }

    // Which servings of this block have a row of magnesium below them, before the next serving.
    void mark_magnesium(std::vector<FoundServing>& found) const {
        std::vector<FoundServing*> sizes;
        for (std::size_t i = own_; i < found.size(); ++i) {
            if (found[i].rank == ServingRank::kServingSize) sizes.push_back(&found[i]);
        }
        std::sort(sizes.begin(), sizes.end(), [](const auto* a, const auto* b) { return a->token < b->token; });
        for (std::size_t i = 0; i < sizes.size(); ++i) {
            const std::size_t end = i + 1 < sizes.size() ? sizes[i + 1]->token : m_.tokens.size();
            sizes[i]->heads_magnesium = has_magnesium_row(sizes[i]->token, end);
        }
    }

    bool has_magnesium_row(std::size_t begin, std::size_t end) const {
        for (std::size_t i = begin; i < end; ++i) {
            const Mention* mention = m_.mention_at(i);
            if (mention == nullptr || mention->first != i || !mention->of_magnesium()) continue;
            const std::size_t row_end = m_.row_begin(m_.row[i] + 1);
            if (m_.find_quantity(Quantity::Kind::kMass, mention->last, row_end) != nullptr) return true;
        }
        return false;
    }

    // A word long enough to be the name of what is eaten, not a bracket or an unread unit.
    bool is_noun(std::size_t i) const {
        const std::string& word = m_.tokens[i].text;
        const auto first = static_cast<unsigned char>(word.empty() ? 0 : word[0]);
        return word.size() >= kNoun && (first >= 0x80 || std::isalpha(first) != 0);
    }

    // "Serving size: l capsule": a lone stroke in place of a number is a misread 1. Its token, or 0.
    std::size_t stroke_behind(const CueMatch& cue) const {
        std::size_t i = cue.last;
        if (i < m_.tokens.size() && m_.tokens[i].text == ":") ++i;
        if (i + 1 >= m_.tokens.size() || !same_row(i, i + 1) || !dosage_unit(m_.tokens[i + 1].text)) return 0;
        const std::string& word = m_.tokens[i].text;
        return word == "l" || word == "i" || word == "|" ? i : 0;
    }

    // "1 daily", "one a day"
    void bare_daily(const CueMatch& day, std::vector<FoundServing>& found) const {
        const auto count = context_.bare_daily_count(day);
        if (!count) return;
        const Quantity* q = m_.quantity_at(*count);
        FoundServing f;
        f.rank = ServingRank::kDirections;
        f.low = f.high = q != nullptr ? q->value : number_word(m_.tokens[*count].text).value_or(1);
        f.token = *count;
        f.text = m_.printed(*count, day.last);
        f.evidence = evidence_of(*m_.block, m_.tokens[*count].begin, m_.tokens[day.last - 1].end);
        found.push_back(std::move(f));
    }

    void count_after(const CueMatch& cue, Serving& serving) const {
        if (serving.per_container) return;
        for (std::size_t i = cue.last; i < m_.tokens.size() && i < cue.last + 4; ++i) {
            const Quantity* q = m_.quantity_at(i);
            if (q == nullptr || q->kind != Quantity::Kind::kBare) continue;
            serving.per_container = q->value;
            return;
        }
        // "30 servings per container", "about 30 servings"
        const Quantity* before = cue.first > 0 ? m_.quantity_at(cue.first - 1) : nullptr;
        if (before != nullptr && before->kind == Quantity::Kind::kBare) serving.per_container = before->value;
    }

    // "Each capsule contains", "jede Kapsel", "chaque ampoule"
    void each_unit(std::vector<FoundServing>& found) const {
        for (std::size_t i = 0; i + 1 < m_.tokens.size(); ++i) {
            if (!has_direction_role(m_.tokens[i].text, DirectionRole::kEach)) continue;
            for (std::size_t k = i + 1; k < i + 4 && k < m_.tokens.size(); ++k) {
                if (m_.quantity_at(k) != nullptr) break;  // "each 2 capsules": a dose with its number
                if (!dosage_unit(m_.tokens[k].text)) continue;
                if (holds_pack(k)) break;
                one(i, k, ServingRank::kEach, found);
                break;
            }
        }
    }

    // "Each bottle contains 20 tablets": the unit is the pack.
    bool holds_pack(std::size_t unit) const {
        for (std::size_t i = unit + 1; i < m_.tokens.size() && i < unit + kReach && same_row(i, unit); ++i) {
            const Quantity* q = m_.quantity_at(i);
            if (context_.ends_sentence(i)) return false;
            if (q != nullptr) return q->kind == Quantity::Kind::kDose && q->value > kMostAlone && q->unit != "ml";
        }
        return false;
    }

    // "2-tablet serving"
    bool names_serving_behind(const Quantity& q) const {
        return q.last < m_.tokens.size() && same_row(q.last, q.first) &&
               has_direction_role(m_.tokens[q.last].text, DirectionRole::kServing) &&
               !m_.has_cue(Cue::kServingsPerContainer, q.last, q.last + 1);
    }

    // "1 fluid ounce (30 ml)": ounces differ by country.
    const Quantity* millilitres_behind(const Quantity& q) const {
        if (q.unit != "fluid_ounce" || q.last + 1 >= m_.tokens.size()) return nullptr;
        const Quantity* next = m_.quantity_at(q.last + 1);
        return next != nullptr && next->kind == Quantity::Kind::kVolume ? next : nullptr;
    }

    // "% NRV pro Kapsel", "Amount per tablet" head a table: its amounts are of one unit. "60 mg per tablet" tells what
    // a unit holds, not how many make a serving.
    void per_unit(std::vector<FoundServing>& found) const {
        for (std::size_t i = 0; i + 1 < m_.tokens.size(); ++i) {
            if (!same_row(i, i + 1) || !has_direction_role(m_.tokens[i].text, DirectionRole::kPer)) continue;
            const std::size_t at = m_.tokens[i + 1].text == "." ? i + 2 : i + 1;  // "pr. tablet"
            if (at >= m_.tokens.size() || m_.quantity_at(at) != nullptr || !dosage_unit(m_.tokens[at].text)) continue;
            const bool heads =
                at + 1 < m_.tokens.size() && m_.tokens[at + 1].text == ":";  // "Contents per sachet: ..."
            if (heads || !amount_before(i)) one(i, at, ServingRank::kPerUnit, found);
        }
    }

    bool amount_before(std::size_t i) const {
        const std::size_t from = std::max(m_.row_begin(m_.row[i]), i - std::min(i, kReach));
        for (std::size_t k = from; k < i; ++k) {
            const Quantity* q = m_.quantity_at(k);
            const Mention* mention = m_.mention_at(k);
            if ((q != nullptr && q->is_amount()) || (mention != nullptr && mention->of_magnesium())) return true;
        }
        return false;
    }

    void one(std::size_t first, std::size_t unit, ServingRank rank, std::vector<FoundServing>& found) const {
        FoundServing f;
        f.rank = rank;
        f.low = f.high = 1;
        f.unit = dosage_unit(m_.tokens[unit].text).value_or("");
        f.token = first;
        f.text = m_.printed(first, unit + 1);
        f.evidence = evidence_of(*m_.block, m_.tokens[first].begin, m_.tokens[unit].end);
        found.push_back(std::move(f));
    }

    // "60 capsules": what the pack holds.
    void packs(std::vector<FoundServing>& found) const {
        for (const Quantity& q : m_.quantities) {
            const bool countable =
                q.kind == Quantity::Kind::kDose && q.unit != "ml" && q.unit != "drop" && q.unit != "g";
            if (countable && q.value > kMostUnits && q.high == q.value) add(q, ServingRank::kPack, found);
        }
    }

    // A dose that fills its row or its cell of a listing, or stands beside one for other people.
    bool is_alone(const Quantity& q) const {
        if (another_beside(q)) return true;
        const auto separates = [](const std::string& word) {
            return word == "|" || word == "·" || word == "•" || word == "(" || word == ")";
        };
        const bool left = q.first == 0 || !same_row(q.first - 1, q.first) || separates(m_.tokens[q.first - 1].text);
        if (!left) return false;
        const bool right =
            q.last >= m_.tokens.size() || !same_row(q.last, q.first) || separates(m_.tokens[q.last].text);
        return right;
    }

    // "8 capsules" may be what is left of "180 capsules": at the edge of the photo, or where the digits are unsure.
    bool is_whole(const Quantity& q) const {
        const Evidence e = evidence_of(*m_.block, m_.tokens[q.first].begin, m_.tokens[q.last - 1].end);
        const bool cut = std::any_of(e.polygon.begin(), e.polygon.end(), [](const auto& p) { return p.x <= 0; });
        return !cut && e.confidence >= kSureCount;
    }

    const Markup& m_;
    const DoseContext context_;
    std::size_t own_ = 0;  // index of the first serving of this block
};

}  // namespace

void find_servings(const Markup& markup, std::vector<FoundServing>& found, Serving& serving) {
    ServingFinder(markup).find(found, serving);
}

}  // namespace magscan::parser
