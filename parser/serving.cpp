#include "parser/serving.h"

#include <algorithm>
#include <array>

namespace magscan::parser {
namespace {

constexpr double kMostUnits = 24;   // more capsules than that are a pack, not a serving
constexpr std::size_t kReach = 10;  // tokens from a phrase to its number

// A dose found somewhere on the label, and how well that place defines the serving.
struct Found {
    using Rank = ServingRank;
    Rank rank = Rank::kAlone;
    double low = 0;
    double high = 0;
    std::string unit;
    std::string text;
    Evidence evidence;
    bool several = false;  // other doses beside it, for other people
};

bool in_list(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

class ServingFinder {
  public:
    explicit ServingFinder(const Markup& markup) : m_(markup) {}

    void find(std::vector<Found>& found, Serving& serving) {
        for (const CueMatch& cue : m_.cues) {
            if (cue.cue == Cue::kServingSize) dose_after(cue, Found::Rank::kServingSize, found);
            if (cue.cue == Cue::kPerServing || cue.cue == Cue::kPerDay)
                dose_after(cue, Found::Rank::kPanelHeading, found);
            if (cue.cue == Cue::kDirections) dose_after(cue, Found::Rank::kDirections, found);
            if (cue.cue == Cue::kServingsPerContainer) count_after(cue, serving);
        }
        for (const Quantity& q : m_.quantities) {
            if (q.kind != Quantity::Kind::kDose || q.value > kMostUnits) continue;
            const std::string before = q.first > 0 ? m_.tokens[q.first - 1].text : "";
            if (in_list(before, {"per", "pro", "je", "pour", "por", "in", "from", "amount", "contenu", "w"})) {
                add(q, Found::Rank::kPanelHeading, found);
            } else if (in_list(before, {"take", "chew", "nehmen", "prendre", "tomar", "toma", "assumere", "neem",
                                        "drink", "mix", "add", "swallow", "empfehlung", "dissolve", "przyjmowac"})) {
                add(q, Found::Rank::kDirections, found);
            } else if (is_alone(q) && q.value <= 12) {
                add(q, Found::Rank::kAlone, found);
            }
        }
        each_unit(found);
        per_day(serving);
    }

  private:
    bool same_row(std::size_t i, std::size_t j) const { return m_.row[i] == m_.row[j]; }

    void add(const Quantity& q, Found::Rank rank, std::vector<Found>& found) const {
        Found f;
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
            people = people ||
                     in_list(m_.tokens[i].text, {"adults", "adult", "kids", "children", "ages", "age", "erwachsene",
                                                 "kinder", "adultos", "adultes", "enfants", "ninos"});
            const Quantity* next = m_.quantity_at(i);
            another = another || (next != nullptr && next->kind == Quantity::Kind::kDose && next->unit == q.unit &&
                                  next->value != q.value);
        }
        return people && another;
    }

    void dose_after(const CueMatch& cue, Found::Rank rank, std::vector<Found>& found) const {
        for (std::size_t i = cue.last; i < m_.tokens.size() && i < cue.last + kReach; ++i) {
            if (m_.row[i] > m_.row[cue.last - 1] + 1 || m_.mention_at(i) != nullptr) return;
            const Quantity* q = m_.quantity_at(i);
            if (q == nullptr) continue;
            const bool size = rank == Found::Rank::kServingSize;
            if (q->kind == Quantity::Kind::kDose && q->value <= kMostUnits) {
                // "Dose: 4 to 5 capsules daily" tells how much to take, not what the panel's amounts are of.
                const bool daily = size && q->high > q->value && m_.has_cue(Cue::kPerDay, q->last, q->last + 2);
                return add(*q, daily ? Found::Rank::kDirections : rank, found);
            }
            if (size && (q->kind == Quantity::Kind::kVolume || q->kind == Quantity::Kind::kMass)) {
                // "2.5 g (1/2 teaspoon)": the household measure is what people count.
                const Quantity* other = q->last + 1 < m_.tokens.size() ? m_.quantity_at(q->last + 1) : nullptr;
                if (other != nullptr && other->kind == Quantity::Kind::kDose) return add(*other, rank, found);
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
    void each_unit(std::vector<Found>& found) const {
        for (std::size_t i = 0; i + 1 < m_.tokens.size(); ++i) {
            if (!means_each(m_.tokens[i].text)) continue;
            for (std::size_t k = i + 1; k < i + 4 && k < m_.tokens.size(); ++k) {
                const auto unit = dosage_unit(m_.tokens[k].text);
                if (!unit) continue;
                Found f;
                f.rank = Found::Rank::kEach;
                f.low = f.high = 1;
                f.unit = *unit;
                f.text = m_.printed(i, k + 1);
                f.evidence = evidence_of(*m_.block, m_.tokens[i].begin, m_.tokens[k].end);
                found.push_back(std::move(f));
                break;
            }
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

    void per_day(Serving& serving) const {
        for (std::size_t i = 0; i < m_.tokens.size(); ++i) {
            const std::string& word = m_.tokens[i].text;
            std::optional<double> times;
            if (in_list(word, {"twice", "zweimal"})) times = 2;
            if (in_list(word, {"thrice", "dreimal"})) times = 3;
            if (i > 0 && in_list(word, {"times", "mal", "fois", "veces", "volte", "razy", "keer", "vezes"})) {
                const Quantity* q = m_.quantity_at(i - 1);
                if (q != nullptr && q->value >= 1 && q->value <= 6) times = q->value;
                if (!times) times = number_word(m_.tokens[i - 1].text);
            }
            if (times && !serving.per_day_low) serving.per_day_low = serving.per_day_high = times;
        }
    }

    const Markup& m_;
};

}  // namespace

bool means_each(std::string_view word) {
    return in_list(word, {"each", "jede", "chaque", "cada", "ogni", "her", "elke", "every"});
}

std::optional<Serving> serving_of(const std::vector<Markup>& blocks) {
    Serving serving;
    std::vector<Found> found;
    for (const Markup& block : blocks) ServingFinder(block).find(found, serving);
    std::stable_sort(found.begin(), found.end(), [](const Found& a, const Found& b) { return a.rank < b.rank; });
    if (found.empty() && !serving.per_container && !serving.per_day_low) return std::nullopt;
    if (found.empty()) return serving;
    const Found& best = found.front();
    serving.rank = best.rank;
    serving.text = best.text;
    serving.evidence = {best.evidence};
    serving.unit = best.unit;
    serving.varies = best.several || (best.high > best.low && best.rank == Found::Rank::kServingSize);
    serving.dose_varies = best.high > best.low && best.rank == Found::Rank::kDirections;
    if (best.low == best.high && !serving.varies) serving.units = best.low;
    // How many servings the directions make a day: "2 capsules twice daily" of a serving of 2.
    for (const Found& dose : found) {
        if (dose.rank != Found::Rank::kDirections || !serving.units || dose.unit != best.unit) continue;
        const double times = serving.per_day_low.value_or(1);
        serving.per_day_low = dose.low * times / *serving.units;
        serving.per_day_high = dose.high * times / *serving.units;
        break;
    }
    return serving;
}

}  // namespace magscan::parser
