// The word lists of parser/data as tables: what a word or a phrase can mean. Built once from the embedded data.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "parser/lexicon.h"
#include "parser/lexicon_vocabulary.h"
#include "parser/quantity.h"
#include "parser/word_map.h"

namespace magscan::parser {

enum class Kind {
    kNutrient,   // index into nutrients; 0 is magnesium
    kPostposed,  // the same index: a genitive or adjective, which may stand behind the salt it belongs to
    kSymbol,     // "Mg", "Ca", "Mag": a nutrient only beside a salt
    kSalt,       // index into salts
    kModifier,   // index into modifiers
    kAcid,       // index into salts: the salt that the acid makes
    kLigand,     // the same: the acid's adjective, "citric", which names the salt only in a list of salts
    kSaltWord,   // "salts of"
    kOf,
    kAnd,
    kTrade,     // index into trade_names
    kCue,       // a Cue
    kNearMiss,  // known to be nothing of the above
};

struct Meaning {
    Kind kind = Kind::kNearMiss;
    int index = 0;
};

struct Salt {
    std::string id;
    std::string family;
    std::string compound;
    std::vector<std::pair<std::vector<std::string>, std::string>> with;  // modifiers -> compound, most modifiers first
    bool excipient = false;
    bool needs_magnesium = false;  // means something only beside the word magnesium
    bool weak = false;             // "chelate": gives way to any other salt beside it
};

struct Modifier {
    std::string id;
    bool chelated = false;  // makes "chelated magnesium" a form of its own
};

struct Nutrient {
    std::string id;
    bool mineral = false;  // forms salts
    bool food = false;     // energy, protein ...: never the partner of a salt
    double most_mg = 0;    // the most that a serving of a supplement holds; 0 where it is not known
};

struct TradeName {
    std::string family;
    std::string compound;
    bool names_magnesium = false;
    bool excipient = false;
    bool yields_to_salt = false;                              // "ionic magnesium" says nothing more before "chloride"
    std::optional<std::pair<std::string, std::string>> also;  // a second family and compound
};

struct Phrase {
    std::vector<int> words;
    std::vector<Meaning> meanings;
};

class PhraseTable {
  public:
    void add(std::vector<int> words, Meaning meaning);
    // Longest first; to be called after the last add().
    void finish();
    const std::vector<Phrase>* starting_with(int word) const;

  private:
    std::vector<std::vector<Phrase>> phrases_;  // by their first word
};

// A unit of measure.
struct Measure {
    Quantity::Kind kind = Quantity::Kind::kOther;
    std::string unit;
    double factor = 1;  // to mg, of magnesium for molar units, to ml or to percent
};

struct Tables {
    Vocabulary words;
    PhraseTable substances;  // nutrients, salts, trade names and what belongs to them
    PhraseTable cues;
    std::unordered_map<int, std::vector<int>> parts;  // fused words: "magnesiumcitrat" -> magnesium, citrat
    std::vector<bool> fusable;                        // by word: may be part of a fused word
    std::vector<Salt> salts;
    std::vector<Modifier> modifiers;
    std::vector<Nutrient> nutrients;
    std::vector<TradeName> trade_names;
    WordMap<std::string> units;
    WordMap<Measure> measures;
    WordMap<double> numbers;
    WordSet connectors;        // "of", "de": tie an amount to the name behind it
    WordSet qualities;         // "pure", "total": between an amount and its name
    WordSet range_words;       // "to", "bis": between the ends of a range
    WordMap<int> comma_words;  // how much a word speaks for a decimal comma; below 0 against
    std::string version;
    int chelate = -1;  // index of the salts "chelate" and "amino-acid-chelate"
    int amino_acid_chelate = -1;
};

constexpr int kMagnesiumIndex = 0;

const Tables& tables();

}  // namespace magscan::parser
