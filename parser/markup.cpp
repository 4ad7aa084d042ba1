#include "parser/markup.h"

#include <algorithm>

namespace magscan::parser {
namespace {

void add_forms(Markup& markup, const std::vector<FormMatch>& matches) {
    for (const FormMatch& match : matches) {
        Mention mention;
        mention.first = match.first;
        mention.last = match.last;
        mention.kind = match.excipient         ? Mention::Kind::kExcipient
                       : match.names_magnesium ? Mention::Kind::kCompound
                                               : Mention::Kind::kForm;
        mention.similarity = match.similarity;
        mention.forms = {{match.family, match.compound, std::string(markup.printed(match.first, match.last))}};
        // Two families in the same words ("citrate-malate") are one mention.
        if (!markup.mentions.empty() && markup.mentions.back().first == match.first) {
            markup.mentions.back().forms.push_back(mention.forms.front());
            continue;
        }
        markup.mentions.push_back(std::move(mention));
    }
}

void add_minerals(Markup& markup, const std::vector<MineralMatch>& matches) {
    std::vector<bool> in_form(markup.tokens.size(), false);
    for (const Mention& form : markup.mentions) {
        for (std::size_t i = form.first; i < form.last; ++i) in_form[i] = true;
    }
    for (const MineralMatch& match : matches) {
        bool taken = false;
        for (std::size_t i = match.first; i < match.last; ++i) taken = taken || in_form[i];
        if (taken) continue;
        Mention mention;
        mention.first = match.first;
        mention.last = match.last;
        mention.kind = match.mineral == Mineral::kMagnesium ? Mention::Kind::kMagnesium : Mention::Kind::kOther;
        mention.similarity = match.similarity;
        mention.most_mg = match.most_mg;
        mention.nutrient = match.nutrient;
        markup.mentions.push_back(std::move(mention));
    }
    std::sort(markup.mentions.begin(), markup.mentions.end(),
              [](const Mention& a, const Mention& b) { return a.first < b.first; });
}

// Per token the first of the ranges that covers it.
template <typename Range>
std::vector<int> index_of(const std::vector<Range>& ranges, std::size_t tokens) {
    std::vector<int> index(tokens, -1);
    for (std::size_t i = ranges.size(); i-- > 0;) {
        for (std::size_t t = ranges[i].first; t < ranges[i].last; ++t) index[t] = static_cast<int>(i);
    }
    return index;
}

// The first of the ranges, sorted by where they begin, that begins at a token or behind it.
template <typename Range>
auto first_from(const std::vector<Range>& ranges, std::size_t token) {
    return std::lower_bound(ranges.begin(), ranges.end(), token,
                            [](const Range& range, std::size_t at) { return range.first < at; });
}

bool is_open(const Token& token) {
    return token.text == "(" || token.text == "[" || token.text == "{";
}
// Whether a bracket that is open at token i closes further on, before another one opens or a row begins with another
// item: "(as magnesium oxide, magnesium citrate, ... / ... / ... / and magnesium orotate)".
bool closes_behind(const Markup& markup, std::size_t i) {
    constexpr std::size_t kMostTokens = 40;
    for (std::size_t t = i; t < std::min(i + kMostTokens, markup.tokens.size()); ++t) {
        if (is_close(markup.tokens[t])) return true;
        const Mention* mention = markup.mention_at(t);
        const bool other_item = mention != nullptr &&
                                (mention->kind == Mention::Kind::kOther || mention->kind == Mention::Kind::kMagnesium);
        if (is_open(markup.tokens[t]) || other_item || markup.quantity_at(t) != nullptr) return false;
    }
    return false;
}

// A bracket that was opened but not closed, as recognisers lose them, ends where another row names another nutrient,
// and after two rows in any case.
void mark_rows(Markup& markup) {
    const std::string& text = markup.block->text;
    std::size_t row = 0, at = 0, opened_row = 0;
    int depth = 0;
    bool value = false;
    markup.row.reserve(markup.tokens.size());
    markup.depth.reserve(markup.tokens.size());
    markup.in_value_cell.reserve(markup.tokens.size());
    for (std::size_t i = 0; i < markup.tokens.size(); ++i) {
        const std::size_t row_before = row;
        for (; at < markup.tokens[i].begin; ++at) {
            if (text[at] == '\n') {
                ++row;
                value = false;
            } else if (text[at] == '\t') {
                value = true;
            }
        }
        if (row != row_before && depth > 0) {
            const Mention* mention = markup.mention_at(i);
            const bool other_item = mention != nullptr && (mention->kind == Mention::Kind::kOther ||
                                                           mention->kind == Mention::Kind::kMagnesium);
            if (other_item || (row > opened_row + 2 && !closes_behind(markup, i))) depth = 0;
        }
        if (is_close(markup.tokens[i]) && depth > 0) --depth;
        markup.row.push_back(row);
        markup.depth.push_back(depth);
        markup.in_value_cell.push_back(value);
        if (is_open(markup.tokens[i])) {
            ++depth;
            opened_row = row;
        }
    }
}

}  // namespace

bool is_close(const Token& token) {
    return token.text == ")" || token.text == "]" || token.text == "}";
}

std::size_t Markup::row_begin(std::size_t row_index) const {
    return static_cast<std::size_t>(std::lower_bound(row.begin(), row.end(), row_index) - row.begin());
}

std::string_view Markup::printed(std::size_t first, std::size_t last) const {
    if (first >= last) return {};
    const std::size_t begin = tokens[first].begin;
    return std::string_view(block->text).substr(begin, tokens[last - 1].end - begin);
}

bool Markup::has_cue(Cue cue, std::size_t first, std::size_t last) const {
    for (auto found = first_from(cues, first); found != cues.end() && found->first < last; ++found) {
        if (found->cue == cue) return true;
    }
    return false;
}

bool Markup::inside_cue(Cue cue, std::size_t token) const {
    constexpr std::size_t kLongestCue = 16;  // tokens, full stops between the words included
    auto found = first_from(cues, token < kLongestCue ? 0 : token - kLongestCue);
    for (; found != cues.end() && found->first <= token; ++found) {
        if (found->cue == cue && token < found->last) return true;
    }
    return false;
}

const Mention* Markup::mention_at(std::size_t token) const {
    return token < tokens.size() && mention_index[token] >= 0 ? &mentions[mention_index[token]] : nullptr;
}

const Quantity* Markup::quantity_at(std::size_t token) const {
    return token < tokens.size() && quantity_index[token] >= 0 ? &quantities[quantity_index[token]] : nullptr;
}

const Quantity* Markup::find_quantity(Quantity::Kind kind, std::size_t first, std::size_t last) const {
    for (auto found = first_from(quantities, first); found != quantities.end() && found->first < last; ++found) {
        if (found->kind == kind) return &*found;
    }
    return nullptr;
}

Markup mark_up(const Block& block) {
    Markup markup{&block, block.tokens, {}, {}, {}, {}, {}, {}, {}, {}};
    const Substances substances = find_substances(markup.tokens, block.atoms);
    add_forms(markup, substances.forms);
    add_minerals(markup, substances.minerals);
    markup.cues = find_cues(markup.tokens, block.atoms);
    markup.quantities = find_quantities(markup.tokens, block.text, decimal_mark_of(markup.tokens, block.text));
    markup.mention_index = index_of(markup.mentions, markup.tokens.size());
    markup.quantity_index = index_of(markup.quantities, markup.tokens.size());
    mark_rows(markup);
    return markup;
}

}  // namespace magscan::parser
