// What belongs to a salt in a text: the words that make it exact, and its metals.
#pragma once

#include <set>
#include <string>

#include "parser/lexicon_view.h"

namespace magscan::parser {

struct Gathered {
    std::size_t low = 0;  // units [low, high]
    std::size_t high = 0;
    std::set<std::string> modifiers;  // "hydrate-2", "buffered", "magnesium-3" for a salt of three magnesium
    std::set<std::string> metals;     // ids of nutrients; empty: a bare salt
    bool magnesium = false;           // among the metals
    std::size_t second = kNone;       // a second salt of the same metal: "magnesium citrate malate"
};

// Gathers around the salt at a unit. Its metal is the one joined by "of" on its right, else the one on its left, else
// the one on its right.
Gathered gather(const UnitView& units, std::size_t salt);

// Whether the two are citrate and malate, which are sold as one compound.
bool is_citrate_malate(const Salt& one, const Salt& other);

// Id of the compound that the words around the salt make of it.
std::string compound_of(const Salt& salt, const Gathered& gathered);

}  // namespace magscan::parser
