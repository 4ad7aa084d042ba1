#include "parser/dose_context.h"

#include <algorithm>

namespace magscan::parser {
namespace {

constexpr double kMostDaily = 12;      // more capsules than that beside "daily" are a pack
constexpr double kMostBare = 4;        // "5 a day" is about fruit
constexpr std::size_t kNearDay = 3;    // words from a dose to "daily"
constexpr std::size_t kNearVerb = 1;   // words from a dose to "provides"
constexpr std::size_t kSentence = 14;  // tokens around a dose that may tell of a limit
constexpr std::size_t kPanelHead = 2;  // rows from the title of a panel to its serving
constexpr std::size_t kShortWord = 5;  // bytes of a misread "size"

}  // namespace

DoseContext::DoseContext(const Markup& markup) : m_(markup), words_(find_direction_words(markup.tokens)) {}

bool DoseContext::has(DirectionRole role, std::size_t first, std::size_t last) const {
    const auto before = [](const DirectionMatch& word, std::size_t at) { return word.first < at; };
    for (auto word = std::lower_bound(words_.begin(), words_.end(), first, before);
         word != words_.end() && word->first < last; ++word) {
        if (word->role == role && word->last <= last) return true;
    }
    return false;
}

bool DoseContext::ends_sentence(std::size_t token) const {
    const std::string& word = m_.tokens[token].text;
    if (word == ";" || word == "|" || word == "•") return true;
    if (word != ".") return false;
    if (token + 1 >= m_.tokens.size() || !same_row(token, token + 1)) return true;
    const char next = m_.printed(token + 1, token + 2).front();
    return !(next >= '0' && next <= '9') && !(next >= 'a' && next <= 'z');
}

bool DoseContext::closes_dose(const CueMatch& day) const {
    for (std::size_t i = day.first; i-- > 0 && day.first - i <= kNearDay + 1 && same_row(i, day.first);) {
        if (ends_sentence(i)) return false;
        const Quantity* dose = m_.quantity_at(i);
        if (dose != nullptr && dose->kind == Quantity::Kind::kDose) return true;
    }
    return false;
}

bool DoseContext::is_limit(const Quantity& dose) const {
    std::size_t begin = dose.first;
    while (begin > 0 && dose.first - begin < kSentence && !ends_sentence(begin - 1)) --begin;
    return has(DirectionRole::kLimit, begin, dose.first);
}

bool DoseContext::is_of_contents(const Quantity& dose) const {
    int open = 0;
    std::size_t between = 0;
    for (std::size_t i = dose.last; i < m_.tokens.size() && i < dose.last + kSentence; ++i) {
        if (!same_row(i, dose.first)) return false;
        const std::string& word = m_.tokens[i].text;
        open += word == "(" ? 1 : word == ")" ? -1 : 0;
        if (open > 0 || word == ")") continue;
        if (has_direction_role(word, DirectionRole::kContains)) return true;
        if (ends_sentence(i) || word == "," || ++between > kNearVerb) return false;
    }
    return false;
}

// The cue of a day in the row of the dose, shortly behind it.
const CueMatch* DoseContext::day_behind(const Quantity& dose) const {
    const auto before = [](const CueMatch& cue, std::size_t at) { return cue.first < at; };
    for (auto cue = std::lower_bound(m_.cues.begin(), m_.cues.end(), dose.last, before);
         cue != m_.cues.end() && cue->first <= dose.last + kNearDay; ++cue) {
        bool joined = cue->cue == Cue::kPerDay && same_row(cue->first, dose.first);
        for (std::size_t i = dose.last; joined && i < cue->first; ++i) joined = !ends_sentence(i);
        if (joined) return &*cue;
    }
    return nullptr;
}

bool DoseContext::is_daily(const Quantity& dose) const {
    const CueMatch* day = dose.value <= kMostDaily ? day_behind(dose) : nullptr;
    if (day == nullptr || is_limit(dose)) return false;
    std::size_t end = day->last;  // "2 capsules a day at most"
    while (end < m_.tokens.size() && end < day->last + kSentence && same_row(end, dose.first) && !ends_sentence(end))
        ++end;
    return !has(DirectionRole::kLimit, dose.last, end);
}

bool DoseContext::heads_panel(const Quantity& dose) const {
    const CueMatch* day = dose.value <= kMostDaily ? day_behind(dose) : nullptr;
    const std::size_t row = m_.row[dose.first];
    if (day == nullptr || m_.row_begin(row) != dose.first || m_.row_begin(row + 1) != day->last) return false;
    return m_.has_cue(Cue::kFactsPanel, m_.row_begin(row - std::min(row, kPanelHead)), dose.first);
}

bool DoseContext::is_called_serving(const Quantity& dose) const {
    std::size_t i = dose.first;
    if (i > 0 && m_.tokens[i - 1].text == ":") --i;
    if (i == 0 || !same_row(i - 1, dose.first)) return false;
    if (has_direction_role(m_.tokens[i - 1].text, DirectionRole::kServing)) return true;
    const bool misread = m_.tokens[i - 1].text.size() <= kShortWord && m_.quantity_at(i - 1) == nullptr &&
                         !ends_sentence(i - 1) && m_.tokens[i - 1].text.size() > 2;
    return misread && i >= 2 && same_row(i - 2, dose.first) &&
           has_direction_role(m_.tokens[i - 2].text, DirectionRole::kServing) &&
           find_direction_words({m_.tokens[i - 1]}).empty();
}

bool DoseContext::follows_cut_size(const Quantity& dose) const {
    std::size_t i = dose.first;
    if (i > 0 && m_.tokens[i - 1].text == ":") --i;
    return i > 0 && m_.row_begin(m_.row[dose.first]) == i - 1 &&
           has_direction_role(m_.tokens[i - 1].text, DirectionRole::kSize);
}

std::optional<std::size_t> DoseContext::bare_daily_count(const CueMatch& day) const {
    if (day.cue != Cue::kPerDay || day.first == 0) return std::nullopt;
    const std::size_t count = day.first - 1, row = m_.row[count];
    if (m_.row_begin(row) != count || m_.row_begin(row + 1) != day.last) return std::nullopt;
    const Quantity* q = m_.quantity_at(count);
    const auto number = q != nullptr && q->kind == Quantity::Kind::kBare && q->value == q->high
                            ? std::optional<double>(q->value)
                            : number_word(m_.tokens[count].text);
    const bool whole = number && *number >= 1 && *number <= kMostBare && *number == static_cast<int>(*number);
    return whole ? std::optional<std::size_t>(count) : std::nullopt;
}

}  // namespace magscan::parser
