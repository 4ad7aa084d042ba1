// Labels in the languages that magscan reads, each in the words that such labels use. All texts are invented.
#include <catch2/catch.hpp>
#include <set>

#include "calc/assess.h"
#include "parser/label_parser.h"

using namespace magscan;

namespace {

using Names = std::set<std::string>;

struct Sample {
    const char* text;
    Names forms;
    double mg;     // elemental, of a serving
    double units;  // of a serving; 0: not checked
};

void check(const Sample& sample) {
    INFO(sample.text);
    const calc::Assessment found = calc::assess(parser::parse_text(sample.text));
    Names forms;
    for (const auto& entry : found.entries) forms.insert(entry.forms.begin(), entry.forms.end());
    CHECK(forms == sample.forms);
    const auto& interval = found.per_serving ? found.per_serving : found.per_unit;
    REQUIRE(interval);
    REQUIRE(interval->value);
    CHECK(*interval->value == Approx(sample.mg));
    if (sample.units == 0) return;
    REQUIRE(found.serving);
    CHECK(found.serving->units == sample.units);
}

}  // namespace

TEST_CASE("tables state the compound and, below it, the magnesium in it", "[languages]") {
    for (
        const Sample& sample : std::vector<Sample>{
            {"Food supplement\nTake 2 capsules daily.\nPer 2 capsules %NRV*\nMagnesium citrate 1250 mg\n"
             "of which magnesium 200 mg 53 %",
             {"citrate"},
             200,
             2},
            {"Verzehrempfehlung: täglich 2 Kapseln mit Wasser einnehmen.\nNährstoffe pro Tagesdosis (2 Kapseln) %NRV*\n"
             "Magnesiumcitrat 1.250 mg\ndavon Magnesium 200 mg 53 %\nZutaten: Magnesiumcitrat, Trennmittel: "
             "Magnesiumsalze der Speisefettsäuren",
             {"citrate"},
             200,
             2},
            {"Conseils d'utilisation : prendre 3 gélules par jour.\nPour 3 gélules % VNR*\n"
             "Bisglycinate de magnésium 1 500 mg\ndont magnésium 165 mg 44 %\nIngrédients : bisglycinate de magnésium, "
             "antiagglomérant : stéarate de magnésium",
             {"bisglycinate"},
             165,
             3},
            {"Modo de empleo: tomar 2 cápsulas al día.\nInformación nutricional por 2 cápsulas %VRN*\n"
             "Citrato de magnesio 2.000 mg\nde los cuales magnesio 320 mg 85 %\nIngredientes: citrato de magnesio, "
             "sales "
             "magnésicas de ácidos grasos",
             {"citrate"},
             320,
             2},
            {"Modalità d'uso: assumere 2 compresse al giorno.\nTenore per dose giornaliera (2 compresse) %VNR*\n"
             "Magnesio pidolato 1800 mg\ndi cui magnesio 150 mg 40 %\nIngredienti: magnesio pidolato, "
             "antiagglomeranti: "
             "sali di magnesio degli acidi grassi",
             {"pidolate"},
             150,
             2},
            {"Gebruik: dagelijks 2 tabletten innemen.\nSamenstelling per 2 tabletten %RI*\nMagnesiumcitraat 1.400 mg\n"
             "waarvan magnesium 225 mg 60 %\nIngrediënten: magnesiumcitraat, antiklontermiddel (magnesiumstearaat)",
             {"citrate"},
             225,
             2},
            {"Modo de tomar: 3 cápsulas por dia.\nPor 3 cápsulas %VRN*\nBisglicinato de magnésio 1500 mg\n"
             "dos quais magnésio 180 mg 48 %\nIngredientes: bisglicinato de magnésio, estearato de magnésio",
             {"bisglycinate"},
             180,
             3},
            {"Zalecane spożycie: 2 kapsułki dziennie.\nSkładniki w 2 kapsułkach %RWS*\nCytrynian magnezu 1000 mg\n"
             "w tym magnez 150 mg 40 %\nSkładniki: cytrynian magnezu, substancja przeciwzbrylająca: sole magnezowe "
             "kwasów tłuszczowych",
             {"citrate"},
             150,
             2},
        }) {
        check(sample);
    }
}

TEST_CASE("forms stand in brackets or in the list of ingredients", "[languages]") {
    for (const Sample& sample : std::vector<Sample>{
             {"pro Tagesdosis (1 Tablette) % RM*\nMagnesium 300 mg 80 %\nZutaten: Magnesiumoxid, Säuerungsmittel E330, "
              "Trennmittel E470b",
              {"oxide"},
              300,
              1},
             {"Bisglicinato de magnesio 1000 mg\nequivalente a 110 mg de magnesio elemental por cápsula",
              {"bisglycinate"},
              110,
              0},
             {"Por 1 comprimido %VRN\nMagnesio (carbonato de magnesio) 250 mg 67 %", {"carbonate"}, 250, 1},
             {"per 1 bustina % VNR\nMagnesio 375 mg 100 %\nIngredienti: citrato di magnesio, ossido di magnesio",
              {"citrate", "oxide"},
              375,
              1},
             {"Samenstelling per dagdosering (1 capsule) RI*\nMagnesium (als magnesiumbisglycinaat) 100 mg 27%",
              {"bisglycinate"},
              100,
              1},
             {"Per 2 capsules % RI\nMagnesium (uit magnesiumtauraat en magnesiummalaat) 150 mg 40%",
              {"malate", "taurate"},
              150,
              2},
             {"Informação nutricional por 1 comprimido %VRN\nMagnésio (óxido de magnésio, citrato de magnésio) 300 mg "
              "80%",
              {"citrate", "oxide"},
              300,
              1},
             {"Porção de 2 cápsulas %VD*\nMagnésio 260 mg 62%\nIngredientes: dimalato de magnésio", {"malate"}, 260, 2},
             {"Zawartość w 1 tabletce % RWS*\nDiglicynian magnezu 700 mg\nw tym jony magnezu 100 mg 27%",
              {"bisglycinate"},
              100,
              1},
             {"porcja dzienna (3 kapsułki) RWS*\nMagnez (jabłczan magnezu) 225 mg 60%\nSkładniki: jabłczan magnezu, "
              "stearynian magnezu",
              {"malate"},
              225,
              3},
             {"Magnez 100 mg 27% RWS\nSkładniki: mleczan magnezu, węglan magnezu, chlorek magnezu, taurynian magnezu, "
              "tlenek magnezu",
              {"carbonate", "chloride", "lactate", "oxide", "taurate"},
              100,
              0},
         }) {
        check(sample);
    }
}

TEST_CASE("letters without their marks mean the same", "[languages]") {
    for (const Sample& sample : std::vector<Sample>{
             {"Nahrstoffe pro Tagesdosis (2 Kapseln) %NRV*\nMagnesiumcitrat 1.250 mg\ndavon Magnesium 200 mg 53 %",
              {"citrate"},
              200,
              2},
             {"Pour 2 comprimes % VNR*\nCitrate de magnesium 1000 mg\ndont magnesium 160 mg 43 %", {"citrate"}, 160, 2},
             {"Por 3 capsulas %VRN*\nOxido de magnesio 300 mg\ndos quais magnesio 180 mg 48 %", {"oxide"}, 180, 3},
             {"Skladniki w 2 kapsulkach % RWS*\nTlenek magnezu 250 mg\nw tym magnez 150 mg 40 %", {"oxide"}, 150, 0},
             {"Por 2 cápsulas %VRN*\nMAGNÉSIO (MAGNÉSIUM) 150 mg 40 %\nIngredientes: citrato de magnésio",
              {"citrate"},
              150,
              2},
         }) {
        check(sample);
    }
}

TEST_CASE("on a front of pack the name alone settles no figure", "[languages]") {
    for (const char* text : {"Magnesiumcitrat 500 mg\n90 Kapseln", "Citrate de magnésium 500 mg\n90 gélules",
                             "Citrato de magnesio 500 mg\n90 cápsulas", "Magnesio citrato 500 mg\n90 compresse",
                             "Magnesiumcitraat 500 mg\n90 tabletten", "Citrato de magnésio 500 mg\n90 cápsulas",
                             "Cytrynian magnezu 500 mg\n90 kapsułek"}) {
        INFO(text);
        const calc::Assessment found = calc::assess(parser::parse_text(text));
        REQUIRE(found.entries.size() == 1);
        CHECK(Names(found.entries[0].forms.begin(), found.entries[0].forms.end()) == Names{"citrate"});
        CHECK(found.status != calc::Status::kStated);
        CHECK(found.status != calc::Status::kDerived);
    }
}

TEST_CASE("Greek tables, with every abbreviation of the reference value", "[languages]") {
    for (const char* reference : {"ΔΤΑ", "ΣΔΠ", "ΠΠΑ", "ΔΠΑ", "ΣΗΠ"}) {
        const std::string text = std::string("Ενήλικες 1 δισκίο ημερησίως\nΣυστατικά ανά δισκίο %") + reference +
                                 "\nΟξείδιο μαγνησίου 500 mg\nεκ των οποίων μαγνήσιο 300 mg 80%";
        check({text.c_str(), {"oxide"}, 300, 1});
    }
    for (const Sample& sample : std::vector<Sample>{
             {"Συμπλήρωμα διατροφής\nΗμερήσια δόση: 2 κάψουλες\nανά 2 κάψουλες %ΔΤΑ\n"
              "Μαγνήσιο (ως δισγλυκινικό μαγνήσιο) 150 mg 40%",
              {"bisglycinate"},
              150,
              2},
             {"Ενήλικες 1 δισκίο ημερησίως\nΜαγνήσιο (οξείδιο, κιτρικό και δισγλυκινικό) 300 mg 80% ΔΤΑ",
              {"oxide", "citrate", "bisglycinate"},
              300,
              1},
             {"Μαγνήσιο (από κιτρικό μαγνήσιο) 75 mg 20% ΔΤΑ ανά δισκίο\n"
              "Άλλα συστατικά: κιτρικό οξύ, στεατικό μαγνήσιο",
              {"citrate"},
              75,
              0},
         }) {
        check(sample);
    }
}

TEST_CASE("the weight of a Greek compound is not its magnesium", "[languages]") {
    const calc::Assessment found = calc::assess(parser::parse_text("Δισγλυκινικό μαγνήσιο 1000 mg ανά κάψουλα"));
    REQUIRE(found.per_unit);
    CHECK(found.per_unit->high < 200);
}
