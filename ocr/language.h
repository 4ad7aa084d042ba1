// Which language a label is printed in, told from the words that were read with English data.
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace magscan::ocr {

struct Language {
    std::string name;  // for people: "German"
    std::string data;  // Tesseract's: "deu", as in deu.traineddata
};

// The language of these words (UTF-8, as read); nothing where it is English, unknown, or not clear. The order of the
// words does not matter. Letters may have lost their marks ("fur" for "für").
std::optional<Language> language_of(const std::vector<std::string>& words);

// Whether a word belongs to one of the languages that language_of tells, English among them.
bool is_listed(const std::string& word);

// A language in another script than Latin, which English data reads as gibberish.
struct ScriptLanguage {
    Language language;
    std::set<std::string> words;    // as labels print them, UTF-8
    std::set<std::string> read_as;  // what English data makes of the commonest; lower case letters a to z
};

const std::vector<ScriptLanguage>& languages_of_other_scripts();

// How many different of these words English data makes of words of that language.
std::size_t misread_words(const std::vector<std::string>& words, const ScriptLanguage& language);

}  // namespace magscan::ocr
