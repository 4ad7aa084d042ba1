#include "parser/item_parts.h"

#include "parser/direction_words.h"

namespace magscan::parser {
namespace {

constexpr std::size_t kMostLinks = 5;  // tokens from one part's end to the next one's source

bool same_row(const Markup& markup, std::size_t i, std::size_t j) {
    return markup.row[i] == markup.row[j];
}

}  // namespace

bool links_parts(const Markup& markup, std::size_t i) {
    return markup.tokens[i].text == "," || markup.tokens[i].text == "+" || markup.tokens[i].text == "&" ||
           has_direction_role(markup.tokens[i].text, DirectionRole::kAnd);
}

bool is_of_source(const Markup& markup, const Quantity& amount) {
    std::size_t i = amount.last;
    const auto here = [&] { return i < markup.tokens.size() && markup.row[i] == markup.row[amount.first]; };
    if (here() && markup.tokens[i].text == "(") ++i;
    if (!here() || !markup.has_cue(Cue::kSource, i, i + 1)) return false;
    while (here() && markup.inside_cue(Cue::kSource, i)) ++i;
    const Mention* mention = here() ? markup.mention_at(i) : nullptr;
    return mention != nullptr && !mention->forms.empty();
}

std::optional<Item> further_part(const Markup& markup, const Mention& mention, const Item& before) {
    const bool names_form = mention.kind == Mention::Kind::kForm || mention.kind == Mention::Kind::kCompound;
    if (!names_form || mention.first < before.last || mention.first > before.last + kMostLinks) return std::nullopt;
    if (!same_row(markup, mention.first, before.last - 1)) return std::nullopt;
    Item part;
    bool source = false;
    std::size_t first = before.last;
    for (std::size_t i = before.last; i < mention.first; ++i) {
        const Quantity* q = markup.quantity_at(i);
        if (q != nullptr && q->is_amount() && part.before == nullptr && !source) {
            part.before = q;
            first = q->first;
            i = q->last - 1;
            continue;
        }
        const bool link = markup.inside_cue(Cue::kSource, i);
        source = source || link;
        if (!link && !links_parts(markup, i) && markup.tokens[i].text != "(") return std::nullopt;
    }
    if (!source || markup.find_quantity(Quantity::Kind::kMass, before.first, before.last) == nullptr)
        return std::nullopt;
    part.head = &mention;
    part.part = true;
    part.first = part.before != nullptr ? first : mention.first;
    part.last = mention.last;
    if (part.before == nullptr) {
        const std::size_t behind = mention.last < markup.tokens.size() && is_close(markup.tokens[mention.last]);
        const Quantity* own = markup.quantity_at(mention.last + behind);
        if (own == nullptr || !own->is_amount()) return std::nullopt;
        part.last = own->last;
    }
    const Quantity* percent = markup.quantity_at(part.last);
    if (percent != nullptr && percent->kind == Quantity::Kind::kPercent && percent->first == part.last)
        part.last = percent->last;
    return part;
}

bool holds_shares(const Markup& markup, const Item& item) {
    const Quantity* whole = markup.find_quantity(Quantity::Kind::kMass, item.first, item.last);
    if (whole == nullptr || is_of_source(markup, *whole)) return false;
    const Quantity* share = markup.find_quantity(Quantity::Kind::kMass, whole->last, item.last);
    return share != nullptr && share->value < whole->value && is_of_source(markup, *share);
}

bool begins_part(const Markup& markup, const Quantity& q) {
    if (q.first == 0 || !links_parts(markup, q.first - 1) || !markup.has_cue(Cue::kSource, q.last, q.last + 1))
        return false;
    for (std::size_t i = q.last; i < markup.tokens.size() && i <= q.last + 2 && same_row(markup, i, q.first); ++i) {
        const Mention* mention = markup.mention_at(i);
        if (mention == nullptr) continue;
        return mention->kind == Mention::Kind::kForm || mention->kind == Mention::Kind::kCompound;
    }
    return false;
}

}  // namespace magscan::parser
