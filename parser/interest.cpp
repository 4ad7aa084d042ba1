#include "parser/interest.h"

#include <algorithm>
#include <string>
#include <vector>

#include "ocr/page.h"
#include "parser/lexicon.h"
#include "parser/lexicon_tables.h"

namespace magscan::parser {
namespace {

constexpr std::size_t kPiece = 4;       // letters of a word that is nothing but a piece of the name
constexpr std::size_t kInnerPiece = 5;  // letters of a piece inside another word

// The single words that mean magnesium and are long enough to be cut.
std::vector<std::string> names_of_magnesium() {
    const Tables& lexicon = tables();
    std::vector<std::string> names;
    for (std::size_t word = 0; word < lexicon.words.size(); ++word) {
        const auto* phrases = lexicon.substances.starting_with(static_cast<int>(word));
        if (phrases == nullptr || lexicon.words.text(static_cast<int>(word)).size() <= kPiece) continue;
        const bool is_name = std::any_of(phrases->begin(), phrases->end(), [](const Phrase& phrase) {
            return phrase.words.size() == 1 &&
                   std::any_of(phrase.meanings.begin(), phrase.meanings.end(), [](const Meaning& meaning) {
                       return meaning.kind == Kind::kNutrient && meaning.index == kMagnesiumIndex;
                   });
        });
        if (is_name) names.push_back(lexicon.words.text(static_cast<int>(word)));
    }
    return names;
}

// Shares a piece with the name: its beginning or end was lost, or single letters were misread.
bool holds_piece_of_name(const std::string& word) {
    static const std::vector<std::string> names = names_of_magnesium();
    if (word.size() < kPiece) return false;
    return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
        if (name.find(word) != std::string::npos) return true;
        for (std::size_t i = 0; i + kInnerPiece <= name.size(); ++i) {
            if (word.find(name.substr(i, kInnerPiece)) != std::string::npos) return true;
        }
        return false;
    });
}

}  // namespace

ocr::Interest interest_of(std::string_view line) {
    const std::vector<Token> tokens = tokenise(line);
    const std::vector<Atom> atoms = atoms_of(tokens);
    const auto [forms, minerals] = find_substances(tokens, atoms);
    const bool names =
        std::any_of(forms.begin(), forms.end(), [](const FormMatch& form) { return !form.excipient; }) ||
        std::any_of(minerals.begin(), minerals.end(),
                    [](const MineralMatch& match) { return match.mineral == Mineral::kMagnesium; }) ||
        std::any_of(tokens.begin(), tokens.end(), [](const Token& token) { return holds_piece_of_name(token.text); });
    if (names) return ocr::Interest::kName;
    const auto cues = find_cues(tokens, atoms);
    const bool serving = std::any_of(cues.begin(), cues.end(), [](const CueMatch& cue) {
        return cue.cue == Cue::kServingSize || cue.cue == Cue::kServingsPerContainer || cue.cue == Cue::kPerServing ||
               cue.cue == Cue::kElemental || cue.cue == Cue::kDailyValue;
    });
    if (serving) return ocr::Interest::kServing;
    const bool figure =
        std::any_of(tokens.begin(), tokens.end(), [](const Token& t) { return ocr::holds_digit(t.text); });
    return figure ? ocr::Interest::kFigure : ocr::Interest::kNone;
}

}  // namespace magscan::parser
