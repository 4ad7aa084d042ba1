// The words of labels: minerals, anions, trade names, units, cue phrases, in the languages of parser/data/*.json, and
// matching them in text as printed or as misread by a text recogniser. Loaded once; safe to read from any number of
// threads.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace magscan::parser {

// One word of a text in the form that matching uses.
struct Token {
    std::string
        text;  // normalised: lower case, without marks; digits, brackets and punctuation are tokens of their own
    std::size_t begin = 0;  // byte range in the original text
    std::size_t end = 0;
    bool element_case = false;  // two letters printed as the symbol of an element is: "Mg", not "mg" or "MG"
    bool line_begin = false;    // the first token of a line of the text
};

// Lower case, NFKD without combining marks, ligatures and Polish/Nordic/Turkish letters folded, (R) and TM dropped,
// hyphens and slashes to spaces, white space collapsed. normalise(normalise(x)) == normalise(x).
std::string normalise(std::string_view text);

// Splits a text into tokens: words (letters, with inner apostrophes dropped), numbers ("2,000", "81.9", "1/2" as
// printed) and single punctuation marks ( ) [ ] { } , ; : % * † ‡ – = + & | < > ~ / . A unit glued to a number
// ("400mg") is split off. Byte ranges point into `text`.
std::vector<Token> tokenise(std::string_view text);

// One word of the vocabulary in a text. A fused word gives several atoms with the same tokens.
struct Atom {
    int word = -1;          // -1: not in the vocabulary
    std::size_t first = 0;  // token range [first, last)
    std::size_t last = 0;
    double similarity = 1;
};

// The known words of a text, as printed or as misread. Finding them is most of the work of what follows, so callers
// that ask for several things find them once.
std::vector<Atom> atoms_of(const std::vector<Token>& tokens);

// A form named in a run of tokens.
struct FormMatch {
    std::size_t first = 0;  // token range [first, last)
    std::size_t last = 0;
    std::string family;
    std::string compound;
    bool names_magnesium = false;  // the match holds a word for magnesium (magnesium citrate, magnesiumcitrat,
                                   // Magtein), so it stands alone; otherwise it is a bare anion ("citrate") that counts
                                   // only where the context is magnesium's
    bool excipient = false;        // stearate, talc, salts of fatty acids ...
    double similarity = 1;         // 1 exact; lower for repaired misreadings
};

// All forms in the tokens, left to right, longest match first, not overlapping. Bare anions are included. Fuzzy: one
// confusion of the recogniser in words of 6 letters or more, two from 10 on; never across to another substance
// (citrate/nitrate, malate/maleate, lactate/lysinate, taurate/tartrate, magnesium/manganese).
std::vector<FormMatch> find_forms(const std::vector<Token>& tokens);

enum class Mineral { kMagnesium, kOther };

struct MineralMatch {
    std::size_t first = 0;
    std::size_t last = 0;
    Mineral mineral =
        Mineral::kMagnesium;  // kOther: calcium, zinc, manganese, vitamin C, taurine ... any other nutrient
    double similarity = 1;
    double most_mg = 0;              // of another nutrient: the most that a serving holds; 0 where it is not known
    std::string_view nutrient = {};  // its id in nutrients.json; empty for a trade name. Lives as long as the program
};

// All words for nutrients in the tokens, magnesium among them (Magnesium, Magnesio, Magnésium, Magnez, Magnezyum,
// магний, Μαγνήσιο, "Mg" where it is not a unit).
std::vector<MineralMatch> find_minerals(const std::vector<Token>& tokens);

// Both of these, of tokens with their atoms.
struct Substances {
    std::vector<FormMatch> forms;
    std::vector<MineralMatch> minerals;
};
Substances find_substances(const std::vector<Token>& tokens, const std::vector<Atom>& atoms);

// The phrases that say what a number means.
enum class Cue {
    kElemental,    // elemental, elementares, élément ...
    kOfWhich,      // of which, davon, dont, providing, equivalent to ...
    kSource,       // as, from, als, aus, sous forme de ...
    kDailyValue,   // % Daily Value, %DV, % NRV ...
    kServingSize,  // serving size, portion ...
    kServingsPerContainer,
    kPerServing,  // per serving, pro Portion, amount per serving
    kPerDay,      // per daily dose, pro Tagesdosis, par jour
    kPer100g,
    kPer100ml,
    kAdults,  // adults, Erwachsene ...: heads a column or a dose
    kChildren,
    kExcipients,   // other ingredients, Trennmittel, antiklumpningsmiddel ...
    kIngredients,  // ingredients, Zutaten, ingrédients ...
    kFactsPanel,   // Supplement Facts, Nutrition Facts, Nährwertangaben ...
    kDrugFacts,
    kNoDailyValue,  // Daily Value not established
    kDirections,    // suggested use, directions, take, Verzehrempfehlung, prendre ...
    kFreeFrom,      // free from, contains no, ohne, sans, sin ...
    kTotal,
    kBlend,        // proprietary blend, complex
    kProprietary,  // proprietary blend: the parts are not told
    kBuffered,
    kFood,  // Nutrition Facts: conventional food
    kUs,
    kEu,
    kCanada,
    kAustralia,
    kJapan,
    kRussia,  // words that give the market away
};

struct CueMatch {
    std::size_t first = 0;
    std::size_t last = 0;
    Cue cue = Cue::kElemental;
};

std::vector<CueMatch> find_cues(const std::vector<Token>& tokens);
std::vector<CueMatch> find_cues(const std::vector<Token>& tokens, const std::vector<Atom>& atoms);

// "capsule" for capsules, vegcaps, Kapseln, gélule, cápsulas, kapsułki ...; nothing where the word is no dosage unit.
std::optional<std::string> dosage_unit(std::string_view normalised_word);

// Number words: "two", "zwei", "due" ... -> 2.
std::optional<double> number_word(std::string_view normalised_word);

// Version of the word lists, e.g. "2026-11".
std::string lexicon_version();

}  // namespace magscan::parser
