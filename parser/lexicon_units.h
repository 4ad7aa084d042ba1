// Tokens as units of meaning: words found in the vocabulary, fused words taken apart, phrases put together.
#pragma once

#include <vector>

#include "parser/lexicon_tables.h"

namespace magscan::parser {

// One word of the vocabulary in the text. A fused word gives several atoms with the same tokens.
struct Atom {
    int word = -1;          // -1: not in the vocabulary
    std::size_t first = 0;  // token range [first, last)
    std::size_t last = 0;
    double similarity = 1;
};

std::vector<Atom> atoms_of(const std::vector<Token>& tokens);

// A phrase in the text, or a token that means nothing here.
struct Unit {
    std::size_t first = 0;  // token range [first, last)
    std::size_t last = 0;
    std::vector<Meaning> meanings;  // empty: a barrier between its neighbours
    double similarity = 1;

    const Meaning* as(Kind kind) const;
};

// The whole text as units, longest phrases first, in order.
std::vector<Unit> units_of(const std::vector<Token>& tokens);

// Length in atoms of a phrase at an atom, 0 if it is not there. Full stops between the words are passed over ("S.
// cerevisiae").
std::size_t match_phrase(const Phrase& phrase, const std::vector<Atom>& atoms, std::size_t at,
                         const std::vector<Token>& tokens);

}  // namespace magscan::parser
