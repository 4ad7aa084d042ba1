#include "parser/lexicon.h"

#include <catch2/catch.hpp>

#include <string>

#include "tests/unit/lexicon_words.h"

using namespace magscan::parser;
using namespace magscan::test;

TEST_CASE("Misread words are repaired", "[lexicon]") {
    const std::vector<std::pair<std::string, std::string>> examples = {
        {"rnagnesium citrale", "citrate+"},
        {"Magnesiurn Bisg1ycinate", "bisglycinate+"},
        {"Magneslum oxlde", "oxide+"},
        {"Magnosium Malato", "malate+"},
        {"agnesium taurale", "taurate+"},
        {"maqnesium rnalate", "malate+"},
        {"Magnes1um Glyclnate", "bisglycinate+"},
        {"Magnesiumbisglyc1nat", "bisglycinate+"},
        {"Magnesiumcitral", "citrate+"},
        {"Magnesium L-lhreonate", "l-threonate+"},
        {"Magnesiu m Citrate", "citrate+"},
        {"Magnesium 0xide", "oxide+"},
        {"Magnesium Glycerophosphale", "glycerophosphate+"},
        {"Magnesitim Citrate", "citrate+"},
        {"Magfiesium Citrate", "citrate+"},
        {"Magnesium Bisalycinate", "bisglycinate+"},
        {"Magnesium Glucoriate", "gluconate+"},
        {"Magnesium Chelatecl Glycinate", "bisglycinate+"}};
    for (const auto& [text, expected] : examples) {
        INFO(text);
        CHECK(named(text) == Words{expected});
        for (const FormMatch& form : forms(text)) {
            CHECK(form.similarity > 0.7);
            CHECK(form.similarity < 1);
        }
    }
    CHECK(forms("Magnesium Citrate")[0].similarity == 1);
    const auto cut = find_minerals(tokenise("agnesium"));
    REQUIRE(cut.size() == 1);
    CHECK(cut[0].similarity < 1);
}

TEST_CASE("Repair never leads to another substance", "[lexicon]") {
    const std::vector<std::pair<std::string, std::string>> not_these = {
        {"nitrate", "citrate"},        {"maleate", "malate"},
        {"lysinate", "lactate"},       {"lactate", "lysinate-glycinate"},
        {"tartrate", "taurate"},       {"bitartrate", "taurate"},
        {"aspartate", "orotate"},      {"orotate", "aspartate"},
        {"aspartame", "aspartate"},    {"dioxide", "oxide"},
        {"peroxide", "hydroxide"},     {"citron", "citrate"},
        {"glutamate", "gluconate"},    {"glutamine", "bisglycinate"},
        {"glycerine", "bisglycinate"}, {"acetyl", "acetyl-taurate"},
        {"succinct", "succinate"},     {"chlorate", "chloride"},
        {"sulfite", "sulfate"},        {"nltrate", "citrate"},
        {"maieate", "malate"},         {"tarlrate", "taurate"},
        {"lysinale", "lactate"},       {"titrate", "citrate"},
        {"rnaleate", "malate"},        {"aspartame", "orotate"},
        {"nitrale", "citrate"},        {"gluconolactone", "gluconate"},
        {"glutarnate", "gluconate"},   {"carbamate", "carbonate"},
        {"sulfide", "sulfate"},        {"oleate", "malate"}};
    for (const auto& [word, family] : not_these) {
        INFO(word);
        for (const FormMatch& form : forms("magnesium " + word)) CHECK(form.family != family);
    }
    for (const char* word : {"Manganese", "Mangan", "manganèse", "manganeso", "manganês", "mangaan", "mangan",
                             "марганец", "Manganes", "Manqanese", "Mangane5e", "rnanganese", "Mangnese"}) {
        INFO(word);
        for (const MineralMatch& match : find_minerals(tokenise(word))) CHECK(match.mineral == Mineral::kOther);
    }
    for (const char* word : {"magnet", "magnetic", "magnolia", "magnify", "magnificent"}) {
        INFO(word);
        CHECK(minerals(word).empty());
    }
}

TEST_CASE("a likelier misreading leaves a word more like itself", "[lexicon]") {
    const auto similarity = [](const char* text) { return find_minerals(tokenise(text)).at(0).similarity; };
    CHECK(similarity("magnesiuin") > similarity("magnesiuk"));
}

TEST_CASE("a beginning that is cut off or spoilt is made good, where enough is left", "[lexicon]") {
    const auto is_magnesium = [](std::string_view text) {
        const auto found = find_minerals(tokenise(text));
        return found.size() == 1 && found.front().mineral == Mineral::kMagnesium && found.front().similarity < 1;
    };
    CHECK(is_magnesium("agnesium"));
    CHECK(is_magnesium("gnesium"));
    CHECK(is_magnesium("leegnesium"));
    CHECK_FALSE(is_magnesium("nesium"));
    CHECK_FALSE(is_magnesium("nganese"));
    CHECK(find_forms(tokenise("Magnesium lycinate")).front().family == "bisglycinate");
    CHECK(find_forms(tokenise("sorbate")).empty());
}
