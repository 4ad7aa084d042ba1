#include "parser/lexicon_view.h"

#include <algorithm>

namespace magscan::parser {
namespace {

bool is_number(const Token& token) {
    return !token.text.empty() && token.text[0] >= '0' && token.text[0] <= '9';
}

template <class Row>
const Row& row_of(const std::vector<Row>& rows, const Meaning* meaning) {
    return rows[static_cast<std::size_t>(meaning->index)];
}

bool is_word_for_magnesium(int word) {
    const auto* phrases = tables().substances.starting_with(word);
    if (phrases == nullptr) return false;
    const auto names_it = [](const Meaning& m) { return m.kind == Kind::kNutrient && m.index == kMagnesiumIndex; };
    return std::any_of(phrases->begin(), phrases->end(), [&](const Phrase& phrase) {
        return phrase.words.size() == 1 && std::any_of(phrase.meanings.begin(), phrase.meanings.end(), names_it);
    });
}

}  // namespace

UnitView::UnitView(const std::vector<Token>& tokens, const std::vector<Atom>& atoms)
    : tokens_(tokens), units_(units_of(tokens, atoms)), taken_(units_.size()) {}

bool UnitView::is_text(std::size_t i, std::string_view text) const {
    return i < units_.size() && units_[i].last == units_[i].first + 1 && tokens_[units_[i].first].text == text;
}

bool UnitView::is_chelate_word(std::size_t i) const {
    if (!is_salt(i)) return false;
    const int index = units_[i].as(Kind::kSalt)->index;
    return index == tables().chelate || index == tables().amino_acid_chelate;
}

const Salt& UnitView::salt(std::size_t i, Kind kind) const {
    return row_of(tables().salts, units_[i].as(kind));
}

const Modifier& UnitView::modifier(std::size_t i) const {
    return row_of(tables().modifiers, units_[i].as(Kind::kModifier));
}

const TradeName& UnitView::trade_name(std::size_t i) const {
    return row_of(tables().trade_names, units_[i].as(Kind::kTrade));
}

std::size_t UnitView::nutrient(std::size_t i) const {
    if (i >= units_.size()) return kNone;
    if (const Meaning* named = units_[i].as(Kind::kNutrient)) return static_cast<std::size_t>(named->index);
    if (yields_to_salt(i)) return kMagnesiumIndex;
    const Meaning* symbol = units_[i].as(Kind::kSymbol);
    if (symbol == nullptr) return kNone;
    if (units_[i].first > 0 && is_number(tokens_[units_[i].first - 1])) return kNone;
    const bool before = is_salt(i + 1) || (is_text(i + 1, ".") && is_salt(i + 2));
    const bool after = i >= 2 && is(i - 1, Kind::kOf) && is_salt(i - 2);
    return before || after ? static_cast<std::size_t>(symbol->index) : kNone;
}

bool UnitView::names_metal(std::size_t i) const {
    return is(i, Kind::kNutrient) && tables().nutrients[nutrient(i)].mineral;
}

bool UnitView::lone_symbol(std::size_t i) const {
    const Meaning* symbol = units_[i].as(Kind::kSymbol);
    if (symbol == nullptr || symbol->index != kMagnesiumIndex) return false;
    const std::size_t token = units_[i].first;
    return tokens_[token].element_case && (token == 0 || !is_number(tokens_[token - 1]));
}

bool UnitView::holds_magnesium(std::size_t i) const {
    for (std::size_t token = units_[i].first; token < units_[i].last; ++token) {
        const auto word = tables().words.resolve(tokens_[token].text);
        if (word && is_word_for_magnesium(word->word)) return true;
    }
    return false;
}

bool UnitView::yields_to_salt(std::size_t i) const {
    return is(i, Kind::kTrade) && is_salt(i + 1) && trade_name(i).yields_to_salt && holds_magnesium(i);
}

bool UnitView::line_breaks(std::size_t from, std::size_t to) const {
    for (std::size_t token = units_[from].last; token <= units_[to].first; ++token)
        if (tokens_[token].line_begin) return true;
    return false;
}

void UnitView::take(std::size_t low, std::size_t high) {
    for (std::size_t i = low; i <= high; ++i) taken_[i] = true;
}

double UnitView::similarity(std::size_t low, std::size_t high) const {
    double worst = 1;
    for (std::size_t i = low; i <= high; ++i) worst = std::min(worst, units_[i].similarity);
    return worst;
}

}  // namespace magscan::parser
