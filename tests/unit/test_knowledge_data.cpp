// The data files: every row has sources that exist, ids agree between the files, no spelling stands for two things.
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>

#include <nlohmann/json.hpp>

#include "calc/broad_names.h"
#include "calc/calibration.h"
#include "calc/compounds.h"
#include "calc/formula.h"
#include "calc/reference_values.h"
#include "calc/rules.h"
#include "calc/unit_capacity.h"
#include "parser/lexicon.h"

using nlohmann::json;
namespace calc = magscan::calc;
namespace parser = magscan::parser;

namespace {

const std::set<std::string> kFamilies = {"oxide",
                                         "hydroxide",
                                         "carbonate",
                                         "chloride",
                                         "sulfate",
                                         "citrate",
                                         "bisglycinate",
                                         "malate",
                                         "l-threonate",
                                         "lysinate-glycinate",
                                         "amino-acid-chelate",
                                         "taurate",
                                         "orotate",
                                         "acetyl-taurate",
                                         "aspartate",
                                         "lactate",
                                         "gluconate",
                                         "glycerophosphate",
                                         "pidolate",
                                         "ascorbate",
                                         "succinate",
                                         "phosphate",
                                         "bhb",
                                         "marine",
                                         "alpha-ketoglutarate",
                                         "other",
                                         "sucrosomial"};

json load(const std::string& name) {
    std::ifstream in(std::filesystem::path(MAGSCAN_SOURCE_DIR) / name);
    INFO(name);
    REQUIRE(in);
    return json::parse(in);
}

// The rows of a list in a file, by value: a loop may run over the result.
json rows_of(const std::string& file, const std::string& list) {
    return load(file).at(list);
}

std::vector<std::string> phrases_of(const json& languages) {
    std::vector<std::string> all;
    for (const auto& [language, phrases] : languages.items())
        for (const auto& phrase : phrases) all.push_back(phrase.get<std::string>());
    return all;
}

// Keys of every "sources" array in a file; rows without one are reported by the check of the row lists.
void collect_sources(const json& node, std::set<std::string>& keys) {
    if (node.is_object()) {
        for (const auto& [key, value] : node.items()) {
            if (key == "sources" && value.is_array() && !value.empty() && value[0].is_string()) {
                for (const auto& source : value) keys.insert(source.get<std::string>());
            } else {
                collect_sources(value, keys);
            }
        }
    } else if (node.is_array()) {
        for (const auto& value : node) collect_sources(value, keys);
    }
}

const std::map<std::string, std::vector<std::string>> kRowLists = {
    {"calc/data/compounds.json", {"compounds"}},
    {"calc/data/atomic_weights.json", {"atomic_weights"}},
    {"calc/data/rules.json", {"rules"}},
    {"calc/data/reference_values.json", {"reference_values"}},
    {"calc/data/limits.json", {"limits"}},
    {"calc/data/intakes.json", {"intakes"}},
    {"calc/data/unit_capacity.json", {"units"}},
    {"calc/data/broad_names.json", {"names"}},
    {"calc/data/calibration.json", {"knots"}},
    {"calc/data/warnings.json", {"warnings"}},
    {"calc/data/purposes.json", {"purposes"}},
    {"calc/data/suitability.json", {"forms", "cells"}},
    {"calc/data/studies.json", {"studies"}},
    {"calc/data/absorption.json", {"absorption"}},
    {"calc/data/cautions.json", {"cautions"}},
    {"calc/data/label_notes.json", {"notes"}},
    {"ocr/data/languages.json", {"languages", "other_scripts"}},
    {"parser/data/salts.json", {"salts", "modifiers", "acids"}},
    {"parser/data/trade_names.json", {"names"}},
    {"parser/data/nutrients.json", {"nutrients"}},
    {"parser/data/cues.json", {"cues"}},
    {"parser/data/units.json", {"units", "measures", "range_words", "decimal_marks", "numbers"}},
    {"parser/data/directions.json", {"words", "multiples"}},
    {"parser/data/fillers.json", {"fillers"}},
    {"parser/data/label_words.json", {"companions", "phrases", "context"}},
    {"parser/data/ocr_confusions.json", {"confusions"}},
};

}  // namespace

TEST_CASE("Every row names sources, and every source is described", "[knowledge]") {
    std::set<std::string> described;
    for (const auto& row : rows_of("calc/data/sources.json", "sources")) {
        INFO(row.dump());
        CHECK(described.insert(row.at("id").get<std::string>()).second);
        CHECK_FALSE(row.at("title").get<std::string>().empty());
        CHECK_FALSE(row.at("kind").get<std::string>().empty());
    }
    std::set<std::string> used;
    for (const auto& [file, lists] : kRowLists) {
        const json data = load(file);
        CHECK_FALSE(data.at("version").get<std::string>().empty());
        for (const auto& list : lists) {
            CHECK_FALSE(data.at(list).empty());
            for (const auto& row : data.at(list)) {
                INFO(file << ": " << row.dump().substr(0, 120));
                CHECK((row.contains("sources") && !row.at("sources").empty()));
            }
        }
    }
    for (const char* room : {"ocr/data", "parser/data", "calc/data"}) {
        for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(MAGSCAN_SOURCE_DIR) / room))
            if (entry.path().extension() == ".json" && entry.path().filename() != "sources.json")
                collect_sources(load(std::string(room) + "/" + entry.path().filename().string()), used);
    }
    for (const auto& source : used) {
        INFO(source);
        CHECK(described.count(source) == 1);
    }
    for (const auto& source : described) {
        INFO(source << " is described but used nowhere");
        CHECK(used.count(source) == 1);
    }
}

TEST_CASE("Families and compounds of the lexicon are those of the compound table", "[knowledge]") {
    for (const auto& compound : calc::compounds()) {
        INFO(compound.id);
        CHECK(kFamilies.count(compound.family) == 1);
    }
    const auto agrees = [](const std::string& family, const std::string& id, bool excipient) {
        const calc::Compound* compound = calc::find_compound(id);
        INFO(family << " " << id);
        REQUIRE(compound != nullptr);
        CHECK(kFamilies.count(family) == 1);
        CHECK((compound->definition == calc::Definition::kExcipient) == excipient);
        return compound->family == family;
    };
    for (const auto& salt : rows_of("parser/data/salts.json", "salts")) {
        INFO(salt.at("id").get<std::string>());
        const bool excipient = salt.value("excipient", false);
        CHECK(agrees(salt.at("family"), salt.at("compound"), excipient));
        const json with = salt.value("with", json::object());
        for (const auto& compound : with) CHECK(agrees(salt.at("family"), compound, excipient));
    }
    for (const auto& name : rows_of("parser/data/trade_names.json", "names")) {
        INFO(name.dump());
        const bool agree = agrees(name.at("family"), name.at("compound"), name.value("excipient", false));
        CHECK(agree);
    }
}

TEST_CASE("No spelling stands for two salts, two nutrients or two trade names", "[knowledge]") {
    const auto claim = [](std::map<std::string, std::string>& owners, const std::string& phrase,
                          const std::string& owner) {
        const auto [found, is_new] = owners.emplace(parser::normalise(phrase), owner);
        INFO(phrase << ": " << found->second << " and " << owner);
        CHECK((is_new || found->second == owner));
    };
    std::map<std::string, std::string> salts, nutrients, units, numbers;
    for (const auto& row : rows_of("parser/data/salts.json", "salts"))
        for (const auto& phrase : phrases_of(row.at("words"))) claim(salts, phrase, row.at("id"));
    for (const auto& row : rows_of("parser/data/trade_names.json", "names"))
        for (const auto& phrase : row.at("phrases"))
            claim(salts, phrase, row.at("family").get<std::string>() + row.at("compound").get<std::string>());
    for (const auto& row : rows_of("parser/data/nutrients.json", "nutrients")) {
        for (const auto& phrase : phrases_of(row.at("words"))) claim(nutrients, phrase, row.at("id"));
        const json postposed = row.value("postposed", json::object());
        for (const auto& phrase : phrases_of(postposed)) claim(nutrients, phrase, row.at("id"));
    }
    for (const auto& row : rows_of("parser/data/units.json", "units"))
        for (const auto& word : row.at("words")) claim(units, word, row.at("unit"));
    for (const auto& row : rows_of("parser/data/units.json", "numbers"))
        for (const auto& word : row.at("words")) claim(numbers, word, row.at("value").dump());
}

TEST_CASE("Magnesium is the first nutrient and manganese is another", "[knowledge]") {
    const json nutrients = rows_of("parser/data/nutrients.json", "nutrients");
    CHECK(nutrients.at(0).at("id") == "magnesium");
    for (const auto& phrase : phrases_of(nutrients.at(0).at("words"))) {
        const auto minerals = parser::find_minerals(parser::tokenise(phrase));
        INFO(phrase);
        REQUIRE(minerals.size() == 1);
        CHECK(minerals[0].mineral == parser::Mineral::kMagnesium);
    }
    for (const auto& row : nutrients) {
        if (row.at("id") != "manganese") continue;
        for (const auto& phrase : phrases_of(row.at("words"))) {
            const auto minerals = parser::find_minerals(parser::tokenise(phrase));
            INFO(phrase);
            REQUIRE(minerals.size() == 1);
            CHECK(minerals[0].mineral == parser::Mineral::kOther);
        }
    }
}

TEST_CASE("Every word for a salt is found beside magnesium", "[knowledge]") {
    for (const auto& salt : rows_of("parser/data/salts.json", "salts")) {
        for (const auto& phrase : phrases_of(salt.at("words"))) {
            const auto forms = parser::find_forms(parser::tokenise("magnesium " + phrase));
            INFO(phrase);
            REQUIRE_FALSE(forms.empty());
            CHECK(forms[0].family == salt.at("family"));
            CHECK(forms[0].names_magnesium);
        }
    }
}

TEST_CASE("Rules, reference values and capacities can be used", "[knowledge]") {
    std::set<std::string> ids;
    for (const auto& rule : calc::rules()) {
        INFO(rule.id);
        CHECK(ids.insert(rule.id).second);
        CHECK(calc::find_rule(rule.id) == &rule);
        CHECK(rule.confidence >= 0.5);
        CHECK(rule.confidence <= 1);
        CHECK_FALSE(rule.reason.empty());
        CHECK_FALSE(rule.citation.empty());
    }
    CHECK(calc::find_rule("US-1")->decision == "elemental");
    CHECK(calc::find_rule("US-4")->decision == "compound");
    CHECK(calc::find_rule("nonsense") == nullptr);

    CHECK(calc::find_reference_value("us-dv")->mg == 420);
    CHECK(calc::find_reference_value("us-dv-old")->mg == 400);
    CHECK(calc::find_reference_value("eu-nrv")->mg == 375);
    CHECK(calc::find_reference_value("nowhere") == nullptr);
    for (const auto& value : calc::reference_values()) {
        INFO(value.id);
        CHECK(value.mg >= 50);
        CHECK(value.mg <= 450);
        if (value.since && value.until) CHECK(*value.since <= *value.until);
    }

    for (const auto& unit : calc::unit_capacities()) {
        INFO(unit.unit << " " << unit.size);
        CHECK(unit.soft_g > 0);
        CHECK(unit.soft_g <= unit.hard_g);
        CHECK(calc::find_unit_capacity(unit.unit, unit.size) == &unit);
        // A unit that the lexicon never gives would never be asked for.
        if (unit.unit != "unknown") CHECK(parser::dosage_unit(unit.unit) == unit.unit);
    }
    CHECK(calc::find_unit_capacity("capsule")->hard_g == Approx(1.1));
    CHECK(calc::find_unit_capacity("capsule", "00")->hard_g == Approx(1.1));
    CHECK(calc::find_unit_capacity("capsule", "0")->hard_g < calc::find_unit_capacity("capsule", "000")->hard_g);
    CHECK(calc::find_unit_capacity("bathtub") == nullptr);
}

TEST_CASE("The map from score to probability rises within 0 and 1", "[knowledge]") {
    for (const auto& row : rows_of("calc/data/calibration.json", "knots")) {
        INFO(row.dump());
        CHECK((row.at("medium") == "photo" || row.at("medium") == "text"));
    }
    for (const calc::Medium medium : {calc::Medium::kPhoto, calc::Medium::kText}) {
        const calc::Calibration& map = calc::calibration(medium);
        REQUIRE_FALSE(map.knots.empty());
        CHECK(map.proved_from == 0.8);
        CHECK(map.unproved_most < 0.8);
        calc::Knot last;
        for (const calc::Knot& knot : map.knots) {
            CHECK(knot.score > last.score);
            CHECK(knot.score <= 1);
            CHECK(knot.probability >= last.probability);
            CHECK(knot.probability < 1);  // so many labels to be certain do not exist
            if (knot.score < map.proved_from) CHECK(knot.probability <= map.unproved_most);
            last = knot;
        }
    }
    const json made_on = load("calc/data/calibration.json").at("made_on");
    for (const char* medium : {"photo", "text"}) {
        CHECK(made_on.at(medium).at("labels") > 0);
        CHECK(made_on.at(medium).at("wrong") <= made_on.at(medium).at("figures"));
    }
}

TEST_CASE("Broad names and what they may stand for are families", "[knowledge]") {
    for (const auto& name : calc::broad_names()) {
        INFO(name.family);
        CHECK(kFamilies.count(name.family) == 1);
        CHECK_FALSE(name.why.empty());
        for (const auto& family : name.may_be) CHECK(kFamilies.count(family) == 1);
    }
    CHECK(calc::may_be_same("citrate", "citrate"));
    CHECK(calc::may_be_same("bisglycinate", "amino-acid-chelate"));
    CHECK(calc::may_be_same("other", "oxide"));
    CHECK_FALSE(calc::may_be_same("citrate", "oxide"));
    CHECK(calc::stands_for_any("other"));
    CHECK_FALSE(calc::stands_for_any("marine"));
}

TEST_CASE("Atomic weights are those of the elements", "[knowledge]") {
    for (const auto& row : rows_of("calc/data/atomic_weights.json", "atomic_weights")) {
        const auto symbol = row.at("element").get<std::string>();
        INFO(symbol);
        const auto composition = calc::parse_formula(symbol);
        REQUIRE(composition);
        CHECK(calc::molar_mass(*composition) == Approx(row.at("weight").get<double>()));
    }
}

TEST_CASE("Languages in other scripts have words of their own script, and words as English data misreads them",
          "[knowledge]") {
    const auto is_ascii = [](const std::string& word) {
        return std::all_of(word.begin(), word.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    };
    std::set<std::string> data;
    for (const auto& row : rows_of("ocr/data/languages.json", "languages")) data.insert(row.at("data"));
    for (const auto& row : rows_of("ocr/data/languages.json", "other_scripts")) {
        INFO(row.dump());
        CHECK(data.insert(row.at("data").get<std::string>()).second);
        CHECK_FALSE(row.at("language").get<std::string>().empty());
        CHECK_FALSE(row.at("script").get<std::string>().empty());
        CHECK(row.at("words").size() >= 20);
        CHECK(row.at("read_as").size() >= 10);
        for (const auto& word : row.at("words")) CHECK_FALSE(is_ascii(word.get<std::string>()));
        for (const auto& word : row.at("read_as")) {
            const auto text = word.get<std::string>();
            INFO(text);
            CHECK(std::all_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; }));
        }
    }
}
