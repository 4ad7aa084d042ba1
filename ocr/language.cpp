#include "ocr/language.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <string_view>
#include <unordered_map>

#include "magscan_ocr_data.h"

namespace magscan::ocr {
namespace {

constexpr std::size_t kLong = 4;  // letters from which a word tells as much as a word can
constexpr double kShortTells = 0.5;
constexpr double kEnough = 3;   // different words, a short one counting half
constexpr double kAhead = 1.1;  // times the words of the next language: languages share words

// U+00C0 to U+017F without their marks, a letter each; '*' where it is no letter.
constexpr std::string_view kWithoutMarks =
    "aaaaaaaceeeeiiiidnooooo*ouuuuypsaaaaaaaceeeeiiiidnooooo*ouuuuypy"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
    "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

// Lower case letters a to z without marks; all else is dropped.
std::string plain(std::string_view word) {
    std::string out;
    for (std::size_t i = 0; i < word.size(); ++i) {
        const auto byte = static_cast<unsigned char>(word[i]);
        if (byte >= 'A' && byte <= 'Z') {
            out += static_cast<char>(byte - 'A' + 'a');
        } else if (byte >= 'a' && byte <= 'z') {
            out += static_cast<char>(byte);
        } else if (byte >= 0xC3 && byte <= 0xC5 && i + 1 < word.size()) {
            const std::size_t code = (byte & 0x1FU) << 6U | (static_cast<unsigned char>(word[++i]) & 0x3FU);
            const char letter = kWithoutMarks[code - 0xC0];
            if (letter != '*') out += letter;
        }
    }
    return out;
}

struct Words {
    std::vector<Language> languages;  // English first
    std::unordered_map<std::string, std::set<std::size_t>> spoken_in;
};

const Words& words_by_language() {
    static const Words words = [] {
        Words out;
        const auto file = nlohmann::json::parse(data::languages);
        for (const auto& row : file.at("languages")) {
            for (const auto& word : row.at("words"))
                out.spoken_in[plain(word.get<std::string>())].insert(out.languages.size());
            out.languages.push_back({row.at("language"), row.at("data")});
        }
        return out;
    }();
    return words;
}

}  // namespace

std::optional<Language> language_of(const std::vector<std::string>& words) {
    std::set<std::string> different;
    for (const std::string& word : words) different.insert(plain(word));
    const Words& known = words_by_language();
    std::vector<double> told(known.languages.size());
    for (const std::string& word : different) {
        const auto found = known.spoken_in.find(word);
        if (found == known.spoken_in.end()) continue;
        for (const std::size_t language : found->second) told[language] += word.size() < kLong ? kShortTells : 1;
    }
    const auto best = std::max_element(told.begin(), told.end());
    if (best == told.begin() || *best < kEnough) return std::nullopt;
    for (auto other = told.begin(); other != told.end(); ++other)
        if (other != best && *best < kAhead * *other) return std::nullopt;
    return known.languages[static_cast<std::size_t>(best - told.begin())];
}

bool is_listed(const std::string& word) {
    return words_by_language().spoken_in.count(plain(word)) > 0;
}

const std::vector<ScriptLanguage>& languages_of_other_scripts() {
    static const std::vector<ScriptLanguage> languages = [] {
        std::vector<ScriptLanguage> out;
        const auto file = nlohmann::json::parse(data::languages);
        for (const auto& row : file.at("other_scripts"))
            out.push_back({{row.at("language"), row.at("data")}, row.at("words"), row.at("read_as")});
        return out;
    }();
    return languages;
}

std::size_t misread_words(const std::vector<std::string>& words, const ScriptLanguage& language) {
    std::set<std::string> different;
    for (const std::string& word : words)
        if (std::string letters = plain(word); language.read_as.count(letters) > 0)
            different.insert(std::move(letters));
    return different.size();
}

}  // namespace magscan::ocr
