#include "parser/lexicon_tables.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <nlohmann/json.hpp>

#include "magscan_parser_data.h"

namespace magscan::parser {
namespace {

using nlohmann::json;

// Languages that write a salt and its metal as one word. English too: the recogniser loses spaces.
constexpr std::array<std::string_view, 6> kFusing = {"de", "nl", "sv", "da", "no", "en"};

bool fuses(std::string_view language) {
    return std::find(kFusing.begin(), kFusing.end(), language) != kFusing.end();
}

// Languages whose words are looked for in misread print; the others lie too close to words of these.
bool repairs(std::string_view language) {
    return language != "la" && language != "cs" && language != "ro";
}

class Builder {
  public:
    Tables build() {
        read_confusions();
        read_nutrients();
        read_salts();
        read_trade_names();
        read_cues();
        read_units();
        read_fillers();
        fuse_magnesium();
        t_.words.finish();
        t_.substances.finish();
        t_.cues.finish();
        t_.fusable.resize(t_.words.size());
        return std::move(t_);
    }

  private:
    int sense(const std::string& name) { return senses_.emplace(name, static_cast<int>(senses_.size())).first->second; }

    // The words of a phrase, added to the vocabulary; a phrase of one word carries the sense.
    std::vector<int> words_of(const std::string& phrase, const std::string& sense_name, bool repairable = true) {
        const std::vector<Token> tokens = tokenise(phrase);
        std::vector<int> ids;
        for (const Token& token : tokens)
            ids.push_back(t_.words.add(token.text, tokens.size() == 1 ? sense(sense_name) : -1, repairable));
        return ids;
    }

    void mark_fusable(int word) {
        const auto index = static_cast<std::size_t>(word);
        if (t_.fusable.size() <= index) t_.fusable.resize(index + 1);
        t_.fusable[index] = true;
    }

    // Lets the words of a table {language: [phrases]} that are one word each be repaired of two known confusions.
    void allow_two(const json& languages) {
        for (const auto& [language, phrases] : languages.items()) {
            for (const auto& phrase : phrases) {
                if (const auto word = t_.words.exact(normalise(phrase.get<std::string>()))) t_.words.allow_two(*word);
            }
        }
    }

    // Adds every phrase of a table {language: [phrases]}.
    void add_words(const json& languages, Meaning meaning, const std::string& sense_name, bool may_fuse) {
        for (const auto& [language, phrases] : languages.items()) {
            for (const auto& phrase : phrases) {
                const std::vector<int> ids = words_of(phrase.get<std::string>(), sense_name, repairs(language));
                if (ids.empty()) continue;
                t_.substances.add(ids, meaning);
                if (may_fuse && ids.size() == 1 && fuses(language)) mark_fusable(ids.front());
            }
        }
    }

    void read_confusions() {
        std::vector<Confusion> pairs;
        const json file = json::parse(data::ocr_confusions);
        for (const auto& row : file.at("confusions"))
            pairs.push_back({row.at("printed").get<std::string>(), row.at("read").get<std::string>(),
                             row.at("cost").get<double>()});
        t_.words.set_confusions(pairs);
    }

    void read_nutrients() {
        const json file = json::parse(data::nutrients);
        for (const auto& row : file.at("nutrients")) {
            const auto index = static_cast<int>(t_.nutrients.size());
            Nutrient nutrient;
            nutrient.id = row.at("id").get<std::string>();
            nutrient.mineral = row.value("mineral", false);
            nutrient.food = row.value("food", false);
            nutrient.most_mg = row.value("most_mg", 0.0);
            add_words(row.at("words"), {Kind::kNutrient, index}, nutrient.id, nutrient.mineral);
            add_words(row.value("postposed", json::object()), {Kind::kNutrient, index}, nutrient.id, false);
            add_words(row.value("postposed", json::object()), {Kind::kPostposed, index}, nutrient.id, false);
            add_prefixed(row, index, nutrient.id);
            if (row.value("misread_twice", false)) allow_two(row.at("words"));
            for (const auto& key : {"symbol", "abbreviation"}) {
                if (row.contains(key))
                    t_.substances.add(words_of(row.at(key).get<std::string>(), nutrient.id), {Kind::kSymbol, index});
            }
            t_.nutrients.push_back(std::move(nutrient));
        }
        for (const auto& word : file.at("near_misses"))
            t_.substances.add(words_of(word.get<std::string>(), "near-miss " + word.get<std::string>(), false),
                              {Kind::kNearMiss, 0});
    }

    // "dicalcium", "trisodium": the same nutrient.
    void add_prefixed(const json& row, int index, const std::string& id) {
        const json prefixes = row.value("prefixes", json::array());
        for (const auto& prefix : prefixes) {
            for (const auto& [language, phrases] : row.at("words").items()) {
                for (const auto& phrase : phrases) {
                    const std::string word = prefix.get<std::string>() + normalise(phrase.get<std::string>());
                    const std::vector<int> ids = words_of(word, id);
                    if (ids.size() != 1) continue;
                    t_.substances.add(ids, {Kind::kNutrient, index});
                    if (fuses(language)) mark_fusable(ids.front());
                }
            }
        }
    }

    Salt salt_of(const json& row) {
        Salt salt;
        salt.id = row.at("id").get<std::string>();
        salt.family = row.at("family").get<std::string>();
        salt.compound = row.at("compound").get<std::string>();
        salt.excipient = row.value("excipient", false);
        salt.needs_magnesium = row.value("needs_magnesium", false);
        salt.weak = row.value("weak", false);
        const json with = row.value("with", json::object());
        for (const auto& [modifiers, compound] : with.items()) {
            std::vector<std::string> all;
            for (std::size_t at = 0; at <= modifiers.size();) {
                const std::size_t end = std::min(modifiers.find('+', at), modifiers.size());
                all.push_back(modifiers.substr(at, end - at));
                at = end + 1;
            }
            salt.with.emplace_back(std::move(all), compound.get<std::string>());
        }
        std::stable_sort(salt.with.begin(), salt.with.end(),
                         [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
        return salt;
    }

    void read_salts() {
        const json file = json::parse(data::salts);
        t_.version = file.at("version").get<std::string>();
        for (const auto& row : file.at("salts")) {
            const auto index = static_cast<int>(t_.salts.size());
            Salt salt = salt_of(row);
            if (salt.id == "chelate") t_.chelate = index;
            if (salt.id == "amino-acid-chelate") t_.amino_acid_chelate = index;
            add_words(row.at("words"), {Kind::kSalt, index}, "salt " + salt.id, true);
            if (row.value("misread_twice", false)) allow_two(row.at("words"));
            t_.salts.push_back(std::move(salt));
        }
        for (const auto& row : file.at("modifiers")) {
            const auto index = static_cast<int>(t_.modifiers.size());
            Modifier modifier{row.at("id").get<std::string>(), row.value("chelated", false)};
            add_words(row.at("words"), {Kind::kModifier, index}, "modifier " + modifier.id, true);
            t_.modifiers.push_back(std::move(modifier));
        }
        for (const auto& row : file.at("acids")) {
            const auto id = row.at("salt").get<std::string>();
            const auto salt = std::find_if(t_.salts.begin(), t_.salts.end(), [&](const Salt& s) { return s.id == id; });
            const auto index = static_cast<int>(salt - t_.salts.begin());
            add_words(row.at("words"), {Kind::kAcid, index}, "acid " + id, true);
            if (row.contains("adjectives"))
                add_words(row.at("adjectives"), {Kind::kLigand, index}, "ligand " + id, true);
        }
        add_words(file.at("salt_words"), {Kind::kSaltWord, 0}, "salt word", true);
        for (const auto& word : file.at("connectors").at("of"))
            t_.substances.add(words_of(word.get<std::string>(), "of"), {Kind::kOf, 0});
        for (const auto& word : file.at("connectors").at("and"))
            t_.substances.add(words_of(word.get<std::string>(), "and"), {Kind::kAnd, 0});
    }

    void read_trade_names() {
        const json file = json::parse(data::trade_names);
        for (const auto& row : file.at("names")) {
            const auto index = static_cast<int>(t_.trade_names.size());
            TradeName name;
            name.family = row.at("family").get<std::string>();
            name.compound = row.at("compound").get<std::string>();
            name.names_magnesium = row.at("names_magnesium").get<bool>();
            name.excipient = row.value("excipient", false);
            name.yields_to_salt = row.value("yields_to_salt", false);
            if (row.contains("also"))
                name.also = {row.at("also").at("family").get<std::string>(),
                             row.at("also").at("compound").get<std::string>()};
            for (const auto& phrase : row.at("phrases"))
                t_.substances.add(words_of(phrase.get<std::string>(), "trade " + std::to_string(index)),
                                  {Kind::kTrade, index});
            t_.trade_names.push_back(std::move(name));
        }
    }

    void read_cues() {
        static const std::map<std::string, Cue> names = {{"elemental", Cue::kElemental},
                                                         {"of_which", Cue::kOfWhich},
                                                         {"source", Cue::kSource},
                                                         {"daily_value", Cue::kDailyValue},
                                                         {"serving_size", Cue::kServingSize},
                                                         {"servings_per_container", Cue::kServingsPerContainer},
                                                         {"per_serving", Cue::kPerServing},
                                                         {"per_day", Cue::kPerDay},
                                                         {"per_100g", Cue::kPer100g},
                                                         {"per_100ml", Cue::kPer100ml},
                                                         {"adults", Cue::kAdults},
                                                         {"children", Cue::kChildren},
                                                         {"excipients", Cue::kExcipients},
                                                         {"ingredients", Cue::kIngredients},
                                                         {"facts_panel", Cue::kFactsPanel},
                                                         {"drug_facts", Cue::kDrugFacts},
                                                         {"no_daily_value", Cue::kNoDailyValue},
                                                         {"directions", Cue::kDirections},
                                                         {"free_from", Cue::kFreeFrom},
                                                         {"total", Cue::kTotal},
                                                         {"blend", Cue::kBlend},
                                                         {"proprietary_blend", Cue::kProprietary},
                                                         {"buffered", Cue::kBuffered},
                                                         {"food", Cue::kFood},
                                                         {"us", Cue::kUs},
                                                         {"eu", Cue::kEu},
                                                         {"canada", Cue::kCanada},
                                                         {"australia", Cue::kAustralia},
                                                         {"japan", Cue::kJapan},
                                                         {"russia", Cue::kRussia}};
        constexpr std::size_t kLongHeading = 9;  // letters of "directions", "Verzehrempfehlung"
        // Headings; the small words of sentences lie too close to others.
        static const std::set<std::string> kRepaired = {
            "elemental",  "daily_value", "serving_size", "servings_per_container", "per_serving",
            "excipients", "ingredients", "facts_panel",  "no_daily_value",         "us",
            "eu"};
        const json file = json::parse(data::cues);
        for (const auto& row : file.at("cues")) {
            const auto name = row.at("cue").get<std::string>();
            const auto cue = static_cast<int>(names.at(name));
            for (const auto& phrase : row.at("phrases")) {
                const auto text = phrase.get<std::string>();
                const bool heading = name == "directions" && text.size() >= kLongHeading;
                t_.cues.add(words_of(text, "cue " + name, heading || kRepaired.count(name) != 0), {Kind::kCue, cue});
            }
        }
    }

    void read_units() {
        const json file = json::parse(data::units);
        for (const auto& row : file.at("units")) {
            const auto unit = row.at("unit").get<std::string>();
            for (const auto& word : row.at("words")) {
                t_.units.add(normalise(word.get<std::string>()), unit);
                words_of(word.get<std::string>(), "unit " + unit);
            }
        }
        static const std::map<std::string, Quantity::Kind> kinds = {{"mass", Quantity::Kind::kMass},
                                                                    {"molar", Quantity::Kind::kMolar},
                                                                    {"percent", Quantity::Kind::kPercent},
                                                                    {"volume", Quantity::Kind::kVolume},
                                                                    {"other", Quantity::Kind::kOther}};
        for (const auto& row : file.at("measures")) {
            const Measure measure{kinds.at(row.at("kind").get<std::string>()), row.at("unit").get<std::string>(),
                                  row.at("factor").get<double>()};
            for (const auto& word : row.at("words")) t_.measures.add(normalise(word.get<std::string>()), measure);
        }
        for (const auto& row : file.at("range_words"))
            for (const auto& word : row.at("words")) t_.range_words.add(normalise(word.get<std::string>()), {});
        for (const auto& row : file.at("decimal_marks")) {
            const int weight = row.at("weight").get<int>() * (row.at("mark") == "," ? 1 : -1);
            for (const auto& word : row.at("words")) t_.comma_words.add(normalise(word.get<std::string>()), weight);
        }
        for (const auto& row : file.at("numbers"))
            for (const auto& word : row.at("words"))
                t_.numbers.add(normalise(word.get<std::string>()), row.at("value").get<double>());
    }

    void read_fillers() {
        const json file = json::parse(data::fillers);
        for (const auto& row : file.at("fillers")) {
            auto& words = row.at("role") == "of" ? t_.connectors : t_.qualities;
            for (const auto& word : row.at("words")) words.add(normalise(word.get<std::string>()), {});
        }
    }

    // "magnesiumcitrat", "dimagnesium": written out, so that they can be recognised when misread.
    void fuse_magnesium() {
        const json nutrients = json::parse(data::nutrients);
        const json words = nutrients.at("nutrients").at(0).at("words");
        const json salts = json::parse(data::salts);
        for (const auto& [language, phrases] : words.items()) {
            for (const auto& phrase : phrases) {
                const std::string magnesium = normalise(phrase.get<std::string>());
                const auto metal = t_.words.exact(magnesium);
                if (!metal) continue;
                for (const std::string prefix : {"di", "tri"}) {
                    const int word = t_.words.add(prefix + magnesium, sense("fused " + prefix + "magnesium"));
                    t_.parts[word] = {*t_.words.exact(prefix), *metal};
                    if (fuses(language)) mark_fusable(word);
                }
                if (!fuses(language)) continue;
                for (const auto& salt : salts.at("salts")) fuse_with(magnesium, *metal, salt, language);
            }
        }
    }

    void fuse_with(const std::string& magnesium, int metal, const json& salt, const std::string& language) {
        if (!salt.at("words").contains(language)) return;
        for (const auto& phrase : salt.at("words").at(language)) {
            const std::string anion = normalise(phrase.get<std::string>());
            const auto word = t_.words.exact(anion);
            if (!word) continue;  // a phrase of several words
            const int fused = t_.words.add(magnesium + anion, sense("fused " + salt.at("id").get<std::string>()));
            t_.parts[fused] = {metal, *word};
        }
    }

    Tables t_;
    std::map<std::string, int> senses_;
};

}  // namespace

void PhraseTable::add(std::vector<int> words, Meaning meaning) {
    if (words.empty()) return;
    const auto first = static_cast<std::size_t>(words.front());
    if (phrases_.size() <= first) phrases_.resize(first + 1);
    std::vector<Phrase>& list = phrases_[first];
    for (Phrase& phrase : list) {
        if (phrase.words != words) continue;
        const auto same = [&](const Meaning& m) { return m.kind == meaning.kind && m.index == meaning.index; };
        if (std::none_of(phrase.meanings.begin(), phrase.meanings.end(), same)) phrase.meanings.push_back(meaning);
        return;
    }
    list.push_back({std::move(words), {meaning}});
}

void PhraseTable::finish() {
    for (std::vector<Phrase>& list : phrases_)
        std::stable_sort(list.begin(), list.end(),
                         [](const Phrase& a, const Phrase& b) { return a.words.size() > b.words.size(); });
}

const std::vector<Phrase>* PhraseTable::starting_with(int word) const {
    if (word < 0 || static_cast<std::size_t>(word) >= phrases_.size()) return nullptr;
    const std::vector<Phrase>& list = phrases_[static_cast<std::size_t>(word)];
    return list.empty() ? nullptr : &list;
}

const Tables& tables() {
    static const Tables built = Builder().build();
    return built;
}

}  // namespace magscan::parser
