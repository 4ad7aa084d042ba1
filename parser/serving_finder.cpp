#include "parser/serving_finder.h"

#include <algorithm>

#include "parser/direction_words.h"

namespace magscan::parser {
namespace {

constexpr double kMostUnits = 24;   // more capsules than that are a pack, not a serving
constexpr double kMostDrops = 120;  // the same of drops and millilitres
constexpr std::size_t kAside = 3;   // tokens from a weight to the measure in brackets behind it
constexpr std::size_t kReach = 10;  // tokens from a phrase to its number

bool is_serving(const Quantity& q) {
    const bool liquid = q.unit == "drop" || q.unit == "ml";
    return q.kind == Quantity::Kind::kDose && q.value <= (liquid ? kMostDrops : kMostUnits);
}

class ServingFinder {
  public:
    explicit ServingFinder(const Markup& markup) : m_(markup) {}

    void find(std::vector<FoundServing>& found, Serving& serving) {
        for (const CueMatch& cue : m_.cues) {
            if (cue.cue == Cue::kServingSize) dose_after(cue, ServingRank::kServingSize, found);
            if (cue.cue == Cue::kPerServing || cue.cue == Cue::kPerDay)
                dose_after(cue, ServingRank::kPanelHeading, found);
            if (cue.cue == Cue::kDirections || cue.cue == Cue::kAdults)
                dose_after(cue, ServingRank::kDirections, found);
            if (cue.cue == Cue::kServingsPerContainer) count_after(cue, serving);
        }
        for (const Quantity& q : m_.quantities) {
            if (!is_serving(q)) continue;
            const std::string before = q.first > 0 ? m_.tokens[q.first - 1].text : "";
            if (names_serving_behind(q)) {
                add(q, ServingRank::kServingSize, found);
            } else if (has_direction_role(before, DirectionRole::kServingOf) || before == "/") {
                add(q, ServingRank::kPanelHeading, found);
            } else if (has_direction_role(before, DirectionRole::kTake)) {
                add(q, ServingRank::kDirections, found);
            } else if (is_alone(q) && q.value <= 12) {
                add(q, ServingRank::kAlone, found);
            }
        }
        each_unit(found);
        per_unit(found);
        packs(found);
    }

  private:
    bool same_row(std::size_t i, std::size_t j) const { return m_.row[i] == m_.row[j]; }

    void add(const Quantity& q, ServingRank rank, std::vector<FoundServing>& found) const {
        FoundServing f;
        f.rank = rank;
        f.low = q.value;
        f.high = q.high;
        f.unit = q.unit;
        f.text = m_.printed(q.first, q.last);
        f.evidence = evidence_of(*m_.block, m_.tokens[q.first].begin, m_.tokens[q.last - 1].end);
        f.several = another_beside(q);
        found.push_back(std::move(f));
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
        for (std::size_t i = cue.last; i < m_.tokens.size() && i < cue.last + kReach; ++i) {
            if (m_.row[i] > m_.row[cue.last - 1] + 1 || m_.mention_at(i) != nullptr) return;
            const Quantity* q = m_.quantity_at(i);
            if (q == nullptr) continue;
            const bool size = rank == ServingRank::kServingSize;
            if (is_serving(*q)) {
                if (const Quantity* ml = millilitres_behind(*q)) return add(*ml, rank, found);
                // "Dose: 4 to 5 capsules daily" tells how much to take, not what the panel's amounts are of.
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
            if (size && q->kind == Quantity::Kind::kBare && q->last < m_.tokens.size() && same_row(q->last, q->first)) {
                Quantity plain = *q;  // "3 cookies (34 g)"
                plain.unit = m_.tokens[q->last].text;
                plain.last = q->last + 1;
                return add(plain, rank, found);
            }
            if (!size && q->kind != Quantity::Kind::kBare) return;
            i = q->last - 1;
        }
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
                if (!dosage_unit(m_.tokens[k].text)) continue;
                one(i, k, ServingRank::kEach, found);
                break;
            }
        }
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
            const bool unit = m_.quantity_at(i + 1) == nullptr && dosage_unit(m_.tokens[i + 1].text).has_value();
            if (unit && !amount_before(i)) one(i, i + 1, ServingRank::kPerUnit, found);
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

    const Markup& m_;
};

}  // namespace

void find_servings(const Markup& markup, std::vector<FoundServing>& found, Serving& serving) {
    ServingFinder(markup).find(found, serving);
}

}  // namespace magscan::parser
