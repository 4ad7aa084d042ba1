// What the lexicon finds in a text, in short words for its tests.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "parser/lexicon.h"

namespace magscan::test {

using Words = std::vector<std::string>;

inline std::vector<parser::FormMatch> forms(const std::string& text) {
    return parser::find_forms(parser::tokenise(text));
}

// "citrate+" for magnesium citrate, "citrate" for a bare citrate, "!other" for a processing aid.
inline Words named(const std::string& text) {
    Words found;
    for (const parser::FormMatch& form : forms(text))
        found.push_back((form.excipient ? "!" : "") + form.family + (form.names_magnesium ? "+" : ""));
    return found;
}

inline std::string compound(const std::string& text) {
    const auto found = forms(text);
    return found.size() == 1 ? found[0].compound : std::to_string(found.size()) + " forms";
}

// "Mg" and the normalised words of other nutrients.
inline Words minerals(const std::string& text) {
    const auto tokens = parser::tokenise(text);
    Words found;
    for (const parser::MineralMatch& match : parser::find_minerals(tokens)) {
        std::string words;
        for (std::size_t i = match.first; i < match.last; ++i) words += (words.empty() ? "" : " ") + tokens[i].text;
        found.push_back(match.mineral == parser::Mineral::kMagnesium ? "Mg" : words);
    }
    return found;
}

inline bool has_cue(const std::string& text, parser::Cue cue) {
    const auto found = parser::find_cues(parser::tokenise(text));
    return std::any_of(found.begin(), found.end(), [&](const parser::CueMatch& match) { return match.cue == cue; });
}

inline Words words(const std::string& text) {
    Words found;
    for (const parser::Token& token : parser::tokenise(text)) found.push_back(token.text);
    return found;
}

}  // namespace magscan::test
