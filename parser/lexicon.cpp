#include "parser/lexicon.h"

#include <algorithm>

#include "parser/lexicon_units.h"

namespace magscan::parser {
namespace {

// Words that tell the market or the kind of product overlap with other phrases and are no part of the text's meaning.
bool tells_product(Cue cue) {
    return cue == Cue::kUs || cue == Cue::kEu || cue == Cue::kCanada || cue == Cue::kAustralia || cue == Cue::kJapan ||
           cue == Cue::kRussia || cue == Cue::kFood || cue == Cue::kProprietary;
}

bool inside(const CueMatch& small, const CueMatch& big) {
    return big.first <= small.first && small.last <= big.last && big.last - big.first > small.last - small.first;
}

}  // namespace

std::vector<CueMatch> find_cues(const std::vector<Token>& tokens) {
    return find_cues(tokens, atoms_of(tokens));
}

std::vector<CueMatch> find_cues(const std::vector<Token>& tokens, const std::vector<Atom>& atoms) {
    std::vector<CueMatch> all;
    for (std::size_t at = 0; at < atoms.size(); ++at) {
        match_phrases(tables().cues, atoms, at, tokens, [&](const Phrase& phrase, std::size_t length) {
            for (const Meaning& meaning : phrase.meanings)
                all.push_back({atoms[at].first, atoms[at + length - 1].last, static_cast<Cue>(meaning.index)});
            return true;
        });
    }
    constexpr std::size_t kLongest = 16;  // tokens of a phrase, full stops between the words included
    std::vector<CueMatch> kept;
    for (const CueMatch& match : all) {
        const auto hides = [&](const CueMatch& other) {
            return inside(match, other) &&
                   (other.cue == match.cue || (!tells_product(match.cue) && !tells_product(other.cue)));
        };
        const auto begins = [](const CueMatch& cue, std::size_t at) { return cue.first < at; };
        const auto from =
            std::lower_bound(all.begin(), all.end(), match.first - std::min(match.first, kLongest), begins);
        const auto to = std::lower_bound(from, all.end(), match.first + 1, begins);
        if (std::none_of(from, to, hides)) kept.push_back(match);
    }
    return kept;
}

std::optional<std::string> dosage_unit(std::string_view normalised_word) {
    const Tables& t = tables();
    if (const std::string* known = t.units.find(normalised_word)) return *known;
    if (t.words.exact(normalised_word)) return std::nullopt;
    const auto hit = resolve_again(normalised_word);
    if (!hit) return std::nullopt;
    const std::string* repaired = t.units.find(t.words.text(hit->word));
    return repaired == nullptr ? std::nullopt : std::optional<std::string>(*repaired);
}

std::optional<double> number_word(std::string_view normalised_word) {
    const double* known = tables().numbers.find(normalised_word);
    return known == nullptr ? std::nullopt : std::optional<double>(*known);
}

std::string lexicon_version() {
    return tables().version;
}

}  // namespace magscan::parser
