// Which language a label is printed in, told from the words that were read with English data.
#pragma once

#include <optional>
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

}  // namespace magscan::ocr
