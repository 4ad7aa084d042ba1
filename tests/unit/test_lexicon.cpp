#include "parser/lexicon.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <thread>
#include <vector>

using namespace magscan::parser;

namespace {

std::vector<FormMatch> forms(const std::string& text) {
    return find_forms(tokenise(text));
}

// "citrate+" for magnesium citrate, "citrate" for a bare citrate, "!other" for a processing aid.
std::vector<std::string> named(const std::string& text) {
    std::vector<std::string> found;
    for (const FormMatch& form : forms(text))
        found.push_back((form.excipient ? "!" : "") + form.family + (form.names_magnesium ? "+" : ""));
    return found;
}

std::string compound(const std::string& text) {
    const auto found = forms(text);
    return found.size() == 1 ? found[0].compound : std::to_string(found.size()) + " forms";
}

// "Mg" and the normalised words of other nutrients.
std::vector<std::string> minerals(const std::string& text) {
    const auto tokens = tokenise(text);
    std::vector<std::string> found;
    for (const MineralMatch& match : find_minerals(tokens)) {
        std::string words;
        for (std::size_t i = match.first; i < match.last; ++i) words += (words.empty() ? "" : " ") + tokens[i].text;
        found.push_back(match.mineral == Mineral::kMagnesium ? "Mg" : words);
    }
    return found;
}

bool has_cue(const std::string& text, Cue cue) {
    const auto found = find_cues(tokenise(text));
    return std::any_of(found.begin(), found.end(), [&](const CueMatch& match) { return match.cue == cue; });
}

std::vector<std::string> words(const std::string& text) {
    std::vector<std::string> found;
    for (const Token& token : tokenise(text)) found.push_back(token.text);
    return found;
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("Normalising folds case, marks, special letters and gaps", "[lexicon]") {
    CHECK(normalise("  Magnésium–Citrate® ") == "magnesium citrate");
    CHECK(normalise("Jabłczan  Magnezu") == "jablczan magnezu");
    CHECK(normalise("MAGNEZYUM SİTRAT ışık") == "magnezyum sitrat isik");
    CHECK(normalise("Weißdorn Kød Œuf") == "weissdorn kod oeuf");
    CHECK(normalise("Zinc/Copper\tOxide\n") == "zinc copper oxide");
    CHECK(normalise("МАГНИЙ Ёлка") == "магнии елка");
    CHECK(normalise("Μαγνήσιο") == "μαγνησιο");
    CHECK(normalise("") == "");
    CHECK(normalise(" - ") == "");
    CHECK(normalise("½ tsp") == "1 2 tsp");
}

TEST_CASE("Normalising twice changes nothing", "[lexicon]") {
    for (const std::string text : {"Magnésium–Citrate® 2 ½", "İstanbul ĞÜŞ", "ﬁber ㎎ ™",
                                   "a\xFF"
                                   "b\xC3",
                                   "ΣΑΣ ς", "´´ ¨ o", "Ⅷ ①", "ǅ ß ẞ", "e\xCC\x81\xCC\x81", "\xE2\x81\x84", "가 ｶﾞ"}) {
        INFO(text);
        CHECK(normalise(normalise(text)) == normalise(text));
    }
}

TEST_CASE("Tokens are words, numbers and signs", "[lexicon]") {
    CHECK(words("Magnesium (as Citrate) 2,000 mg 48%") ==
          Words{"magnesium", "(", "as", "citrate", ")", "2,000", "mg", "48", "%"});
    CHECK(words("400mg") == Words{"400", "mg"});
    CHECK(words("400mgMagnesium") == Words{"400", "mg", "magnesium"});
    CHECK(words("81,9 mg 1/2") == Words{"81,9", "mg", "1/2"});
    CHECK(words("1½ ¼") == Words{"1", "1/2", "1/4"});
    CHECK(words("1-2 capsules") == Words{"1", "\xE2\x80\x93", "2", "capsules"});
    CHECK(words("bis-glycinate") == Words{"bis", "glycinate"});
    CHECK(words("Magnesiumcitrat 500 mg –") == Words{"magnesiumcitrat", "500", "mg", "\xE2\x80\x93"});
    CHECK(words("sels d'acides gras") == Words{"sels", "d", "acides", "gras"});
    CHECK(words("dell’acido Doctor's") == Words{"dell", "acido", "doctors"});
    CHECK(words("Vitamin B12, E470b") == Words{"vitamin", "b12", ",", "e470b"});
    CHECK(words("Magnes1um 2x300mg") == Words{"magnes1um", "2", "x", "300", "mg"});
    CHECK(words("2000mg† ‡ ** <1 ~5") ==
          Words{"2000", "mg", "\xE2\x80\xA0", "\xE2\x80\xA1", "*", "*", "<", "1", "~", "5"});
    CHECK(words("a/b") == Words{"a", "/", "b"});
    CHECK(words("").empty());
}

TEST_CASE("Token ranges point into the text", "[lexicon]") {
    const std::string text = "Magnésium® (élément) 2 000 mg\n—  4½ gélules\xFF d'été";
    std::size_t end = 0;
    for (const Token& token : tokenise(text)) {
        INFO(token.text);
        REQUIRE(token.begin >= end);
        REQUIRE(token.end > token.begin);
        REQUIRE(token.end <= text.size());
        end = token.end;
        const std::string piece = text.substr(token.begin, token.end - token.begin);
        if (token.text.size() > 1 && token.text[0] >= 'a') CHECK(normalise(piece) == token.text);
    }
}

TEST_CASE("Tokens know where lines begin and how symbols are printed", "[lexicon]") {
    const auto tokens = tokenise("Mg 5 mg\nMG x");
    REQUIRE(tokens.size() == 5);
    CHECK(tokens[0].element_case);
    CHECK_FALSE(tokens[2].element_case);
    CHECK_FALSE(tokens[3].element_case);
    CHECK(tokens[0].line_begin);
    CHECK_FALSE(tokens[1].line_begin);
    CHECK(tokens[3].line_begin);
    CHECK_FALSE(tokens[4].line_begin);
}

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
