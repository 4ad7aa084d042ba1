#include "parser/lexicon.h"

#include <catch2/catch.hpp>

#include <string>

#include "tests/unit/lexicon_words.h"

using namespace magscan::parser;
using namespace magscan::test;

TEST_CASE("Forms in English", "[lexicon]") {
    const std::vector<std::pair<std::string, std::string>> examples = {
        {"Magnesium Oxide", "oxide"},
        {"magnesium hydroxide", "hydroxide"},
        {"Magnesium Carbonate", "carbonate"},
        {"magnesium chloride", "chloride"},
        {"Magnesium Sulphate", "sulfate"},
        {"Magnesium Citrate", "citrate"},
        {"Magnesium Bisglycinate", "bisglycinate"},
        {"magnesium glycinate", "bisglycinate"},
        {"Magnesium Lysinate Glycinate", "lysinate-glycinate"},
        {"magnesium amino acid chelate", "amino-acid-chelate"},
        {"Magnesium Malate", "malate"},
        {"Magnesium L-Threonate", "l-threonate"},
        {"magnesium taurate", "taurate"},
        {"Magnesium taurinate", "taurate"},
        {"magnesium N-acetyl taurate", "acetyl-taurate"},
        {"Magnesium Orotate", "orotate"},
        {"magnesium aspartate", "aspartate"},
        {"magnesium lactate", "lactate"},
        {"magnesium gluconate", "gluconate"},
        {"magnesium glycerophosphate", "glycerophosphate"},
        {"magnesium pidolate", "pidolate"},
        {"magnesium ascorbate", "ascorbate"},
        {"magnesium disuccinate", "succinate"},
        {"magnesium hydrogenphosphate", "phosphate"},
        {"magnesium alpha-ketoglutarate", "alpha-ketoglutarate"},
        {"magnesium BHB", "bhb"},
        {"marine magnesium", "marine"},
        {"sucrosomial magnesium", "sucrosomial"},
        {"magnesium fumarate", "other"},
        {"liposomal magnesium", "other"}};
    for (const auto& [text, family] : examples) {
        INFO(text);
        CHECK(named(text) == Words{family + "+"});
    }
}

TEST_CASE("Forms in other languages", "[lexicon]") {
    const std::vector<std::pair<std::string, std::string>> examples = {{"Magnesiumcitrat", "citrate"},
                                                                       {"Magnesium-Bisglycinat", "bisglycinate"},
                                                                       {"Magnesiumoxid", "oxide"},
                                                                       {"Bisglycinate de magnésium", "bisglycinate"},
                                                                       {"oxyde de magnésium", "oxide"},
                                                                       {"Thréonate de magnésium", "l-threonate"},
                                                                       {"Citrato de magnesio", "citrate"},
                                                                       {"Magnesio bisglicinato", "bisglycinate"},
                                                                       {"citrato magnésico", "citrate"},
                                                                       {"ossido di magnesio", "oxide"},
                                                                       {"Magnesio citrato", "citrate"},
                                                                       {"lattato di magnesio", "lactate"},
                                                                       {"óxido de magnésio", "oxide"},
                                                                       {"cloreto de magnésio", "chloride"},
                                                                       {"Magnésio dimalato", "malate"},
                                                                       {"magnesiumcitraat", "citrate"},
                                                                       {"magnesium bisglycinaat", "bisglycinate"},
                                                                       {"magnesiumtauraat", "taurate"},
                                                                       {"cytrynian magnezu", "citrate"},
                                                                       {"diglicynian magnezu", "bisglycinate"},
                                                                       {"wodorotlenek magnezu", "hydroxide"},
                                                                       {"jabłczan magnezu", "malate"},
                                                                       {"magnesiumklorid", "chloride"},
                                                                       {"magnesiumvätecitrat", "citrate"},
                                                                       {"magnesiumhydroxid", "hydroxide"},
                                                                       {"magnezyum bisglisinat", "bisglycinate"},
                                                                       {"Magnezyum sitrattan", "citrate"},
                                                                       {"цитрат магния", "citrate"},
                                                                       {"магния лактат", "lactate"},
                                                                       {"Magnesii orotas", "orotate"}};
    for (const auto& [text, family] : examples) {
        INFO(text);
        CHECK(named(text) == Words{family + "+"});
    }
}

TEST_CASE("Salts written through their acids", "[lexicon]") {
    CHECK(named("magnesium salts of citric acid") == Words{"citrate+"});
    CHECK(named("sels de magnésium de l'acide citrique") == Words{"citrate+"});
    CHECK(named("sales magnésicas del ácido cítrico") == Words{"citrate+"});
    CHECK(named("Magnesiumsalze der Zitronensäure") == Words{"citrate+"});
    CHECK(named("Sitrik asidin magnezyum tuzları") == Words{"citrate+"});
    CHECK(named("magnesium salts of orthophosphoric acid") == Words{"phosphate+"});
    CHECK(named("citric acid, malic acid, stearic acid, taurine").empty());
    CHECK(named("calcium salts of citric acid").empty());
}

TEST_CASE("An acid's adjective names its salt among salts alone", "[lexicon]") {
    CHECK(named("Magnesium (as oxide, citric & bisglycinate)") == Words{"oxide", "citrate", "bisglycinate"});
    CHECK(named("oxide, malic and glycinate") == Words{"oxide", "malate", "bisglycinate"});
    CHECK(named("Magnesium oxide, citric acid, magnesium malate") == Words{"oxide+", "malate+"});
    CHECK(named("Magnesium oxide, citric flavour").size() == 1);
    CHECK(named("citric & bisglycinate") == Words{"bisglycinate"});
}

TEST_CASE("Manganese in magnesium's own bracket is a misprint", "[lexicon]") {
    CHECK(named("Magnesium (as manganese oxide, magnesium aspartate)") == Words{"oxide+", "aspartate+"});
    CHECK(named("Magnesium (manganese citrate)") == Words{"citrate+"});
    CHECK(named("Magnesium (as oxide), Manganese (as manganese sulfate)") == Words{"oxide"});
    CHECK(named("Magnesium, manganese sulfate").empty());
    CHECK(named("Zinc (as manganese oxide)").empty());
}

TEST_CASE("Processing aids", "[lexicon]") {
    for (const char* text :
         {"Magnesium Stearate", "vegetable magnesium stearate", "Estearato de magnesio", "stéarate de magnésium",
          "magnesiumstearat", "magnesiumstearaat", "stearynian magnezu", "magnezyum stearat", "стеарат магния",
          "Magnesiumsalze der Speisefettsäuren", "magnesiumzouten van vetzuren", "magnesiumzout van vetzuren",
          "sali di magnesio degli acidi grassi", "sels de magnésium d'acides gras", "Yağ asitlerinin magnezyum tuzları",
          "silicato de magnesio", "magnesium trisilicate", "E470b"}) {
        INFO(text);
        CHECK(named(text) == Words{"!other+"});
    }
    CHECK(named("vegetable stearate") == Words{"!other"});
    CHECK(named("talc") == Words{"!other"});
    CHECK(named("calcium stearate, calcium silicate").empty());
}

TEST_CASE("Additive numbers", "[lexicon]") {
    CHECK(compound("E530") == "oxide");
    CHECK(compound("E 528") == "hydroxide");
    CHECK(named("E504(i)") == Words{"carbonate+"});
    CHECK(named("E511") == Words{"chloride+"});
    CHECK(named("E300, E330, E551").empty());
}

TEST_CASE("A bare anion is a form that names no magnesium", "[lexicon]") {
    CHECK(named("citrate") == Words{"citrate"});
    CHECK(named("Magnesium (as oxide, citrate & malate)") == Words{"oxide", "citrate", "malate"});
    CHECK(named("bisglycinaat, citraat, tauraat") == Words{"bisglycinate", "citrate", "taurate"});
    CHECK(named("(oxide/ascorbate)") == Words{"oxide", "ascorbate"});
    CHECK(named("magnez (cytrynian)") == Words{"citrate"});
}

TEST_CASE("Another mineral's anion is no form", "[lexicon]") {
    for (const char* text : {"zinc oxide",
                             "calcium citrate",
                             "Zinc Picolinate",
                             "Di Basic Calcium Phosphate",
                             "dicalcium phosphate",
                             "copper sulfate",
                             "carbonato de calcio",
                             "óxido de zinc",
                             "Sulfato de zinc",
                             "cloruro potásico",
                             "Calciumcarbonat",
                             "ijzerfumaraat",
                             "Zinkoxid",
                             "Kaliumwaterstoffosfaat",
                             "dikaliumphosphat",
                             "tlenek cynku",
                             "węglan wapnia",
                             "оксид цинка",
                             "Titandioxid",
                             "silicon dioxide",
                             "sodium citrate",
                             "ferrous fumarate",
                             "Ca lactate",
                             "Zn oxide",
                             "citrulline malate",
                             "pyridoxal-5-phosphate",
                             "glucosamine sulfate",
                             "choline bitartrate",
                             "manganese glycinate",
                             "Mangancitrat"}) {
        INFO(text);
        CHECK(named(text).empty());
    }
    CHECK(named("calcium carbonate, magnesium carbonate") == Words{"carbonate+"});
    CHECK(named("Citrato de magnesio óxido de zinc") == Words{"citrate+"});
    CHECK(named("магния цитрат, цинка оксид") == Words{"citrate+"});
    CHECK(named("Zinc Oxide Magnesium Citrate") == Words{"citrate+"});
    CHECK(named("Magnesium (as Citrate)\nZinc (as Oxide)") == Words{"citrate", "oxide"});
    CHECK(named("Magnesium as Citrate\nZinc 10 mg") == Words{"citrate"});
}

TEST_CASE("Mg is magnesium before a salt and a unit behind a number", "[lexicon]") {
    CHECK(named("Mg citrate") == Words{"citrate+"});
    CHECK(named("Mag. Hydroxide") == Words{"hydroxide+"});
    CHECK(named("Mg-Orotate") == Words{"orotate+"});
    CHECK(named("400 mg citrate") == Words{"citrate"});
    CHECK(minerals("Mg 200 mg") == Words{"Mg"});
    CHECK(minerals("200 mg, mg").empty());
    CHECK(minerals("MG 5").empty());
}

TEST_CASE("Words around a salt make it exact", "[lexicon]") {
    CHECK(compound("Magnesium citrate") == "citrate-unspecified");
    CHECK(compound("magnesium citrate nonahydrate") == "citrate-nonahydrate");
    CHECK(compound("Magnesiumcitrat-Nonahydrat") == "citrate-nonahydrate");
    CHECK(compound("Trimagnesiumdicitrat") == "citrate-tri");
    CHECK(compound("Tri-Magnesium-Dicitrat") == "citrate-tri");
    CHECK(compound("citrate anhydre de magnésium") == "citrate-tri");
    CHECK(compound("Magnesium hydrogen citrate") == "citrate-mono");
    CHECK(compound("magnesium citrate (buffered)") == "citrate-buffered");
    CHECK(compound("Magnesium Chloride") == "chloride-unspecified");
    CHECK(compound("magnesium chloride hexahydrate") == "chloride-hexahydrate");
    CHECK(compound("magnesiumsulfatheptahydrat") == "sulfate-heptahydrate");
    CHECK(compound("Dimagnesium Malate") == "dimagnesium-malate");
    CHECK(compound("malato de dimagnesio") == "dimagnesium-malate");
    CHECK(compound("Magnesii lactas dihydricus") == "lactate-dihydrate");
    CHECK(compound("magnesium aspartate hydrochloride") == "aspartate-hydrochloride-trihydrate");
    CHECK(compound("buffered magnesium bisglycinate") == "bisglycinate-buffered");
    CHECK(compound("bisglicinato de magnesio tamponado") == "bisglycinate-buffered");
    CHECK(compound("Magnesium L-Threonate Monohydrate") == "l-threonate-monohydrate");
    CHECK(compound("citrato de magnesio y potasio") == "potassium-magnesium-citrate");
    CHECK(compound("Kaliummagnesiumcitrat") == "potassium-magnesium-citrate");
    CHECK(compound("calcium magnesium citrate") == "complex-unspecified");
}

TEST_CASE("Chelates", "[lexicon]") {
    CHECK(named("Magnesium (as glycinate amino acid chelate)") == Words{"bisglycinate"});
    CHECK(named("magnesium bisglycinate chelate") == Words{"bisglycinate+"});
    CHECK(named("magnesium glycine chelate") == Words{"bisglycinate+"});
    CHECK(named("Magnesium Glycine Complex") == Words{"bisglycinate+"});
    CHECK(named("a bis-glycinate/lysine chelate") == Words{"lysinate-glycinate"});
    CHECK(named("Lysinate/Glycinate") == Words{"lysinate-glycinate"});
    CHECK(named("(as aminoate complex)") == Words{"amino-acid-chelate"});
    CHECK(named("HVP chelate") == Words{"amino-acid-chelate"});
    CHECK(named("chelated magnesium") == Words{"amino-acid-chelate+"});
    CHECK(named("magnesio quelado") == Words{"amino-acid-chelate+"});
    CHECK(named("Chelated Magnesium Glycinate") == Words{"bisglycinate+"});
    CHECK(named("100% chelated").empty());
    CHECK(named("zinc amino acid chelate").empty());
}

TEST_CASE("Two salts of one magnesium", "[lexicon]") {
    const auto found = forms("magnesium citrate-malate");
    REQUIRE(found.size() == 2);
    CHECK(found[0].family == "citrate");
    CHECK(found[1].family == "malate");
    CHECK(found[0].compound == "citrate-malate");
    CHECK(named("CitraMate") == Words{"citrate", "malate"});
    CHECK(named("citrate/malate") == Words{"citrate", "malate"});
}

TEST_CASE("Trade names", "[lexicon]") {
    CHECK(compound("Magtein®") == "l-threonate-monohydrate");
    CHECK(named("Magtein") == Words{"l-threonate+"});
    CHECK(named("ATA Mg®") == Words{"acetyl-taurate+"});
    CHECK(named("Aquamin") == Words{"marine"});
    CHECK(named("Aquamin Mg") == Words{"marine+"});
    CHECK(named("S. cerevisiae") == Words{"other"});
    CHECK(named("TRAACS Albion").empty());
    CHECK(named("TRAACS® Magnesium Bisglycinate") == Words{"bisglycinate+"});
    CHECK(named("Sucrosomial® Iron") == Words{"sucrosomial"});
    CHECK(named("ionic magnesium chloride") == Words{"chloride+"});
    CHECK(named("KSM-66 Suntheanine BioPerine Creapure").empty());
    CHECK(compound("Epsom salt") == "sulfate-heptahydrate");
}

TEST_CASE("what describes a form names it", "[lexicon]") {
    CHECK(named("bound to two molecules of glycine") == Words{"bisglycinate"});
    CHECK(named("an zwei Glycin-Moleküle gebunden") == Words{"bisglycinate"});
    CHECK(named("lié à deux molécules de glycine") == Words{"bisglycinate"});
    CHECK(named("two capsules of glycine").empty());
    CHECK(named("magnesium carbonate and citric acid") == Words{"carbonate+", "citrate+"});
    CHECK(named("magnesio carbonato e acido citrico") == Words{"carbonate+", "citrate+"});
    CHECK(named("magnesium carbonate, citric acid") == Words{"carbonate+"});
    CHECK(named("magnesium oxide and citric acid") == Words{"oxide+"});
    CHECK(named("calcium carbonate and citric acid").empty());
}
