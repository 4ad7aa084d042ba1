#include "ocr/language.h"

#include <catch2/catch.hpp>
#include <sstream>

using magscan::ocr::language_of;

namespace {

std::string told(const std::string& text) {
    std::istringstream in(text);
    std::vector<std::string> words;
    for (std::string word; in >> word;) words.push_back(word);
    const auto language = language_of(words);
    return language ? language->data : "";
}

}  // namespace

TEST_CASE("the language of a label is told from its words", "[language]") {
    CHECK(told("Zutaten: Magnesiumoxid. Täglich 2 Kapseln mit Wasser. Für Kinder nicht geeignet") == "deu");
    CHECK(told("Complément alimentaire. Prendre 2 gélules par jour avec un verre d'eau au repas") == "fra");
    CHECK(told("Complemento alimenticio. Tomar 2 cápsulas al día con un vaso de agua. Ingredientes") == "spa");
    CHECK(told("Integratore alimentare. Assumere 2 compresse al giorno con acqua. Ingredienti:") == "ita");
    CHECK(told("Voedingssupplement. Dagelijks 2 tabletten innemen met water. Ingrediënten: vulstof") == "nld");
    CHECK(told("Suplemento alimentar. Tomar 2 cápsulas por dia com água às refeições. Não exceder") == "por");
    CHECK(told("Suplement diety. 2 kapsułki dziennie podczas posiłku. Składniki: cytrynian magnezu") == "pol");
}

TEST_CASE("marks and case that were lost in reading do not hide the language", "[language]") {
    CHECK(told("ZUTATEN: NAHRUNGSERGANZUNGSMITTEL TAGLICH KAPSELN FUR UBERZUGSMITTEL") == "deu");
    CHECK(told("Complement alimentaire. Gelules, ingredients, valeurs de reference, repas") == "fra");
    CHECK(told("Suplement diety, kapsutki dziennie podczas, Sktadniki, wody") == "pol");
    CHECK(told("ŻYWIENIA ŹRÓDŁO SPOŻYCIE DZIENNIE POSIŁKU SKŁADNIKI SUPLEMENT") == "pol");
}

TEST_CASE("English, few words, and two languages at once tell none", "[language]") {
    CHECK(told("Supplement Facts Serving Size 2 capsules Amount per serving % Daily Value Take with water and food") ==
          "");
    CHECK(told("Magnesio 300 mg 60 cápsulas") == "");
    CHECK(told("") == "");
    CHECK(told("\xC3 \xC5 \xFF\xFE 12 § —") == "");
    CHECK(told("Take two capsules daily with food and water. Prendre deux gélules par jour au repas avec eau") == "");
}
