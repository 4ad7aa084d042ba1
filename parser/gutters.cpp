#include "parser/gutters.h"

#include <algorithm>
#include <cmath>

#include "parser/lexicon.h"

namespace magscan::parser {
namespace {

constexpr float kAligned = 1.0F;         // in word heights: how far names of one column may begin apart
constexpr std::size_t kNamesBeside = 2;  // further names in the column that prove it
constexpr std::size_t kLongestName = 3;  // words that a nutrient's name is looked for in

bool has_letters(const std::string& text) {
    const std::string plain = normalise(text);
    return std::count_if(plain.begin(), plain.end(), [](char c) { return c < '0' || c > '9'; }) >= 4;
}

bool is_percent(const std::string& text) {
    return text.size() >= 2 && text.back() == '%' && text.front() >= '0' && text.front() <= '9';
}

bool begins_name(const std::vector<PlacedWord>& line, std::size_t at) {
    std::string text;
    for (std::size_t i = at; i < line.size() && i < at + kLongestName; ++i) text += line[i].word->text + " ";
    const auto minerals = find_minerals(tokenise(text));
    return !minerals.empty() && minerals.front().first == 0;
}

// A percentage in front ends a row. An amount alone doesn't: "500 mg Magnesium" begins lines of claims.
bool follows_row(const std::vector<PlacedWord>& line, std::size_t at) {
    const std::string& before = line[at - 1].word->text;
    if (is_percent(before)) return true;
    if (before == "%") return at >= 2;
    const auto is_amount = [](const Token& t) { return t.text[0] >= '0' && t.text[0] <= '9'; };
    std::size_t amount = at - 1;
    const auto holds_amount = [&](std::size_t i) {
        const auto tokens = tokenise(line[i].word->text);
        return std::any_of(tokens.begin(), tokens.end(), is_amount);
    };
    if (!holds_amount(amount) && amount > 0 && !has_letters(before)) --amount;  // "6 mg": the unit on its own
    if (!holds_amount(amount)) return false;
    return std::any_of(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(amount),
                       [](const PlacedWord& w) { return has_letters(w.word->text); });
}

}  // namespace

std::set<const ocr::Word*> table_starts(const std::vector<std::vector<PlacedWord>>& lines) {
    std::vector<PlacedWord> names, candidates;
    for (const auto& line : lines) {
        for (std::size_t i = 0; i < line.size(); ++i) {
            if (!has_letters(line[i].word->text)) continue;
            const bool candidate = i > 0 && follows_row(line, i);
            if ((i > 0 && !candidate) || !begins_name(line, i)) continue;
            names.push_back(line[i]);
            if (candidate) candidates.push_back(line[i]);
        }
    }
    std::set<const ocr::Word*> starts;
    for (const PlacedWord& candidate : candidates) {
        const auto beside = std::count_if(names.begin(), names.end(), [&](const PlacedWord& name) {
            return name.word != candidate.word && std::abs(name.u - candidate.u) < kAligned * candidate.height &&
                   std::abs(name.v - candidate.v) > candidate.height / 2;
        });
        if (static_cast<std::size_t>(beside) >= kNamesBeside) starts.insert(candidate.word);
    }
    return starts;
}

}  // namespace magscan::parser
