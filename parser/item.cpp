#include "parser/item.h"

#include <algorithm>
#include <optional>

#include "parser/direction_words.h"
#include "parser/item_parts.h"
#include "parser/lexicon_tables.h"

namespace magscan::parser {
namespace {

constexpr std::size_t kMaxFillers = 5;
constexpr std::size_t kLongestItem = 500;  // tokens; no label prints so much about one name
constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

// Per token the last one before it with fewer brackets open.
std::vector<std::size_t> outer_tokens(const std::vector<int>& depth) {
    std::vector<std::size_t> outer(depth.size(), kNowhere);
    for (std::size_t i = 1; i < depth.size(); ++i) {
        std::size_t at = i - 1;
        while (at != kNowhere && depth[at] >= depth[i]) at = outer[at];
        outer[i] = at;
    }
    return outer;
}

// Words that tie an amount to the name behind it: "120 mg de magnésium", "3 g di citrato".
bool is_connector(const std::string& word) {
    return tables().connectors.find(word) != nullptr;
}

bool is_quality(const std::string& word) {
    return tables().qualities.find(word) != nullptr;
}

class ItemFinder {
  public:
    ItemFinder(const Markup& markup, const std::vector<Section>& sections)
        : m_(markup), sections_(sections), outer_(outer_tokens(markup.depth)) {}

    std::vector<Item> run() {
        std::vector<Item> items;
        for (const Mention& mention : m_.mentions) {
            if (!items.empty()) {
                const std::optional<Item> part = further_part(m_, mention, items.back());
                if (part && is_free(mention)) {
                    if (holds_shares(m_, items.back())) {
                        items.back().last = part->last;
                    } else {
                        items.push_back(*part);
                    }
                    continue;
                }
            }
            if (!mention.of_magnesium() || !is_free(mention)) continue;
            if (!items.empty() && mention.first < items.back().last) continue;  // inner name of the item before
            const std::size_t from = items.empty() ? 0 : items.back().last;
            Item item;
            item.head = &mention;
            item.before = amount_before(mention, from);
            item.first = item.before != nullptr ? item.before->first : mention.first;
            item.last = end_of(mention, item.before != nullptr);
            items.push_back(item);
        }
        return items;
    }

  private:
    const std::string& word(std::size_t i) const { return m_.tokens[i].text; }
    bool same_row(std::size_t i, std::size_t j) const { return m_.row[i] == m_.row[j]; }

    // The mention that the bracket around token i belongs to: the one before the bracket opens.
    const Mention* owner_of(std::size_t i) const {
        const std::size_t outer = outer_[i];
        if (outer == kNowhere) return nullptr;
        for (std::size_t k = outer; k-- > 0 && outer - k < 8;) {
            const Mention* mention = m_.mention_at(k);
            if (mention != nullptr && m_.depth[k] < m_.depth[i]) return mention;
        }
        return nullptr;
    }

    // "Vitamin C as magnesium ascorbate": a source word right before it, another nutrient right before that.
    bool is_source_of_other(const Mention& mention) const {
        if (mention.first < 2) return false;
        for (std::size_t back = 1; back <= 3 && back < mention.first; ++back) {
            const std::size_t at = mention.first - back;
            if (!m_.has_cue(Cue::kSource, at, at + 1)) continue;
            const Mention* before = m_.mention_at(at - 1);
            return before != nullptr && before->kind == Mention::Kind::kOther && same_row(at - 1, mention.first);
        }
        return false;
    }

    // "anti-caking agent: magnesium hydroxide"
    bool is_local_excipient(const Mention& mention) const {
        const std::size_t from = mention.first >= 4 ? mention.first - 4 : 0;
        for (std::size_t i = from; i < mention.first; ++i) {
            if (m_.inside_cue(Cue::kExcipients, i)) return true;
        }
        return false;
    }

    bool is_free(const Mention& mention) const {
        const Section& section = sections_[mention.first];
        if (section.excipients || section.absent || is_local_excipient(mention)) return false;
        if (m_.depth[mention.first] > 0) {
            const Mention* owner = owner_of(mention.first);
            if (owner != nullptr && (owner->kind == Mention::Kind::kOther || owner->kind == Mention::Kind::kExcipient))
                return false;
        }
        return !is_source_of_other(mention);
    }

    // A name directly in front, with nothing but punctuation or its own bracket between: the amount is that name's.
    bool belongs_to_left(const Quantity& q) const {
        std::size_t i = q.first;
        while (i > 0 && same_row(i - 1, q.first)) {
            const std::string& before = word(i - 1);
            if (const Mention* mention = m_.mention_at(i - 1))
                return mention->kind != Mention::Kind::kForm || m_.depth[i - 1] > 0;
            const bool mark = before == ":" || before == "." || before == "|" || before == "*" || before == "=" ||
                              before == "–" || before == "†" || before == "~";
            if (before == ")") {
                const int depth = m_.depth[i - 1];
                while (i > 0 && m_.depth[i - 1] >= depth && word(i - 1) != "(") --i;
                if (i > 0) --i;
                continue;
            }
            if (!mark) return false;
            --i;
        }
        return false;
    }

    bool fills_row(const Quantity& q) const {
        const std::size_t begin = m_.row_begin(m_.row[q.first]);
        return q.first <= begin + 1 && (q.last >= m_.tokens.size() || !same_row(q.last, q.first));
    }

    const Quantity* amount_before(const Mention& head, std::size_t from) const {
        const auto after = std::lower_bound(m_.quantities.begin(), m_.quantities.end(), head.first,
                                            [](const Quantity& q, std::size_t at) { return q.first < at; });
        if (after == m_.quantities.begin()) return nullptr;
        const Quantity& q = *(after - 1);
        if (!q.is_amount() || q.first < from || q.last > head.first || head.first - q.last > kMaxFillers)
            return nullptr;
        const bool nested = same_row(q.first, head.first) && m_.depth[q.first] != m_.depth[head.first];
        if (q.high > q.value || q.value <= 0 || nested) return nullptr;
        const std::size_t gap =
            q.last < head.first && word(q.last) == "." ? q.last + 1 : q.last;  // "84.5 mg. Elemental"
        if (!only_fillers(m_, gap, head.first, /*scraps=*/!same_row(q.first, head.first))) return nullptr;
        bool connected = false;
        for (std::size_t i = q.last; i < head.first; ++i) connected = connected || is_connector(word(i));
        const bool elemental = m_.has_cue(Cue::kElemental, q.last, head.first);
        if (!same_row(q.first, head.first)) {
            if (m_.row[head.first] - m_.row[q.first] > 1) return nullptr;
            if (!connected && !elemental && !fills_row(q)) return nullptr;
        }
        return connected || elemental || !belongs_to_left(q) ? &q : nullptr;
    }

    // A name inside the item that says what the amount is of, not an item of its own: in a bracket, or behind "as",
    // "from", "of which".
    bool is_inner(const Mention& head, const Mention& mention) const {
        if (m_.depth[mention.first] > m_.depth[head.first]) return true;
        const std::size_t reach = std::min<std::size_t>(mention.first - head.last, kMaxFillers + 2);
        for (std::size_t at = mention.first; at > mention.first - reach; --at) {
            const std::size_t i = at - 1;
            if (m_.has_cue(Cue::kSource, i, i + 1) || m_.has_cue(Cue::kOfWhich, i, i + 1)) return true;
            if (m_.mention_at(i) != nullptr) break;
        }
        return is_coupled(head, mention);
    }

    // "from magnesium oxide, magnesium citrate and magnesium malate": further sources of one amount, with none of their
    // own.
    bool is_coupled(const Mention& head, const Mention& mention) const {
        std::size_t links = 0;
        while (links < 2 && mention.first > head.last + links && links_parts(m_, mention.first - 1 - links)) ++links;
        const Mention* before = links > 0 ? m_.mention_at(mention.first - 1 - links) : nullptr;
        if (before == nullptr || before->kind != Mention::Kind::kCompound || before->first < head.last) return false;
        return !has_own_amount(mention) && is_inner(head, *before);
    }

    bool has_own_amount(const Mention& mention) const {
        const Quantity* own = m_.quantity_at(mention.last);
        return own != nullptr && own->is_amount();
    }

    // A row that goes on with what the row before it began.
    bool continues(const Mention& head, std::size_t next, bool has_amount) const {
        if (m_.depth[next] > m_.depth[head.first]) return true;
        const std::size_t last = next - 1;
        const bool waits = word(last) == "," || word(last) == "&" || word(last) == "+" ||
                           m_.has_cue(Cue::kSource, last, next) || m_.has_cue(Cue::kOfWhich, last, next) ||
                           word(last) == "and" || word(last) == "und";
        if (waits && !(has_amount && word(last) == ",")) return true;
        const std::size_t at = word(next) == "–" || word(next) == "(" || word(next) == "*" ? next + 1 : next;
        if (at >= m_.tokens.size()) return false;
        if (m_.has_cue(Cue::kSource, at, at + 1)) return true;
        if (m_.has_cue(Cue::kOfWhich, at, at + 1)) return !has_amount || !has_columns(at);
        if (const Mention* mention = m_.mention_at(at)) {
            return mention->kind == Mention::Kind::kForm && !has_amount;
        }
        if (word(next) == "(") return true;
        const Quantity* quantity = m_.quantity_at(at);
        if (has_amount && begins_column(next)) return true;
        if (has_amount && quantity != nullptr && quantity->is_amount() && ends_in_content(last)) return true;
        if (has_amount) {  // "500 mg magnesium gluconate" / "27 mg elemental"
            return quantity != nullptr && quantity->is_amount() &&
                   m_.has_cue(Cue::kElemental, quantity->last, quantity->last + 1);
        }
        return quantity != nullptr && (quantity->is_amount() || quantity->kind == Quantity::Kind::kPercent);
    }

    // "of which magnesium | 75 mg | 225 mg": amounts side by side from this token to the end of its row.
    bool has_columns(std::size_t from) const {
        const std::size_t end = m_.row_begin(m_.row[from] + 1);
        for (std::size_t i = from; i < end; ++i) {
            const Quantity* left = m_.quantity_at(i);
            if (left == nullptr || left->kind != Quantity::Kind::kMass) continue;
            std::size_t next = left->last;
            if (next < end && word(next) == "|") ++next;
            const Quantity* right = next < end ? m_.quantity_at(next) : nullptr;
            if (right != nullptr && right->kind == Quantity::Kind::kMass) return true;
        }
        return false;
    }

    // "... 1500 mg" / "of which magnesium" / "180 mg": the row ends in the name that an amount below it is of.
    bool ends_in_content(std::size_t last) const {
        const Mention* name = m_.mention_at(last);
        return name != nullptr && name->of_magnesium() && name->last == last + 1 &&
               m_.has_cue(Cue::kOfWhich, m_.row_begin(m_.row[last]), name->first);
    }

    // "per 100 g: Magnesium 11,900 mg" / "per 2.5 g: 298 mg": the same for another measure.
    bool begins_column(std::size_t next) const {
        const Quantity* measure =
            has_direction_role(word(next), DirectionRole::kPer) ? m_.quantity_at(next + 1) : nullptr;
        if (measure == nullptr || measure->last + 1 >= m_.tokens.size() || word(measure->last) != ":") return false;
        const Quantity* amount = m_.quantity_at(measure->last + 1);
        return amount != nullptr && amount->is_amount() && same_row(next, amount->first);
    }

    // "400 mg from magnesium citrate, -malate and -oxide": a further source, with no amount of its own.
    bool lists_form(std::size_t comma) const {
        const Mention* before = comma > 0 ? m_.mention_at(comma - 1) : nullptr;
        const Mention* next = m_.mention_at(comma + 1);
        if (before == nullptr || before->forms.empty() || next == nullptr) return false;
        const bool names_form = next->kind == Mention::Kind::kForm || next->kind == Mention::Kind::kCompound;
        return names_form && same_row(comma, comma + 1) && !has_own_amount(*next);
    }

    bool ends_sentence(std::size_t i, bool has_amount) const {
        const std::string& text = word(i);
        if (text == ";") return true;
        if (text == "." && i > 0 && m_.inside_cue(Cue::kOfWhich, i - 1)) return false;  // "в т.ч. магний"
        const bool list_mark = text == "," || text == "+" || text == "·" || text == "•";
        const std::size_t next = i + 1;
        if (next >= m_.tokens.size()) return text == ".";
        const bool goes_on = m_.has_cue(Cue::kOfWhich, next, next + 3) || m_.has_cue(Cue::kElemental, next, next + 2);
        if (list_mark) return has_amount && !goes_on && !lists_form(i);
        if (text != ".") return false;
        const bool abbreviates = i > 0 && m_.quantity_at(i - 1) != nullptr;  // "140 mg."
        if (abbreviates && goes_on) return false;
        const Quantity* behind = m_.quantity_at(next);
        const bool amount = behind != nullptr && behind->kind != Quantity::Kind::kDose;  // not ". 3 capsules contain"
        const bool leader = word(next) == "." || (i > 0 && word(i - 1) == ".") || amount;
        return !leader && m_.tokens[i].end < m_.tokens[next].begin;
    }

    std::size_t end_of(const Mention& head, bool has_amount) const {
        const int depth = m_.depth[head.first];
        const std::size_t end = std::min(m_.tokens.size(), head.last + kLongestItem);
        std::size_t i = head.last;
        while (i < end) {
            if (!same_row(i, i - 1) && !continues(head, i, has_amount)) return i;
            if (m_.depth[i] < depth) return i;
            if (m_.depth[i] == depth && ends_sentence(i, has_amount)) return i;
            if (const Mention* mention = m_.mention_at(i)) {
                const bool nested = m_.depth[i] > depth;
                const bool stops = mention->kind == Mention::Kind::kOther       ? !nested
                                   : mention->kind == Mention::Kind::kExcipient ? !nested
                                   : mention->of_magnesium()                    ? !is_inner(head, *mention)
                                                                                : false;
                if (stops) return i;
                i = mention->last;
                continue;
            }
            if (const Quantity* quantity = m_.quantity_at(i)) {
                if (quantity->is_amount()) {
                    if (m_.depth[i] == depth && has_amount && begins_part(m_, *quantity)) return i;
                    if (m_.depth[i] == depth && is_next_items(head, *quantity, has_amount)) return i;
                    if (m_.depth[i] == depth) has_amount = true;
                }
                i = quantity->last;
                continue;
            }
            ++i;
        }
        return i;
    }

    // "... 120 mg de magnesio y 200 mg de calcio": an amount that a connector ties to the name behind it. Another name
    // for magnesium there begins an item too, unless the label links the two ("of which 240 mg of magnesium").
    bool is_next_items(const Mention& head, const Quantity& q, bool has_amount) const {
        std::size_t i = q.last;
        bool connected = false;
        while (i < m_.tokens.size() && i < q.last + kMaxFillers && same_row(i, q.first) &&
               m_.mention_at(i) == nullptr) {
            connected = connected || is_connector(word(i)) || m_.inside_cue(Cue::kElemental, i);
            if (!only_fillers(m_, i, i + 1)) return false;
            ++i;
        }
        const Mention* mention = i < m_.tokens.size() && same_row(i, q.first) ? m_.mention_at(i) : nullptr;
        if (mention == nullptr) return false;
        if (mention->kind == Mention::Kind::kOther) return connected || has_amount;
        const bool linked =
            m_.has_cue(Cue::kOfWhich, head.last, q.first) || m_.has_cue(Cue::kSource, head.last, q.first);
        return mention->of_magnesium() && (connected || i > q.last) && !linked;
    }

    const Markup& m_;
    const std::vector<Section>& sections_;
    const std::vector<std::size_t> outer_;
};

}  // namespace

bool only_fillers(const Markup& markup, std::size_t first, std::size_t last, bool scraps) {
    for (std::size_t i = first; i < last; ++i) {
        const std::string& word = markup.tokens[i].text;
        if (scraps && word.size() <= 2) continue;
        if (is_connector(word) || is_quality(word) || word == "'" || word == "’") continue;
        if (markup.inside_cue(Cue::kElemental, i) || markup.inside_cue(Cue::kTotal, i)) continue;
        return false;
    }
    return true;
}

std::vector<Item> find_items(const Markup& markup, const std::vector<Section>& sections) {
    return ItemFinder(markup, sections).run();
}

}  // namespace magscan::parser
