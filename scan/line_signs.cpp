#include "scan/line_signs.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "parser/lexicon.h"
#include "parser/quantity.h"

namespace magscan::scan {
namespace {

using parser::Cue;
using parser::Quantity;
using parser::Token;

constexpr double kLetterWidth = 0.5;  // of the line's height

// Phrases of the side with the facts. "Per serving" and "per day" stand on fronts too.
bool is_panel_cue(Cue cue) {
    switch (cue) {
        case Cue::kFactsPanel:
        case Cue::kDrugFacts:
        case Cue::kServingSize:
        case Cue::kDailyValue:
        case Cue::kNoDailyValue:
        case Cue::kPer100g:
        case Cue::kPer100ml:
        case Cue::kIngredients:
        case Cue::kExcipients:
            return true;
        default:
            return false;
    }
}

// Phrases that other print holds as well say nothing: "of which", "take", "without", "total".
bool is_label_cue(Cue cue) {
    switch (cue) {
        case Cue::kServingsPerContainer:
        case Cue::kPerServing:
        case Cue::kElemental:
        case Cue::kUs:  // "dietary supplement" and what other markets print instead
        case Cue::kEu:
        case Cue::kCanada:
        case Cue::kAustralia:
        case Cue::kJapan:
        case Cue::kRussia:
            return true;
        default:
            return is_panel_cue(cue);
    }
}

// "250 mg", "60 %", "3g 1%": nothing but masses and percentages.
bool is_cell(const std::vector<Token>& tokens, const std::vector<Quantity>& quantities) {
    std::size_t covered = 0;
    for (const Quantity& quantity : quantities) {
        if (quantity.kind != Quantity::Kind::kMass && quantity.kind != Quantity::Kind::kPercent) return false;
        covered += quantity.last - quantity.first;
    }
    return covered > 0 && tokens.size() <= covered + 1;  // a dagger or an asterisk
}

bool has(const std::vector<Quantity>& quantities, Quantity::Kind kind) {
    return std::any_of(quantities.begin(), quantities.end(), [&](const Quantity& q) { return q.kind == kind; });
}

void look_for_words(LineSigns& signs, const std::string& text) {
    const std::vector<Token> tokens = parser::tokenise(text);
    const std::vector<Quantity> quantities =
        parser::find_quantities(tokens, text, parser::decimal_mark_of(tokens, text));
    const std::size_t nutrients = parser::find_minerals(tokens).size();
    signs.label_words = static_cast<int>(nutrients + parser::find_forms(tokens).size());
    if (has(quantities, Quantity::Kind::kDose)) ++signs.label_words;
    for (const parser::CueMatch& match : parser::find_cues(tokens)) {
        if (is_label_cue(match.cue)) ++signs.label_words;
        if (is_panel_cue(match.cue)) signs.panel_word = true;
    }
    const bool mass = has(quantities, Quantity::Kind::kMass);
    const bool row = mass && (nutrients > 0 || has(quantities, Quantity::Kind::kPercent));
    signs.panel_row = signs.panel_word || row || is_cell(tokens, quantities);
}

double length_of(const ocr::Polygon& polygon) {
    double length = 0;
    for (std::size_t i = 1; i < polygon.size() / 2; ++i) {
        length += std::hypot(polygon[i].x - polygon[i - 1].x, polygon[i].y - polygon[i - 1].y);
    }
    return length;
}

double letters_in(const std::string& word) {
    // Bytes of UTF-8 that begin a letter.
    return static_cast<double>(
        std::count_if(word.begin(), word.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

LineSigns signs_of(const ocr::Line& line) {
    LineSigns signs;
    for (const ocr::Word& word : line.words) {
        const double letters = letters_in(word.text);
        signs.letters += letters;
        signs.confidence += letters * word.confidence;
    }
    if (signs.letters > 0) {
        signs.confidence /= signs.letters;
        look_for_words(signs, ocr::text_of(line));
    } else if (line.height > 0) {
        signs.letters = std::floor(length_of(line.polygon) / (kLetterWidth * line.height));
    }
    return signs;
}

}  // namespace

std::vector<LineSigns> signs_of(const std::vector<ocr::Line>& lines) {
    std::vector<LineSigns> out;
    out.reserve(lines.size());
    for (const ocr::Line& line : lines) out.push_back(signs_of(line));
    return out;
}

}  // namespace magscan::scan
