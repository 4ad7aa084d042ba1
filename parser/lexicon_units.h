// Tokens as units of meaning: words found in the vocabulary, fused words taken apart, phrases put together.
#pragma once

#include <vector>

#include "parser/lexicon_tables.h"

namespace magscan::parser {

// A phrase in the text, or a token that means nothing here.
struct Unit {
    std::size_t first = 0;  // token range [first, last)
    std::size_t last = 0;
    const std::vector<Meaning>* meanings = nullptr;  // null: a barrier between its neighbours
    double similarity = 1;

    const Meaning* as(Kind kind) const;
};

// The whole text as units, longest phrases first, in order.
std::vector<Unit> units_of(const std::vector<Token>& tokens, const std::vector<Atom>& atoms);

// Vocabulary::resolve() for words that are not in the vocabulary as they stand. Labels repeat their words, and
// comparing a word with the whole vocabulary is what costs: a thread remembers the last ones.
std::optional<Vocabulary::Hit> resolve_again(std::string_view word);

// Length in atoms of a phrase at an atom, 0 if it is not there. Full stops between the words are passed over ("S.
// cerevisiae").
std::size_t match_phrase(const Phrase& phrase, const std::vector<Atom>& atoms, std::size_t at,
                         const std::vector<Token>& tokens);

// Calls found(phrase, length in atoms) for the phrases of a table that stand at an atom, longest first, until it
// returns false.
template <class Found>
void match_phrases(const PhraseTable& table, const std::vector<Atom>& atoms, std::size_t at,
                   const std::vector<Token>& tokens, Found found) {
    const auto* phrases = table.starting_with(atoms[at].word);
    if (phrases == nullptr) return;
    // Most phrases part at their second word, unless that may be passed over.
    const Token* next = at + 1 < atoms.size() ? &tokens[atoms[at + 1].first] : nullptr;
    const bool is_fixed = next == nullptr || (next->text != "." && !next->line_begin);
    const int second = next == nullptr ? -1 : atoms[at + 1].word;
    for (const Phrase& phrase : *phrases) {
        if (is_fixed && phrase.words.size() > 1 && phrase.words[1] != second) continue;
        const std::size_t length = match_phrase(phrase, atoms, at, tokens);
        if (length > 0 && !found(phrase, length)) return;
    }
}

}  // namespace magscan::parser
