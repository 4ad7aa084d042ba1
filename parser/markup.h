// A block of text with everything in it that the parser knows: names, amounts, cue phrases, rows, brackets.
#pragma once

#include <vector>

#include "parser/document.h"
#include "parser/lexicon.h"
#include "parser/quantity.h"

namespace magscan::parser {

// A nutrient or substance named in the text.
struct Mention {
    enum class Kind {
        kMagnesium,  // the mineral: "Magnesium"
        kCompound,   // one of its compounds: "magnesium citrate", "Magtein"
        kForm,       // what makes a compound of magnesium where magnesium is the subject: "citrate"
        kExcipient,  // magnesium stearate and the like
        kOther,      // any other nutrient
    };
    std::size_t first = 0;  // token range [first, last)
    std::size_t last = 0;
    Kind kind = Kind::kOther;
    std::vector<Form> forms;  // for kCompound and kForm
    double similarity = 1;
    double most_mg = 0;         // of another nutrient: the most that a serving holds; 0 where it is not known
    std::string_view nutrient;  // of a mineral or another nutrient: its id in nutrients.json

    bool of_magnesium() const { return kind == Kind::kMagnesium || kind == Kind::kCompound; }
};

struct Markup {
    const Block* block;  // outlives the markup
    const std::vector<Token>& tokens;
    std::vector<std::size_t> row;      // per token: index of its row
    std::vector<int> depth;            // per token: brackets open around it
    std::vector<bool> in_value_cell;   // per token: behind a tab, in a column of amounts
    std::vector<Mention> mentions;     // left to right, not overlapping
    std::vector<Quantity> quantities;  // the same
    std::vector<CueMatch> cues;
    std::vector<int> mention_index;  // per token: into mentions, -1 where none covers it
    std::vector<int> quantity_index;

    std::size_t rows() const { return block->rows; }
    std::size_t row_begin(std::size_t row_index) const;                   // first token of the row
    std::string_view printed(std::size_t first, std::size_t last) const;  // tokens [first, last) as printed
    bool has_cue(Cue cue, std::size_t first, std::size_t last) const;     // begins in tokens [first, last)
    bool inside_cue(Cue cue, std::size_t token) const;
    const Mention* mention_at(std::size_t token) const;  // covering the token; null past the end, too
    const Quantity* quantity_at(std::size_t token) const;
    // The first quantity of the kind that begins in tokens [first, last).
    const Quantity* find_quantity(Quantity::Kind kind, std::size_t first, std::size_t last) const;
};

Markup mark_up(const Block& block);

// Whether a token closes a bracket, of any kind.
bool is_close(const Token& token);

}  // namespace magscan::parser
