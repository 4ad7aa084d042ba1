// Columns of a table and the headings over them: "per 100 g | per serving | % NRV", "1 scoop | 2 scoops".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "parser/cells.h"
#include "parser/document.h"

namespace magscan::parser {

struct HeadingMatch {
    std::size_t begin = 0;  // byte range in the text
    std::size_t end = 0;
    Heading heading;
};

// The headings in a line of text, left to right. Nothing in lines that are rows of a table, directions, a serving size.
std::vector<HeadingMatch> find_headings(std::string_view text);

// Headings of a page's table, and which of them each word with an amount stands under.
struct HeadedWords {
    std::vector<Heading> headings;
    std::unordered_map<const ocr::Word*, int> under;
};

// By place: the cells run in one direction.
HeadedWords head_columns(const std::vector<Cell>& cells);

// By order, for text without places: rows with as many amounts as the last heading row has columns.
void head_rows(Block& block);

// The heading over the word at this byte of the block; one that tells nothing where there is none.
Heading heading_of(const Block& block, std::size_t at);

// The recogniser's other readings of the number that begins at this byte.
std::vector<std::string> other_readings(const Block& block, std::size_t at);

}  // namespace magscan::parser
