// The lines after the options of --help, written for a terminal, as blocks that a manual can set anew.
//
// Paragraphs are parted by empty lines. A line at the margin is prose. An indented line is an item: what stands before
// two or more spaces is its term, what follows its meaning; lines indented further go on with that. The paragraph that
// begins with "Examples:" or "Exit codes:" makes a section of its own.
#pragma once

#include <string>
#include <vector>

namespace magscan::tools::help {

struct Block {
    enum class Kind { kProse, kItem, kLiteral };  // kLiteral: an indented line without a meaning
    Kind kind = Kind::kProse;
    std::string term;  // of an item
    std::string text;
};

struct FooterText {
    std::vector<Block> details, examples, exit_codes;
};

FooterText footer_text(const std::string& footer);

// Text with everything escaped that roff would take for its own.
std::string roff(const std::string& text);

}  // namespace magscan::tools::help
