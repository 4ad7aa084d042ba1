#include "parser/item_context.h"

#include <algorithm>

#include "parser/direction_words.h"
#include "parser/dose_context.h"

namespace magscan::parser {
namespace {

bool is_magnesium(const Markup& markup, std::size_t token) {
    const Mention* mention = markup.mention_at(token);
    return mention != nullptr && mention->kind == Mention::Kind::kMagnesium;
}

bool is_name_or_colon(const Markup& markup, std::size_t token) {
    return is_magnesium(markup, token) || markup.tokens[token].text == ":";
}

// Past the word "elemental", the name of magnesium and a colon, in one row.
std::size_t behind_element(const Markup& markup, std::size_t first) {
    const std::size_t end = markup.row_begin(markup.row[first] + 1);
    std::size_t i = first;
    while (i < end && (markup.inside_cue(Cue::kElemental, i) || is_name_or_colon(markup, i))) ++i;
    return i;
}

}  // namespace

bool is_share_of_weight(const Markup& markup, const Quantity& percent) {
    if (percent.kind != Quantity::Kind::kPercent) return false;
    const std::size_t next = percent.last;
    if (markup.inside_cue(Cue::kDailyValue, next)) return false;
    if (next < markup.tokens.size() && markup.row[next] == markup.row[percent.first] &&
        markup.inside_cue(Cue::kElemental, next)) {
        const std::size_t end = behind_element(markup, next);
        const Quantity* amount = markup.quantity_at(end);
        return amount == nullptr || !amount->is_amount() || markup.row[end] != markup.row[next];
    }
    if (markup.in_value_cell[percent.first]) return false;
    for (std::size_t i = percent.first; i-- > markup.row_begin(markup.row[percent.first]);) {
        if (markup.inside_cue(Cue::kElemental, i)) return true;
        if (!is_name_or_colon(markup, i)) return false;
    }
    return false;
}

bool ItemContext::elemental_near_head() const {
    const std::size_t from =
        item_.before != nullptr ? item_.before->last : head_.first - std::min<std::size_t>(head_.first, 3);
    for (std::size_t i = from; i < head_.first; ++i) {
        if (m_.inside_cue(Cue::kElemental, i) && !speaks_of_row_above(i)) return true;
    }
    std::size_t i = head_.last;
    for (; i < item_.last; ++i) {
        const Quantity* q = m_.quantity_at(i);
        if (q != nullptr && q->is_amount()) return false;
        if (q != nullptr && is_share_of_weight(m_, *q)) return false;
        if (m_.inside_cue(Cue::kElemental, i)) break;
    }
    if (i >= item_.last) return false;
    // An amount inside the same bracket is what the word speaks of.
    for (++i; i < item_.last && m_.depth[i] > depth_; ++i) {
        const Quantity* q = m_.quantity_at(i);
        if (q != nullptr && q->is_amount()) return head_.kind == Mention::Kind::kMagnesium;
    }
    return true;
}

bool ItemContext::elemental_behind_amount() const {
    if (amount_ == nullptr) return false;
    const std::size_t next = amount_->last;
    if (next >= m_.tokens.size() || m_.row[next] != m_.row[next - 1]) return false;
    return m_.inside_cue(Cue::kElemental, next) || (word(next) == "(" && is_elemental_remark(next + 1));
}

// "100 mg (elemental magnesium)": a bracket with nothing in it but the word and the name.
bool ItemContext::is_elemental_remark(std::size_t first) const {
    bool elemental = false;
    for (std::size_t i = first; i < m_.tokens.size() && i < first + 4; ++i) {
        if (is_close(m_.tokens[i])) return elemental;
        const bool word = m_.inside_cue(Cue::kElemental, i);
        if (!word && !is_magnesium(m_, i)) return false;
        elemental = elemental || word;
    }
    return false;
}

bool ItemContext::states_daily_value() const {
    if (amount_ == nullptr || head_.first < 2 || amount_->first < head_.last) return false;
    const std::size_t link = head_.first - 1;
    const bool tied = only_fillers(m_, link, head_.first) || has_direction_role(word(link), DirectionRole::kPurpose);
    return tied && m_.row[link] == m_.row[head_.first] && m_.inside_cue(Cue::kDailyValue, link - 1) &&
           !m_.inside_cue(Cue::kDailyValue, link);
}

bool ItemContext::tied_to_product_name() const {
    if (shares_name_with_other()) return true;
    if (amount_ == nullptr || amount_ == item_.before) return false;
    for (std::size_t i = head_.last; i < amount_->first; ++i) {
        if (m_.depth[i] > depth_ || m_.mention_at(i) != nullptr || m_.quantity_at(i) != nullptr) continue;
        const std::string& text = word(i);
        const bool letters =
            text.size() >= 3 && (text[0] < '0' || text[0] > '9') && static_cast<signed char>(text[0]) > 0;
        if (!letters || only_fillers(m_, i, i + 1)) continue;
        const bool cue = m_.inside_cue(Cue::kSource, i) || m_.inside_cue(Cue::kOfWhich, i) ||
                         m_.inside_cue(Cue::kDailyValue, i) || m_.inside_cue(Cue::kPerServing, i) ||
                         m_.inside_cue(Cue::kPerDay, i) || m_.inside_cue(Cue::kBuffered, i);
        if (!cue) return true;
    }
    return false;
}

bool ItemContext::is_total() const {
    const std::size_t from = item_.first - std::min<std::size_t>(item_.first, 3);
    for (std::size_t i = from; i < head_.first; ++i) {
        if (m_.inside_cue(Cue::kTotal, i) && m_.row[i] == m_.row[head_.first]) return true;
    }
    return false;
}

// "Take 2 tablets twice daily" in the row below: how often to take them, not what the amount counts.
bool ItemContext::closes_dose(std::size_t day) const {
    return m_.row[day] != m_.row[item_.last - 1] &&
           std::any_of(m_.cues.begin(), m_.cues.end(), [&](const CueMatch& cue) {
               return cue.first == day && cue.cue == Cue::kPerDay && DoseContext(m_).closes_dose(cue);
           });
}

Per ItemContext::per() const {
    if (each_unit()) return Per::kUnit;
    const std::size_t from = amount_ != nullptr ? amount_->last : item_.first;
    const std::size_t last = std::min(item_.last + 6, m_.tokens.size());
    for (std::size_t i = from; i < last; ++i) {
        if (m_.row[i] > m_.row[item_.last - 1] + 1) break;
        const Mention* mention = m_.mention_at(i);
        if (mention != nullptr && i >= item_.last) break;
        // "60 ml daily", "Take 2 capsules daily": the day is the dose's.
        const Quantity* dose = m_.quantity_at(i);
        const bool counts = dose != nullptr && i >= item_.last &&
                            (dose->kind == Quantity::Kind::kDose || dose->kind == Quantity::Kind::kVolume);
        if (counts) break;
        if (m_.has_cue(Cue::kPerServing, i, i + 1)) return Per::kServing;
        if (m_.has_cue(Cue::kPerDay, i, i + 1) && !closes_dose(i)) return Per::kDay;
        if (m_.has_cue(Cue::kPer100g, i, i + 1)) return Per::k100g;
        if (m_.has_cue(Cue::kPer100ml, i, i + 1)) return Per::k100ml;
        if (is_per_unit(i)) return Per::kUnit;
    }
    return Per::kUnknown;
}

// The word ends the row above, which names magnesium itself: "Magnesium (elemental)" / "Magnesium glycinate 700
// mg".
bool ItemContext::speaks_of_row_above(std::size_t i) const {
    if (m_.row[i] == m_.row[head_.first]) return false;
    for (std::size_t t = m_.row_begin(m_.row[i]); t < i; ++t) {
        const Mention* mention = m_.mention_at(t);
        if (mention != nullptr && mention->of_magnesium()) return true;
    }
    return false;
}

// "Calcium & Magnesium 1000 mg": whose amount that is, the text does not say.
bool ItemContext::shares_name_with_other() const {
    if (item_.before != nullptr || head_.first == 0) return false;
    std::size_t i = head_.first - 1;
    if ((word(i) == "&" || word(i) == "+" || word(i) == "and" || word(i) == "/") && i > 0) --i;
    const Mention* before = m_.mention_at(i);
    return before != nullptr && before->kind == Mention::Kind::kOther && m_.row[i] == m_.row[head_.first];
}

// "Each tablet delivers 133 mg of ..."
bool ItemContext::each_unit() const {
    for (std::size_t i = item_.first; i-- > 0 && item_.first - i <= 6 && m_.row[i] == m_.row[item_.first];) {
        if (word(i) == "." || m_.mention_at(i) != nullptr) return false;
        if (!dosage_unit(word(i)) || i == 0) continue;
        if (has_direction_role(word(i - 1), DirectionRole::kEach)) return true;
        // "(per capsule): Magnesium 200 mg"
        const bool closed = word(i + 1) == ")" && i + 2 < item_.first;
        const bool heads = i + 1 < item_.first && word(closed ? i + 2 : i + 1) == ":";
        if (heads && has_direction_role(word(i - 1), DirectionRole::kPer)) return true;
    }
    return false;
}

// "135 mg per capsule", "100 mg par gélule", "200 mg/Kapsel"
bool ItemContext::is_per_unit(std::size_t i) const {
    if (i + 1 >= m_.tokens.size()) return false;
    const bool per = has_direction_role(word(i), DirectionRole::kPer) ||
                     has_direction_role(word(i), DirectionRole::kEach) || word(i) == "/" || word(i) == "a";
    if (!per) return false;
    return m_.row[i] == m_.row[i + 1] && dosage_unit(word(i + 1)).has_value();
}

}  // namespace magscan::parser
