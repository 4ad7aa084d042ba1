// A label as running text: words in logical reading order, in rows and blocks, each word knowing where it was read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ocr/page.h"
#include "parser/label.h"
#include "parser/lexicon.h"

namespace magscan::parser {

struct SourceWord {
    std::size_t begin = 0;  // byte range in Block::text
    std::size_t end = 0;
    float confidence = 1;
    ocr::Polygon polygon;
    std::vector<std::string> alternatives;  // other readings of words with digits, best first
    int heading = -1;                       // into Block::headings: over the column that the word stands in
};

// Text that is read on from row to row: a column of a panel with the amounts of its rows, a paragraph, a headline.
// Rows are separated by '\n', cells of one row by '\t'.
struct Block {
    std::string text;
    std::vector<Token> tokens;  // of the text
    std::vector<Atom> atoms;    // of the tokens; none reaches over a row's end
    std::vector<SourceWord> words;
    std::size_t rows = 0;
    std::vector<Heading> headings;
};

// Finds the tokens and atoms of the text, which is not to be changed afterwards.
void find_tokens(Block& block);

// Splits plain text at its line ends; one block.
Block block_of(std::string_view text);

// The words in a byte range of the block as evidence: their text, the weakest confidence, and the convex hull of their
// corners: at least four points, clockwise, never outside the words' own bounds.
Evidence evidence_of(const Block& block, std::size_t begin, std::size_t end);

}  // namespace magscan::parser
