// By what the parser returns: every spelling of the lexicon leads to one compound, its row's.
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>

#include <nlohmann/json.hpp>

#include "calc/compounds.h"
#include "parser/lexicon.h"

using nlohmann::json;
using namespace magscan;

namespace {

json rows_of(const std::string& file, const std::string& list) {
    std::ifstream in(std::filesystem::path(MAGSCAN_SOURCE_DIR) / file);
    REQUIRE(in);
    return json::parse(in).at(list);
}

std::set<std::string> compounds_in(const std::string& text) {
    std::set<std::string> out;
    for (const parser::FormMatch& form : parser::find_forms(parser::tokenise(text))) out.insert(form.compound);
    return out;
}

}  // namespace

TEST_CASE("Every word for a salt leads to its compound alone", "[lexicon]") {
    for (const auto& salt : rows_of("parser/data/salts.json", "salts")) {
        const std::set<std::string> wanted = {salt.at("compound").get<std::string>()};
        for (const auto& [language, words] : salt.at("words").items()) {
            for (const auto& word : words) {
                INFO(language << ": " << word);
                CHECK(compounds_in("magnesium " + word.get<std::string>()) == wanted);
            }
        }
    }
}

TEST_CASE("Every trade name leads to its compound alone", "[lexicon]") {
    for (const auto& name : rows_of("parser/data/trade_names.json", "names")) {
        const std::set<std::string> wanted = {name.at("compound").get<std::string>()};
        const bool alone = name.at("names_magnesium").get<bool>() || name.value("excipient", false);
        for (const auto& phrase : name.at("phrases")) {
            INFO(phrase);
            CHECK(compounds_in((alone ? "" : "magnesium ") + phrase.get<std::string>()) == wanted);
        }
    }
}

TEST_CASE("What a further word makes of a salt is a compound of its own, of the same family", "[lexicon]") {
    std::map<std::string, std::string> modifiers;  // id -> a word for it
    for (const auto& modifier : rows_of("parser/data/salts.json", "modifiers"))
        modifiers[modifier.at("id")] = modifier.at("words").at("en").at(0);
    std::size_t checked = 0;
    for (const auto& salt : rows_of("parser/data/salts.json", "salts")) {
        const json with = salt.value("with", json::object());
        for (const auto& [needed, compound] : with.items()) {
            if (modifiers.count(needed) == 0) continue;  // two words, a metal, a count
            const std::string text =
                "magnesium " + salt.at("words").at("en").at(0).get<std::string>() + " " + modifiers.at(needed);
            INFO(text);
            CHECK(compounds_in(text) == std::set<std::string>{compound.get<std::string>()});
            ++checked;
        }
    }
    CHECK(checked >= 30);
}

TEST_CASE("A salt whose water the label does not state is not taken for one hydrate", "[lexicon]") {
    CHECK(compounds_in("magnesium glutamate") == std::set<std::string>{"glutamate-unspecified"});
    CHECK(compounds_in("magnesium glutamate tetrahydrate") == std::set<std::string>{"glutamate-tetrahydrate"});
    CHECK(compounds_in("magnesium hydrogen phosphate") == std::set<std::string>{"phosphate-dibasic-unspecified"});
    CHECK(compounds_in("magnesium phosphate dibasic") == std::set<std::string>{"phosphate-dibasic-unspecified"});
    CHECK(compounds_in("dibasic magnesium phosphate trihydrate") ==
          std::set<std::string>{"phosphate-dibasic-trihydrate"});
    CHECK(compounds_in("dibasic magnesium phosphate anhydrous") == std::set<std::string>{"phosphate-dibasic"});
    CHECK(compounds_in("magnesium nitrate") == std::set<std::string>{"nitrate-unspecified"});
    CHECK(compounds_in("magnesium nitrate anhydrous") == std::set<std::string>{"nitrate"});
    // Of all that the lexicon can return, none is one hydrate of several where a broader row covers it, unless the
    // name itself says which.
    std::set<std::string> returned;
    for (const auto& salt : rows_of("parser/data/salts.json", "salts")) returned.insert(salt.at("compound"));
    for (const calc::Compound& broad : calc::compounds()) {
        for (const std::string& id : broad.covers) {
            const bool says_so = id == "citrate-tri" || id == "citrate-mono" || id == "bisglycinate" ||
                                 id == "dimagnesium-malate" || id == "carbonate-basic";
            INFO(broad.id << " covers " << id);
            CHECK((says_so || returned.count(id) == 0));
        }
    }
}
