#include "parser/directions.h"

#include <algorithm>
#include <array>
#include <span>

#include "parser/direction_words.h"

namespace magscan::parser {
namespace {

using Role = DirectionRole;

constexpr double kMostUnits = 24;      // more capsules than that are a pack, not a dose
constexpr double kMostDrops = 120;     // the same of drops and millilitres
constexpr double kMostTimes = 6;       // times a day
constexpr std::size_t kUpToWords = 2;  // of "up to"
constexpr std::size_t kNearDay = 3;    // words from a dose to "daily"
constexpr std::size_t kOccasions = 4;  // morning, noon, evening, night

// One dose of a sentence with the occasions of the day that are named with it.
struct Dose {
    std::size_t first = 0;  // token range [first, last)
    std::size_t last = 0;
    double low = 0;
    double high = 0;
    std::array<bool, kOccasions> at{};

    bool timed() const { return std::find(at.begin(), at.end(), true) != at.end(); }
};

// The doses of a day as far as they are known; sentences are added one after the other.
struct Day {
    std::array<std::optional<PerDay>, kOccasions> at;  // by occasion
    std::optional<PerDay> whole;                       // where no occasion is named
    std::optional<PerDay> servings;                    // how often, where no dose is named
    bool differs = false;                              // two sentences do not say the same

    static bool same(const PerDay& a, const PerDay& b) { return a.low == b.low && a.high == b.high; }

    static void put(std::optional<PerDay>& slot, const PerDay& dose, bool& differs) {
        differs = differs || (slot && !same(*slot, dose));
        slot = dose;
    }

    std::optional<PerDay> timed() const {
        std::optional<PerDay> sum;
        for (const auto& dose : at) {
            if (!dose) continue;
            if (!sum) sum.emplace();
            sum->low += dose->low;
            sum->high += dose->high;
        }
        return sum;
    }
};

bool is_timed(Role role) {
    return role == Role::kMorning || role == Role::kNoon || role == Role::kEvening || role == Role::kNight;
}

std::size_t occasion_of(Role role) {
    return static_cast<std::size_t>(role) - static_cast<std::size_t>(Role::kMorning);
}

bool heads_other_part(Cue cue) {
    return cue == Cue::kServingSize || cue == Cue::kServingsPerContainer || cue == Cue::kFactsPanel ||
           cue == Cue::kIngredients || cue == Cue::kExcipients || cue == Cue::kDrugFacts || cue == Cue::kDailyValue ||
           cue == Cue::kPerServing;
}

class DirectionsReader {
  public:
    DirectionsReader(const Markup& markup, std::string unit)
        : m_(markup), unit_(std::move(unit)), words_(find_direction_words(markup.tokens)) {}

    // False where the directions of this block can't be summed up.
    bool read(Day& day) {
        bool sure = true;
        std::size_t begin = 0;
        bool heading = false;  // the sentence belongs to another part of the label
        auto cue = m_.cues.begin();
        for (std::size_t i = 0; i <= m_.tokens.size(); ++i) {
            bool other = false, directions = false;
            for (; cue != m_.cues.end() && cue->first <= i; ++cue) {
                other = other || (heads_other_part(cue->cue) && is_heading(*cue));
                directions = directions || cue->cue == Cue::kDirections || cue->cue == Cue::kAdults;
            }
            if (!ends(i) && !other && !(heading && (directions || begins_row(i) || tells_day(i)))) continue;
            if (!heading) sure = sentence(begin, i, day) && sure;
            heading = other;
            begin = i;
        }
        // Doses for several people or uses do not add up to one day.
        return sure && !(several_ && doses_differ());
    }

    // "Adults:" opens directions as well as "Take".
    bool has_directions(std::size_t begin, std::size_t end) const {
        return m_.has_cue(Cue::kDirections, begin, end) || m_.has_cue(Cue::kAdults, begin, end);
    }

    // Several doses that are not the same.
    bool doses_differ() const {
        return std::any_of(all_.begin(), all_.end(), [&](const Dose& dose) {
            return dose.low != all_.front().low || dose.high != all_.front().high;
        });
    }

  private:
    bool begins_row(std::size_t i) const { return i > 0 && i < m_.tokens.size() && m_.row[i] != m_.row[i - 1]; }

    // "Recommended daily dose: 2 capsules a day": the heading's own row is a direction.
    bool tells_day(std::size_t i) const {
        if (m_.tokens[i].text != ":") return false;
        std::size_t row_end = i + 1;
        while (row_end < m_.tokens.size() && m_.row[row_end] == m_.row[i]) ++row_end;
        return names_day(i + 1, std::min(row_end, i + 2 + 2 * kNearDay));
    }

    // "Serving size: 2 capsules", not "take 1 dose (3 capsules) a day".
    bool is_heading(const CueMatch& cue) const {
        if (cue.first == 0 || begins_row(cue.first) || ends(cue.first - 1)) return true;
        return cue.last < m_.tokens.size() && m_.tokens[cue.last].text == ":";
    }

    // A full stop, a bar, a bullet or a row that begins with a nutrient.
    bool ends(std::size_t i) const {
        if (i == m_.tokens.size()) return true;
        const std::string& word = m_.tokens[i].text;
        return word == "." || word == "|" || word == "•" || (begins_row(i) && m_.mention_at(i) != nullptr);
    }

    std::span<const DirectionMatch> words_in(std::size_t begin, std::size_t end) const {
        const auto before = [](const DirectionMatch& word, std::size_t at) { return word.first < at; };
        const auto from = std::lower_bound(words_.begin(), words_.end(), begin, before);
        return {from, std::lower_bound(from, words_.end(), std::max(begin, end), before)};
    }

    bool has(Role role, std::size_t begin, std::size_t end) const {
        const auto words = words_in(begin, end);
        return std::any_of(words.begin(), words.end(), [&](const DirectionMatch& w) { return w.role == role; });
    }

    bool names_day(std::size_t begin, std::size_t end) const { return m_.has_cue(Cue::kPerDay, begin, end); }

    // The doses that a sentence tells to take.
    std::vector<Dose> doses_in(std::size_t begin, std::size_t end) {
        std::vector<Dose> doses;
        auto quantity = std::lower_bound(m_.quantities.begin(), m_.quantities.end(), begin,
                                         [](const Quantity& q, std::size_t at) { return q.first < at; });
        for (; quantity != m_.quantities.end() && quantity->last <= end; ++quantity) {
            const Quantity& q = *quantity;
            const bool liquid = unit_ == "ml" && q.kind == Quantity::Kind::kVolume;
            if (!liquid && q.kind != Quantity::Kind::kDose) continue;
            if (q.value > (liquid || q.unit == "drop" ? kMostDrops : kMostUnits)) continue;
            if (unit_.empty()) unit_ = q.unit;
            if (!liquid && q.unit != unit_) continue;
            if (q.first > 0 && has_direction_role(m_.tokens[q.first - 1].text, Role::kPer)) continue;
            const bool told_before = has(Role::kTake, begin, q.first) || has_directions(begin, q.first);
            const bool told_behind =
                names_day(std::max(begin, q.first - std::min(q.first, kNearDay)), std::min(q.last + kNearDay, end)) ||
                has_directions(q.last, end);
            if (!told_before && !told_behind && doses.empty()) continue;
            Dose dose{q.first, q.last, q.value, q.high, {}};
            if (has(Role::kUpTo, std::max(begin, q.first - std::min(q.first, kUpToWords)), q.first))
                dose.low = std::min(1.0, dose.low);
            doses.push_back(dose);
        }
        return doses;
    }

    // An occasion belongs to the dose before it, one in front of the first dose to that one. "In the evening before
    // bed" is one occasion.
    void place_occasions(std::vector<Dose>& doses, std::size_t begin, std::size_t end) const {
        const auto words = words_in(begin, end);
        const bool leads = std::any_of(words.begin(), words.end(), [&](const DirectionMatch& w) {
            return is_timed(w.role) && w.first < doses.front().first;
        });
        for (const DirectionMatch& word : words) {
            if (!is_timed(word.role)) continue;
            const auto after =
                std::find_if(doses.begin(), doses.end(), [&](const Dose& dose) { return dose.first > word.first; });
            // "Morning: 2 capsules, evening: 1 capsule" names each before its dose.
            const bool in_front = after == doses.begin() || (leads && after != doses.end() && doses.size() > 1);
            Dose& dose = in_front ? *after : *(after - 1);
            const bool night = word.role == Role::kNight && dose.at[occasion_of(Role::kEvening)];
            if (night && !has(Role::kAnd, word.first - std::min<std::size_t>(word.first, 3), word.first)) continue;
            dose.at[occasion_of(word.role)] = true;
        }
    }

    // "twice", "3 times", "2 x", "1-2 mal": how often a day; nothing where two such words differ.
    std::optional<PerDay> times_in(std::size_t begin, std::size_t end, bool& differ) const {
        std::optional<PerDay> times;
        const auto add = [&](double low, double high, std::size_t at) {
            if (low <= 0 || high > kMostTimes) return;
            if (has(Role::kUpTo, std::max(begin, at - std::min(at, kUpToWords)), at)) low = 1;
            const PerDay found{low, high};
            differ = differ || (times && !Day::same(*times, found));
            times = found;
        };
        for (std::size_t i = begin; i < end; ++i) {
            if (const auto multiple = multiple_word(m_.tokens[i].text)) add(*multiple, *multiple, i);
        }
        for (const DirectionMatch& word : words_in(begin + 1, end)) {
            if (word.role != Role::kTimes) continue;
            const std::size_t count = word.first - 1;
            const Quantity* q = m_.quantity_at(count);
            if (q != nullptr && q->kind == Quantity::Kind::kBare) {
                add(q->value, q->high, q->first);
            } else if (const auto number = number_word(m_.tokens[count].text)) {
                add(first_of_two(count, begin).value_or(*number), *number, count);
            }
        }
        return times;
    }

    // "two or three times": the two.
    std::optional<double> first_of_two(std::size_t count, std::size_t begin) const {
        if (count < begin + 2 || !has_direction_role(m_.tokens[count - 1].text, Role::kOr)) return std::nullopt;
        return number_word(m_.tokens[count - 2].text);
    }

    // "Take 2 capsules in the morning and": the rest stands where it was not read.
    bool breaks_off(std::size_t end) const {
        return end == m_.tokens.size() && end > 0 &&
               (has_direction_role(m_.tokens[end - 1].text, Role::kAnd) || m_.tokens[end - 1].text == ",");
    }

    bool sentence(std::size_t begin, std::size_t end, Day& day) {
        if (has(Role::kLimit, begin, end)) return true;
        std::vector<Dose> doses = doses_in(begin, end);
        bool differ = false;
        const auto times = times_in(begin, end, differ);
        if (doses.empty()) {
            if (times && !differ && names_day(begin, end)) follow(*times, day);
            return true;
        }
        last_sentence_ = {};
        people_ += has(Role::kPeople, begin, end);
        purposes_ += has_direction_role(m_.tokens[sentence_start(begin, end)].text, Role::kPurpose);
        if (people_ > 1 || purposes_ > 1) several_ = true;
        if (differ || has(Role::kNotFixed, begin, end) || breaks_off(end)) return false;
        place_occasions(doses, begin, end);
        all_.insert(all_.end(), doses.begin(), doses.end());
        return add(doses, times, begin, end, day);
    }

    std::size_t sentence_start(std::size_t begin, std::size_t end) const {
        return begin + 1 < end && m_.tokens[begin].text.size() == 1 ? begin + 1 : begin;
    }

    // "Take 2 capsules with water. Twice daily.": how often in a sentence of its own. "One serving twice daily".
    void follow(const PerDay& times, Day& day) {
        if (!last_sentence_) return Day::put(day.servings, times, day.differs);
        Day::put(day.whole, {last_sentence_->low * times.low, last_sentence_->high * times.high}, day.differs);
        last_sentence_ = {};
    }

    bool add(std::vector<Dose>& doses, const std::optional<PerDay>& times, std::size_t begin, std::size_t end,
             Day& day) {
        const bool equal = std::all_of(doses.begin(), doses.end(), [&](const Dose& d) {
            return d.low == doses.front().low && d.high == doses.front().high;
        });
        if (has(Role::kPeople, begin, end) && !equal) return false;
        if (doses.size() == 2 && has(Role::kOr, doses[0].last, doses[1].first)) return add_choice(doses, times, day);
        const bool any_timed = std::any_of(doses.begin(), doses.end(), [](const Dose& d) { return d.timed(); });
        if (any_timed && has(Role::kOr, begin, end) && occasions_are_choice(begin, end)) {
            for (Dose& dose : doses) dose.at = {};
        }
        for (const Dose& dose : doses) {
            for (std::size_t i = 0; i < kOccasions; ++i) {
                if (dose.at[i]) Day::put(day.at[i], {dose.low, dose.high}, day.differs);
            }
        }
        const auto plain = std::find_if(doses.begin(), doses.end(), [](const Dose& d) { return !d.timed(); });
        const bool daily = times || names_day(begin, end) || any_timed;
        if (plain != doses.end() && !same_plain(doses)) return false;
        const bool meals = has(Role::kMeals, begin, end);
        const Dose* base = plain != doses.end() ? &*plain : (times && doses.size() == 1) ? &doses.front() : nullptr;
        if (base == nullptr) return true;
        if (!daily) {
            if (!meals) last_sentence_ = PerDay{base->low, base->high};
            return true;  // nothing says how often
        }
        if (meals && !times && !names_day(begin, end)) return false;
        const PerDay often = times.value_or(PerDay{1, 1});
        Day::put(day.whole, {base->low * often.low, base->high * often.high}, day.differs);
        return true;
    }

    static bool same_plain(const std::vector<Dose>& doses) {
        const Dose* first = nullptr;
        for (const Dose& dose : doses) {
            if (dose.timed()) continue;
            if (first != nullptr && (dose.low != first->low || dose.high != first->high)) return false;
            first = &dose;
        }
        return true;
    }

    // "in the morning or evening": "or" between two occasions.
    bool occasions_are_choice(std::size_t begin, std::size_t end) const {
        const DirectionMatch* before = nullptr;
        for (const DirectionMatch& word : words_in(begin, end)) {
            if (!is_timed(word.role)) continue;
            if (before != nullptr && has(Role::kOr, before->last, word.first)) return true;
            before = &word;
        }
        return false;
    }

    // "1 capsule in the morning or 2 capsules at night"
    bool add_choice(const std::vector<Dose>& doses, const std::optional<PerDay>& times, Day& day) const {
        const PerDay often = times.value_or(PerDay{1, 1});
        Day::put(
            day.whole,
            {std::min(doses[0].low, doses[1].low) * often.low, std::max(doses[0].high, doses[1].high) * often.high},
            day.differs);
        return true;
    }

    const Markup& m_;
    std::string unit_;
    std::vector<DirectionMatch> words_;
    std::vector<Dose> all_;
    std::optional<PerDay> last_sentence_;  // a dose of which the sentence did not say how often
    int people_ = 0;                       // sentences with doses that name people
    int purposes_ = 0;                     // or a purpose
    bool several_ = false;
};

// What two blocks say must be the same; nothing else is sure.
void merge(std::optional<PerDay>& known, const std::optional<PerDay>& more, bool& differs) {
    if (more) Day::put(known, *more, differs);
}

}  // namespace

Directions directions_of(const std::vector<Markup>& blocks, const std::string& unit) {
    Directions all;
    bool differs = false;
    for (const Markup& block : blocks) {
        Day day;
        DirectionsReader reader(block, unit);
        const bool sure = reader.read(day);
        const auto timed = day.timed();
        differs = differs || !sure || day.differs || (timed && day.whole && !Day::same(*timed, *day.whole));
        all.doses_differ = all.doses_differ || reader.doses_differ();
        merge(all.units, day.whole ? day.whole : timed, differs);
        merge(all.servings, day.servings, differs);
    }
    if (differs) all.units = all.servings = std::nullopt;
    return all;
}

}  // namespace magscan::parser
