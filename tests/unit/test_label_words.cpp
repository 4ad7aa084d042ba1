// What a label says besides magnesium. All texts are invented.
#include <catch2/catch.hpp>
#include <set>
#include <string>

#include "parser/fuse.h"
#include "parser/label_parser.h"

using namespace magscan;

namespace {

using Ids = std::set<std::string>;

Ids words_of(const std::string& text) {
    Ids ids;
    for (const parser::LabelWord& word : parser::parse_text(text).words) ids.insert(word.id);
    return ids;
}

}  // namespace

TEST_CASE("other active substances are found by their rows, with the words they rest on", "[label_words]") {
    const parser::Label label = parser::parse_text(
        "Supplement Facts\nServing Size 2 Capsules\nMagnesium (as Magnesium Bisglycinate) 100 mg 24%\n"
        "Vitamin B6 (as pyridoxal-5-phosphate) 1.7 mg 100%\nL-Theanine 200 mg †\nMelatonin 3 mg †\nZinc 10 mg 91%\n"
        "Vitamin D3 (as cholecalciferol (D3)) 25 mcg 125%\n"
        "Calcium (as calcium potassium phosphate citrate) 200 mg 15%");
    Ids ids;
    for (const auto& word : label.words) ids.insert(word.id);
    CHECK(ids == Ids{"vitamin-b6", "l-theanine", "melatonin", "zinc", "vitamin-d", "calcium"});
    REQUIRE_FALSE(label.words.empty());
    CHECK(label.words.front().id == "vitamin-b6");
    CHECK(label.words.front().evidence.text == "Vitamin B6");
}

TEST_CASE("other active substances are found in eight languages", "[label_words]") {
    CHECK(words_of("Magnesiumcitrat 200 mg\n200 mg L-Theanin\nmit Vitamin B6") == Ids{"l-theanine", "vitamin-b6"});
    CHECK(words_of("Magnésium 100 mg\nMélatonine 1 mg\nVitamine B6 1,4 mg") == Ids{"melatonin", "vitamin-b6"});
    CHECK(words_of("Magnesio 100 mg\nMelatonina 1 mg\nCalcio 200 mg\nVitamina D 5 µg") ==
          Ids{"melatonin", "calcium", "vitamin-d"});
    CHECK(words_of("Magnesio citrato 200 mg\ncon Zinco\nL-Teanina 100 mg") == Ids{"zinc", "l-theanine"});
    CHECK(words_of("Magnesiumcitraat 200 mg\nmet Vitamine B6\nZink 5 mg") == Ids{"vitamin-b6", "zinc"});
    CHECK(words_of("Magnésio 150 mg\ncom Melatonina\nZinco 5 mg") == Ids{"melatonin", "zinc"});
    CHECK(words_of("Magnez 100 mg\nWitamina B6 1,4 mg\nCynk 5 mg\nMelatonina 1 mg") ==
          Ids{"vitamin-b6", "zinc", "melatonin"});
}

TEST_CASE("headlines and ingredient lists name them without an amount", "[label_words]") {
    CHECK(words_of("Magnesium + Zinc + Vitamin B6\n60 capsules") == Ids{"zinc", "vitamin-b6"});
    CHECK(words_of("MAGNESIUM BISGLYCINATE\nwith L-Theanine") == Ids{"l-theanine"});
    CHECK(words_of("Ingredients: magnesium citrate, zinc gluconate, pyridoxine hydrochloride, melatonin.") ==
          Ids{"zinc", "vitamin-b6", "melatonin"});
}

TEST_CASE("what the label says is absent is not there", "[label_words]") {
    for (const char* text :
         {"Magnesium citrate 200 mg\nNo melatonin", "Magnesium citrate 200 mg\nmelatonin-free",
          "Magnesium citrate 200 mg\nContains no melatonin, L-theanine or zinc",
          "Magnesium citrate 200 mg\nFree from: calcium carbonate, zinc, melatonin",
          "Magnesium citrate 200 mg\nFree from gluten, soy,\nzinc and melatonin",
          "Magnesium citrate 200 mg\n0 mg melatonin", "Magnesiumcitrat 200 mg\nohne Melatonin",
          "Magnesiumcitrat 200 mg\nmelatoninfrei, frei von Zink", "Magnésium 200 mg\nsans mélatonine",
          "Magnesio 200 mg\nsin melatonina", "Magnesio 200 mg\nsenza melatonina", "Magnesium 200 mg\nzonder melatonine",
          "Magnésio 200 mg\nsem melatonina", "Magnez 100 mg\nbez melatoniny",
          "Magnesium bisglycinate 200 mg\nnon-buffered", "Magnesium bisglycinate 200 mg, not buffered",
          "Magnesium bisglycinate 200 mg - buffered-free", "Magnesium bisglycinate 200 mg\nunbuffered",
          "Magnesiumbisglycinat 200 mg\nnicht gepuffert"}) {
        INFO(text);
        CHECK(words_of(text) == Ids{});
    }
    // The negation ends with its own list.
    CHECK(words_of("Magnesium citrate 200 mg\nNo sugar, with vitamin B6 1.4 mg") == Ids{"vitamin-b6"});
    CHECK(words_of("Magnesium citrate 200 mg\nSugar free. Zinc 5 mg") == Ids{"zinc"});
    CHECK(words_of("Magnesium citrate 200 mg\nZinc 5 mg, free from gluten") == Ids{"zinc"});
}

TEST_CASE("fillers, counter-ions and advice are no companions", "[label_words]") {
    for (const char* text : {
             "Magnesium citrate 200 mg\nOther Ingredients: dicalcium phosphate, calcium silicate, zinc stearate.",
             "Magnesium citrate 200 mg\nFolate (as folinic acid (calcium folinate)) 800 mcg",
             "Magnesium citrate 200 mg\nPhosphorus (as dicalcium phosphate) 20 mg",
             "Ingredients: magnesium citrate, bulking agent: calcium phosphate, calcium ascorbate",
             "Magnesium citrate 200 mg\nMagnesium helps the body to make use of calcium and of vitamin D every day",
             "Magnesium citrate 200 mg\nDirections: take 1 tablet a day. Do not take with calcium or zinc.",
         }) {
        INFO(text);
        CHECK(words_of(text) == Ids{});
    }
}

TEST_CASE("test marks are told from the grade of a raw material and from plain English", "[label_words]") {
    CHECK(words_of("Magnesium oxide 250 mg\nUSP VERIFIED") == Ids{"usp-verified"});
    CHECK(words_of("Magnesium oxide 250 mg\nNSF Certified for Sport®") == Ids{"nsf-certified"});
    CHECK(words_of("Magnesium oxide 250 mg\nInformed-Sport") == Ids{"informed-sport"});
    CHECK(words_of("Magnesium oxide 250 mg\nThird-party tested") == Ids{"third-party-tested"});
    CHECK(words_of("Magnesiumoxid 250 mg\nNSF-zertifiziert, unabhängig geprüft") ==
          Ids{"nsf-certified", "third-party-tested"});
    CHECK(words_of("Magnesium oxide USP 250 mg") == Ids{});
    CHECK(words_of("Magnesium oxide 250 mg\nRead the label to make an informed choice.") == Ids{});
    CHECK(words_of("Magnesium oxide 250 mg\nnot USP verified") == Ids{});
}

TEST_CASE("buffered and chelated count where magnesium is", "[label_words]") {
    CHECK(words_of("Magnesium bisglycinate (buffered) 200 mg") == Ids{"buffered"});
    CHECK(words_of("Magnesium 200 mg (as magnesium bisglycinate chelate)") == Ids{"chelated"});
    CHECK(words_of("Magnesiumbisglycinat, gepuffert 200 mg") == Ids{"buffered"});
    CHECK(words_of("bisglycinate de magnésium tamponné 100 mg") == Ids{"buffered"});
    CHECK(words_of("Bisglicinato de magnesio tamponado 175 mg") == Ids{"buffered"});
    CHECK(words_of("Magnesio chelato 200 mg") == Ids{"chelated"});
    CHECK(words_of("Magnesium (as magnesium citrate) 200 mg\nZinc (as zinc bisglycinate chelate) 10 mg") ==
          Ids{"zinc"});
}

TEST_CASE("the time of day and the weeks that a label speaks of are found", "[label_words]") {
    CHECK(words_of("Magnesium 200 mg\nTake 2 capsules before bed.") == Ids{"evening"});
    CHECK(words_of("Magnesium 200 mg\nAbends 2 Kapseln einnehmen.") == Ids{"evening"});
    CHECK(words_of("Magnésium 300 mg\n2 gélules le soir") == Ids{"evening"});
    CHECK(words_of("Magnesium 200 mg\nNotice the difference after 4-6 weeks of daily use.") == Ids{"weeks"});
    CHECK(words_of("Magnez 100 mg\nEfekty po 4 tygodni stosowania") == Ids{"weeks"});
    CHECK(words_of("Magnesium 200 mg\nTake 2 capsules with breakfast. Use within 6 weeks.").empty());
}

TEST_CASE("for children is told from keeping it away from them", "[label_words]") {
    CHECK(words_of("Magnesium for Kids\n100 mg") == Ids{"children"});
    CHECK(words_of("Magnesium für Kinder\n100 mg") == Ids{"children"});
    for (const char* text :
         {"Magnesium 200 mg\nKeep out of reach of children.", "Magnesium 200 mg\nNot for children",
          "Magnesium 200 mg\nFür Kinder unzugänglich aufbewahren.", "Magnesium 200 mg\nNicht für Kinder geeignet.",
          "Magnésium 200 mg\nTenir hors de portée des enfants."}) {
        INFO(text);
        CHECK(words_of(text) == Ids{});
    }
}

TEST_CASE("a label without such words has none, and a word counts once", "[label_words]") {
    CHECK(words_of("Magnesium citrate 200 mg") == Ids{});
    CHECK(words_of("") == Ids{});
    CHECK(parser::parse_text("Magnesium + Zinc\nZinc 10 mg\nZinc 10 mg").words.size() == 1);
}

TEST_CASE("several photos' words are joined and know their photo", "[label_words]") {
    const parser::Label fused = parser::fuse(
        {parser::parse_text("Magnesium + Zinc"), parser::parse_text("Magnesium 200 mg\nZinc 5 mg\nMelatonin 1 mg")});
    REQUIRE(fused.words.size() == 2);
    CHECK(fused.words[0].id == "zinc");
    CHECK(fused.words[0].evidence.image == 0);
    CHECK(fused.words[1].id == "melatonin");
    CHECK(fused.words[1].evidence.image == 1);
}
