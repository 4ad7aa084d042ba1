#include "parser/listing.h"

namespace magscan::parser {
namespace {

bool is_bar(const Markup& markup, std::size_t i) {
    return markup.tokens[i].text == "|";
}

// Fills a cell, with a dose in the one behind it.
bool has_cell_before_dose(const Markup& markup, const Quantity& amount) {
    const std::size_t next = amount.last + 1;
    if (amount.first == 0 || next >= markup.tokens.size()) return false;
    if (!is_bar(markup, amount.first - 1) || !is_bar(markup, amount.last)) return false;
    const Quantity* dose = markup.quantity_at(next);
    return dose != nullptr && dose->kind == Quantity::Kind::kDose && markup.row[next] == markup.row[amount.first];
}

}  // namespace

bool in_listing(const Markup& markup, const Quantity& amount) {
    if (!has_cell_before_dose(markup, amount)) return false;
    bool product = false;
    std::size_t i = markup.row_begin(markup.row[amount.first]);
    for (; i < amount.first && !is_bar(markup, i); ++i) {
        const Mention* mention = markup.mention_at(i);
        product = product || (mention != nullptr && mention->of_magnesium());
        const Quantity* printed = markup.quantity_at(i);
        if (printed != nullptr && printed->is_amount() && printed->value == amount.value) return false;
    }
    bool form = false;
    for (++i; i + 1 < amount.first; ++i) {
        if (is_bar(markup, i) || markup.quantity_at(i) != nullptr) return false;
        const Mention* mention = markup.mention_at(i);
        form = form || (mention != nullptr && !mention->forms.empty());
    }
    return product && form;
}

}  // namespace magscan::parser
