#include "parser/serving.h"

#include <catch2/catch.hpp>

#include "parser/rows.h"

using namespace magscan::parser;

namespace {

Serving serving_in(const std::string& text) {
    const Block block = block_of(text);
    return serving_of({mark_up(block)}).value_or(Serving{});
}

}  // namespace

TEST_CASE("a count in words and digits is one count", "[serving]") {
    for (const char* text :
         {"Take two (2) tablets daily", "Take 2 (two) tablets daily", "Serving size: two (2) tablets"}) {
        INFO(text);
        CHECK(serving_in(text).units == 2.0);
        CHECK(serving_in(text).unit == "tablet");
    }
    CHECK_FALSE(serving_in("60 (2) tablets").units == 60.0);
}

TEST_CASE("the measure beside a weight or a volume", "[serving]") {
    CHECK(serving_in("Serving size: 32.5 g (about 1 scoop)").units == 1.0);
    CHECK(serving_in("Serving size: 32.5 g (about 1 scoop)").unit == "scoop");
    CHECK(serving_in("Serving size: 40 drops (1 mL)").units == 40.0);
    CHECK(serving_in("Serving size: 40 drops (1 mL)").unit == "drop");
    const Serving ounce = serving_in("Serving size: 1 fluid ounce (30 ml)");
    CHECK(ounce.units == 30.0);
    CHECK(ounce.unit == "ml");
}

TEST_CASE("what stands behind the dose may name it", "[serving]") {
    CHECK(serving_in("2-tablet serving").units == 2.0);
    CHECK_FALSE(serving_in("60 servings").units);
    CHECK(serving_in("Elementair 150 mg / 3 tabletten").units == 3.0);
}

TEST_CASE("a unit without a number is one, where nothing else is said", "[serving]") {
    CHECK(serving_in("% NRV pro Kapsel").units == 1.0);
    CHECK(serving_in("Amount per tablet").units == 1.0);
    CHECK_FALSE(serving_in("60 mg per capsule").units);
    CHECK_FALSE(serving_in("60 mg magnesium per capsule").units);
    CHECK(serving_in("Amount per capsule\nServing size: 3 capsules").units == 3.0);
    CHECK_FALSE(serving_in("Magnesio en cápsulas").units);
    // A range in the directions says more than a price per unit.
    CHECK_FALSE(serving_in("100 mg par gélule\nPrendre 2 à 3 gélules par jour").units);
}

TEST_CASE("a pack divided by its servings", "[serving]") {
    CHECK(serving_in("90 capsules\nServings per container: 30").units == 3.0);
    CHECK_FALSE(serving_in("90 capsules\nServings per container: 40").units);
    CHECK_FALSE(serving_in("90 capsules\n60 capsules\nServings per container: 30").units);
    CHECK_FALSE(serving_in("90 capsules").units);
    CHECK(serving_in("90 capsules\nServings per container: 30\nTake 2 capsules daily").units == 2.0);
}

TEST_CASE("a sentence about what a dose holds gives the serving", "[serving]") {
    CHECK(serving_in("2 capsules provide 200 mg of magnesium").units == 2.0);
    CHECK(serving_in("Each 2 capsules contain 200 mg").units == 2.0);
    CHECK(serving_in("Cada 3 comprimidos contienen 200 mg").units == 3.0);
    CHECK(serving_in("Magnez w dwóch kapsułkach").units == 2.0);
    CHECK(serving_in("Magnésio em 2 cápsulas").units == 2.0);
    CHECK_FALSE(serving_in("Each bottle contains 20 tablets").units);
    CHECK(serving_in("Each sachet contains 2 capsules").unit == "sachet");
    CHECK(serving_in("1 capsule provides 100 mg\nTake 2 capsules daily").units == 1.0);
    const Serving several = serving_in("1 capsule contains 100 mg. 3 capsules contain 300 mg");
    CHECK_FALSE(several.units);
    CHECK(several.varies);
}

TEST_CASE("Greek labels give servings too", "[serving]") {
    for (const char* text : {"Ενήλικες 2 δισκία ημερησίως", "2 κάψουλες την ημέρα", "Ημερήσια δόση: 2 ταμπλέτες",
                             "2 ΚΑΨΟΥΛΕΣ περιέχουν", "Συνιστώμενη δόση: δύο δισκία", "ανά 2 φακελάκια"}) {
        INFO(text);
        CHECK(serving_in(text).units == 2.0);
    }
    CHECK_FALSE(serving_in("Να μην γίνεται υπέρβαση των 2 δισκίων ημερησίως").units);
}

TEST_CASE("how much to take a day is the serving where nothing else is said", "[serving]") {
    CHECK(serving_in("Magnesium 100 mg\none (1) tablet daily with food").units == 1.0);
    CHECK(serving_in("2 gélules par jour au repas").units == 2.0);
    CHECK(serving_in("Serving size: 3 tablets\n1 tablet daily").units == 3.0);
    CHECK(serving_in("2 Kapseln/Tag").units == 2.0);
    CHECK(serving_in("3 Kps. pro Tag").units == 3.0);
    CHECK_FALSE(serving_in("Do not exceed 2 capsules per day").units);
    CHECK_FALSE(serving_in("Adults should not exceed 2 capsules daily").units);
    CHECK_FALSE(serving_in("20 tablets\nDaily multivitamin").units);
    // The day belongs to the dose before it, and a limit behind it is none.
    CHECK(serving_in("Take one capsule daily. Store in a dry place, 3 capsules are a sample").units == 1.0);
    const Serving heading = serving_in("Supplement Facts\n4 capsules per day\nMagnesium 350 mg\n2 tablets per day");
    CHECK(heading.units == 4.0);
    CHECK(heading.rank == ServingRank::kPanelHeading);
}

TEST_CASE("a number without a unit counts what the label counts", "[serving]") {
    const Serving tablet = serving_in("MAGNESIUM\nONE-A-DAY\n120 tablets");
    CHECK(tablet.units == 1.0);
    CHECK(tablet.unit == "tablet");
    CHECK(tablet.per_day_low == 1.0);
    const Serving open = serving_in("MAGNESIUM\n2 daily");
    CHECK(open.units == 2.0);
    CHECK_FALSE(open.unit);
    CHECK_FALSE(serving_in("5 a day").units);
}

TEST_CASE("a heading that was misread or cut still names the serving", "[serving]") {
    for (const char* text : {"Sening Size 2 capsules", "Serving Slze 2 capsules", "Serv. Size: 2 capsules",
                             "Serving: 2 capsules", "Size: 2 capsules"}) {
        INFO(text);
        CHECK(serving_in(text).units == 2.0);
    }
    CHECK(serving_in("Serving Size: l Capsule").units == 1.0);
    CHECK(serving_in("Serving Size I Capsule").units == 1.0);
    CHECK_FALSE(serving_in("Capsules l capsule").units);
    CHECK_FALSE(serving_in("Size: 20 tablets").units);
}

TEST_CASE("what stands behind a bare number is a unit only if it can be a word", "[serving]") {
    CHECK(serving_in("Serving size 3 cookies (34 g)").unit == "cookies");
    CHECK(serving_in("Serving size 2.5 ( 71 g )").unit == "g");
    CHECK_FALSE(serving_in("Serving size 25 q").units);
}

TEST_CASE("amounts of a liquid are for the volume behind them", "[serving]") {
    CHECK(serving_in("Magnesium hydroxide 250 mg / 10 ml").units == 10.0);
    CHECK(serving_in("Magnesium 60 mg per 5 ml").unit == "ml");
    CHECK_FALSE(serving_in("Magnesium 60 mg per 100 ml").units);
    CHECK_FALSE(serving_in("Dissolve in 50 ml of water").units);
}

TEST_CASE("of two panels the one with magnesium gives the serving", "[serving]") {
    const Serving s = serving_in(
        "Supplement Facts\nServing size 3 capsules\nZinc 15 mg\nSupplement Facts\n"
        "Serving size 2 tablets\nMagnesium 200 mg");
    CHECK(s.units == 2.0);
    CHECK(s.unit == "tablet");
}

namespace {

// A photo with a single line whose words the recogniser was that sure of, at that distance from the left edge.
Serving serving_on_photo(const std::string& count, float confidence, float left) {
    magscan::ocr::Page page;
    page.width = page.height = 1000;
    magscan::ocr::Line line;
    float x = left;
    for (const std::string& text : {count, std::string("capsules")}) {
        magscan::ocr::Word word;
        word.text = text;
        word.confidence = confidence;
        word.polygon = {{x, 100}, {x + 90, 100}, {x + 90, 130}, {x, 130}};
        line.words.push_back(word);
        x += 100;
    }
    line.polygon = {{left, 100}, {x, 100}, {x, 130}, {left, 130}};
    page.lines = {line};
    const std::vector<Block> blocks = blocks_of(page);
    std::vector<Markup> markups;
    for (const Block& block : blocks) markups.push_back(mark_up(block));
    return serving_of(markups).value_or(Serving{});
}

}  // namespace

TEST_CASE("a lone count that may be the rest of a pack's is not believed", "[serving]") {
    CHECK(serving_on_photo("8", 0.9F, 50).units == 8.0);
    CHECK_FALSE(serving_on_photo("8", 0.4F, 50).units);
    CHECK_FALSE(serving_on_photo("8", 0.9F, -3).units);
}

TEST_CASE("doses on Danish, Swedish and Russian labels", "[serving]") {
    CHECK(serving_in("Indhold pr. 2 kapsler\nMagnesium 200 mg").units == 2.0);
    CHECK(serving_in("Indhold pr. tablet: Magnesium 200 mg").units == 1.0);
    CHECK(serving_in("Näringsinnehåll per 3 kapslar\nMagnesium 200 mg").units == 3.0);
    // What the amounts are of, not the single dose of the directions.
    CHECK(serving_in("Магний 480 мг в 4 капсулах\nПринимать по 2 капсулы 2 раза в день").units == 4.0);
}

TEST_CASE("a unit that heads a list, and a measure that each is", "[serving]") {
    CHECK(serving_in("Magnesio pidolato, aroma. Tenore per bustina: Magnesio 150 mg").units == 1.0);
    CHECK_FALSE(serving_in("Magnesium 60 mg per tablet").units);
    const Serving liquid = serving_in("Each 5 ml contains magnesium 97 mg. 200 ml");
    CHECK(liquid.units == 5.0);
    CHECK(liquid.unit == "ml");
}
