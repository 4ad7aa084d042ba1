// Words that are repaired of two known misreadings, and a sweep over all words of other substances, misread.
#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "parser/lexicon.h"

using namespace magscan::parser;
using nlohmann::json;

namespace {

json read_json(const std::string& name) {
    std::ifstream file(std::string(MAGSCAN_SOURCE_DIR) + "/parser/data/" + name);
    return json::parse(file);
}

std::set<std::string> single_words(const json& languages) {
    std::set<std::string> found;
    for (const auto& [language, phrases] : languages.items()) {
        for (const auto& phrase : phrases) {
            const std::string word = normalise(phrase.get<std::string>());
            if (word.size() >= 6 && word.find(' ') == std::string::npos) found.insert(word);
        }
    }
    return found;
}

using Pairs = std::vector<std::pair<std::string, std::string>>;  // printed, read

Pairs known_confusions() {
    Pairs pairs;
    const json file = read_json("ocr_confusions.json");
    for (const auto& row : file.at("confusions")) pairs.emplace_back(row.at("printed"), row.at("read"));
    return pairs;
}

// Everything that one known misreading makes of a word.
std::set<std::string> misread(const std::string& word, const Pairs& pairs) {
    std::set<std::string> found;
    for (const auto& [printed, read] : pairs) {
        for (std::size_t at = word.find(printed); at != std::string::npos; at = word.find(printed, at + 1)) {
            found.insert(word.substr(0, at) + read + word.substr(at + printed.size()));
        }
    }
    return found;
}

bool is_magnesium(const std::string& text) {
    const auto found = find_minerals(tokenise(text));
    return std::any_of(found.begin(), found.end(),
                       [](const MineralMatch& match) { return match.mineral == Mineral::kMagnesium; });
}

bool is_glycinate(const std::string& text) {
    const auto found = find_forms(tokenise("magnesium " + text));
    return std::any_of(found.begin(), found.end(),
                       [](const FormMatch& match) { return match.family == "bisglycinate"; });
}

}  // namespace

TEST_CASE("Two known misreadings of magnesium's names and of glycinate are repaired", "[lexicon][repair]") {
    for (const char* word :
         {"WAGNESIUN", "Wagncsium", "Maonesiun", "MA6NESIUN", "Magnezyun", "Maonesio", "Wagnésiun"}) {
        INFO(word);
        CHECK(is_magnesium(word));
    }
    for (const char* word : {"Glvcinale", "Giycinale"}) {
        INFO(word);
        CHECK(is_glycinate(word));
    }
    // Two changes of which one is no known misreading; words that allow one only.
    for (const char* word : {"Wagnekium", "Kagnesiun"}) {
        INFO(word);
        CHECK_FALSE(is_magnesium(word));
    }
    CHECK(find_forms(tokenise("magnesium carbamate")).empty());
}

TEST_CASE("A spoilt beginning does not hinder the repair of letters that look alike", "[lexicon][repair]") {
    CHECK(is_magnesium("Hoqnesium"));
    CHECK(is_glycinate("Esgiycinate"));
}

TEST_CASE("Scraps at the rim of a label don't part a name of two words", "[lexicon][repair]") {
    const auto families = [](const std::string& text) {
        std::vector<std::string> found;
        for (const FormMatch& match : find_forms(tokenise(text))) found.push_back(match.family);
        return found;
    };
    using Names = std::vector<std::string>;
    CHECK(families("Magnesium\nAcetyl\n« Taurate") == Names{"acetyl-taurate"});
    CHECK(families("Magnesium\nAcetyl\n«a Taurate") == Names{"acetyl-taurate"});
    CHECK(families("Magnesium acetyl « a taurate") == Names{"taurate"});    // not where a row begins
    CHECK(families("Magnesium\nAcetyl\n(2) Taurate") == Names{"taurate"});  // nor grammar or figures
    CHECK(families("Magnesium\nAcetyl\nnew Taurate") == Names{"taurate"});  // nor words
}

TEST_CASE("Other substances' names, misread, are never magnesium or glycinate", "[lexicon][repair]") {
    const Pairs pairs = known_confusions();
    const json nutrients = read_json("nutrients.json"), salts = read_json("salts.json");
    std::set<std::string> not_magnesium, not_glycinate;
    for (const auto& row : nutrients.at("nutrients")) {
        if (row.at("id") != "magnesium") not_magnesium.merge(single_words(row.at("words")));
    }
    for (const auto& word : nutrients.at("near_misses")) not_magnesium.insert(normalise(word.get<std::string>()));
    for (const auto& row : salts.at("salts")) {
        // What holds the word glycinate itself may come out as it.
        const std::string family = row.at("family");
        if (family.find("glycinate") == std::string::npos) not_glycinate.merge(single_words(row.at("words")));
    }
    not_glycinate.insert(not_magnesium.begin(), not_magnesium.end());
    for (const std::string& word : not_glycinate) {
        for (const std::string& read : misread(word, pairs)) {
            INFO(word << " read as " << read);
            CHECK(is_magnesium(read) == is_magnesium(word));
            CHECK_FALSE(is_glycinate(read));
        }
    }
    // Manganese is one letter's width away: two misreadings of it neither.
    for (const auto& row : nutrients.at("nutrients")) {
        if (row.at("id") != "manganese") continue;
        for (const std::string& word : single_words(row.at("words"))) {
            for (const std::string& once : misread(word, pairs)) {
                for (const std::string& twice : misread(once, pairs)) {
                    INFO(word << " read as " << twice);
                    CHECK_FALSE(is_magnesium(twice));
                }
            }
        }
    }
}

TEST_CASE("Words of European languages tell the market, words that look like them don't", "[lexicon][repair]") {
    const auto european = [](const std::string& text) {
        const auto found = find_cues(tokenise(text));
        return std::any_of(found.begin(), found.end(), [](const CueMatch& match) { return match.cue == Cue::kEu; });
    };
    for (const char* text : {"60 Kapseln", "hochdosiert", "120 Filmtabletten", "30 compresse", "60 kapsułek"}) {
        INFO(text);
        CHECK(european(text));
    }
    for (const char* text :
         {"60 capsules", "120 tablets", "compressed", "compress", "cápsulas", "comprimés", "tablette", "tablettes",
          "tabletas", "gélules", "kapsel", "caplets", "tabletop", "compressor"}) {
        INFO(text);
        CHECK_FALSE(european(text));
    }
}
