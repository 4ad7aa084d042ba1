#include "parser/lexicon.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <thread>
#include <vector>

#include "tests/unit/lexicon_words.h"

using namespace magscan::parser;
using namespace magscan::test;

TEST_CASE("Nutrients", "[lexicon]") {
    CHECK(minerals("Calcium, Magnesium, Zinc") == Words{"calcium", "Mg", "zinc"});
    CHECK(minerals("Vitamin B6, Vitamina C, Vitamine D3") == Words{"vitamin b6", "vitamina c", "vitamine d3"});
    CHECK(minerals("Magnez, Magnezyum, магний, Μαγνήσιο, マグネシウム") == Words{"Mg", "Mg", "Mg", "Mg", "Mg"});
    CHECK(minerals("Eisen Kupfer Jod Selen") == Words{"eisen", "kupfer", "jod", "selen"});
    CHECK(minerals("hierro, żelazo, jern, demir") == Words{"hierro", "zelazo", "jern", "demir"});
    CHECK(minerals("L-Theanine Ashwagandha Melatonina") == Words{"l theanine", "ashwagandha", "melatonina"});
    CHECK(minerals("Folic Acid, Taurine") == Words{"folic acid", "taurine"});
    CHECK(minerals("magnesiumcitrat") == Words{"Mg"});
    CHECK(minerals("Magtein").empty());
    CHECK(minerals("marine magnesium") == Words{"Mg"});
    CHECK(minerals("water, glycerin, gelatin").empty());
}

TEST_CASE("Cues", "[lexicon]") {
    CHECK(has_cue("400 mg elemental magnesium", Cue::kElemental));
    CHECK(has_cue("elementares Magnesium", Cue::kElemental));
    CHECK(has_cue("magnésium élément", Cue::kElemental));
    CHECK(has_cue("davon Magnesium", Cue::kOfWhich));
    CHECK(has_cue("w tym magnez", Cue::kOfWhich));
    CHECK(has_cue("в т.ч. магний", Cue::kOfWhich));
    CHECK(has_cue("Eq. to elemental", Cue::kOfWhich));
    CHECK(has_cue("sous forme de citrate", Cue::kSource));
    CHECK(has_cue("% Daily Value", Cue::kDailyValue));
    CHECK(has_cue("% BRD", Cue::kDailyValue));
    CHECK(has_cue("Serving Size: 2", Cue::kServingSize));
    CHECK(has_cue("Servings Per Container 30", Cue::kServingsPerContainer));
    CHECK(has_cue("Amount Per Serving", Cue::kPerServing));
    CHECK(has_cue("pro Tagesdosis", Cue::kPerDay));
    CHECK(has_cue("pour 100 g", Cue::kPer100g));
    CHECK(has_cue("per 100ml", Cue::kPer100ml));
    CHECK(has_cue("Trennmittel:", Cue::kExcipients));
    CHECK(has_cue("antiklumpningsmiddel", Cue::kExcipients));
    CHECK(has_cue("Składniki:", Cue::kIngredients));
    CHECK(has_cue("Supplement Facts", Cue::kFactsPanel));
    CHECK(has_cue("Drug Facts", Cue::kDrugFacts));
    CHECK(has_cue("** Daily Value not established", Cue::kNoDailyValue));
    CHECK(has_cue("Verzehrempfehlung", Cue::kDirections));
    CHECK(has_cue("Free-from: GMOs", Cue::kFreeFrom));
    CHECK(has_cue("Prive di stearato", Cue::kFreeFrom));
    CHECK(has_cue("Total magnesium", Cue::kTotal));
    CHECK(has_cue("Proprietary Blend", Cue::kBlend));
    CHECK(has_cue("tamponné", Cue::kBuffered));
    CHECK(has_cue("Supplement Facts", Cue::kUs));
    CHECK(has_cue("Nahrungsergänzungsmittel", Cue::kEu));
    CHECK(has_cue("NPN 80012345", Cue::kCanada));
    CHECK(has_cue("AUST L 123456", Cue::kAustralia));
    CHECK_FALSE(has_cue("Magnesium 200 mg", Cue::kElemental));
}

TEST_CASE("A longer cue hides the shorter one inside it", "[lexicon]") {
    CHECK_FALSE(has_cue("Other ingredients", Cue::kIngredients));
    CHECK_FALSE(has_cue("Daily Value not established", Cue::kDailyValue));
    CHECK_FALSE(has_cue("Contenido: 60", Cue::kOfWhich));
    CHECK(has_cue("Supplernent Facts", Cue::kFactsPanel));
}

TEST_CASE("Dosage units", "[lexicon]") {
    const std::vector<std::pair<std::string, std::string>> examples = {{"capsules", "capsule"},
                                                                       {"vegcaps", "capsule"},
                                                                       {"kapseln", "capsule"},
                                                                       {"gelule", "capsule"},
                                                                       {"capsulas", "capsule"},
                                                                       {"kapsulki", "capsule"},
                                                                       {"капсулы", "capsule"},
                                                                       {"tabletten", "tablet"},
                                                                       {"compresse", "tablet"},
                                                                       {"comprimes", "tablet"},
                                                                       {"gummies", "gummy"},
                                                                       {"softgels", "softgel"},
                                                                       {"scoop", "scoop"},
                                                                       {"messloffel", "scoop"},
                                                                       {"sachet", "sachet"},
                                                                       {"bustina", "sachet"},
                                                                       {"tsp", "teaspoon"},
                                                                       {"cucchiaini", "teaspoon"},
                                                                       {"tbsp", "tablespoon"},
                                                                       {"ml", "ml"},
                                                                       {"drops", "drop"},
                                                                       {"brausetabletten", "effervescent"},
                                                                       {"lozenges", "lozenge"},
                                                                       {"caplet", "caplet"},
                                                                       {"g", "g"}};
    for (const auto& [word, unit] : examples) {
        INFO(word);
        CHECK(dosage_unit(word) == unit);
    }
    for (const char* word : {"", "magnesium", "mg", "water", "comprise", "bathtub", "daily"}) {
        INFO(word);
        CHECK_FALSE(dosage_unit(word));
    }
    CHECK(dosage_unit("capsuies") == std::string("capsule"));
}

TEST_CASE("Number words", "[lexicon]") {
    CHECK(number_word("two") == 2.0);
    CHECK(number_word("vier") == 4.0);
    CHECK(number_word("due") == 2.0);
    CHECK(number_word("demi") == 0.5);
    CHECK(number_word("трех") == 3.0);
    for (const char* word : {"", "to", "on", "en", "a", "magnesium"}) CHECK_FALSE(number_word(word));
}

TEST_CASE("Hostile text ends quickly and without harm", "[lexicon]") {
    for (const std::string& text : {std::string(100000, 'm'), std::string(50000, '('),
                                    std::string("\xFF\xFE\x00\x80", 4), std::string(3000, '\xCC'), []() {
                                        std::string many;
                                        for (int i = 0; i < 5000; ++i) many += "di magnesium citrate de ";
                                        return many;
                                    }()}) {
        const auto tokens = tokenise(text);
        for (const FormMatch& form : find_forms(tokens)) REQUIRE(form.last <= tokens.size());
        for (const MineralMatch& mineral : find_minerals(tokens)) REQUIRE(mineral.last <= tokens.size());
        for (const CueMatch& cue : find_cues(tokens)) REQUIRE(cue.last <= tokens.size());
        CHECK(normalise(normalise(text)) == normalise(text));
    }
    CHECK(find_forms({}).empty());
    CHECK(find_minerals({}).empty());
    CHECK(find_cues({}).empty());
}

TEST_CASE("Threads find the same", "[lexicon]") {
    const std::string text = "rnagnesium citrale 200 mg, Magnesiumbisglyc1nat, Mangnese oxide";
    const Words expected = named(text);
    std::vector<Words> found(4);
    std::vector<std::thread> threads;
    for (Words& result : found) threads.emplace_back([&result, &text] { result = named(text); });
    for (std::thread& thread : threads) thread.join();
    for (const Words& result : found) CHECK(result == expected);
}
