#include "parser/directions.h"

#include <catch2/catch.hpp>

#include "parser/serving.h"

using namespace magscan::parser;

namespace {

std::optional<Serving> serving_in(const std::string& text) {
    const Block block = block_of(text);
    return serving_of({mark_up(block)});
}

// Servings a day on a label whose serving is `units` capsules, or nothing.
std::optional<double> per_day(const std::string& directions, int units = 1) {
    const auto serving = serving_in("Serving size: " + std::to_string(units) + " capsules\n" + directions);
    if (!serving || !serving->per_day_low || serving->per_day_low != serving->per_day_high) return std::nullopt;
    return serving->per_day_low;
}

}  // namespace

TEST_CASE("the doses of a day add up", "[directions]") {
    CHECK(per_day("Take 2 capsules in the morning and 1 capsule before bed.", 3) == 1.0);
    CHECK(per_day("Take 2 capsules with breakfast, 1 capsule with dinner.") == 3.0);
    CHECK(per_day("Take in the morning 2 capsules, in the evening 3 capsules.") == 5.0);
    CHECK(per_day("Take 1 capsule in the morning. Take 2 capsules at bedtime.") == 3.0);
    CHECK(per_day("Take 1 capsule with breakfast, lunch and dinner.") == 3.0);
    CHECK(per_day("Morgens 2 Kapseln und abends 1 Kapsel einnehmen.", 3) == 1.0);
    CHECK(per_day("Prendre 2 gélules le matin et 1 gélule le soir.", 3) == 1.0);
    CHECK(per_day("Tomar 2 cápsulas por la mañana y 1 cápsula por la noche.", 3) == 1.0);
    CHECK(per_day("Assumere 2 capsule al mattino e 1 capsula la sera.", 3) == 1.0);
    CHECK(per_day("Neem 2 capsules in de ochtend en 1 capsule in de avond.", 3) == 1.0);
    CHECK(per_day("Tomar 2 cápsulas de manhã e 1 cápsula ao jantar.", 3) == 1.0);
    CHECK(per_day("Przyjmować 2 kapsułki rano i 1 kapsułkę wieczorem.", 3) == 1.0);
}

TEST_CASE("an occasion that repeats another is one", "[directions]") {
    CHECK(per_day("Take 2 capsules in the evening before bed.") == 2.0);
    CHECK(per_day("Take 2 capsules daily, 1 capsule in the morning and 1 capsule at night.") == 2.0);
    CHECK(per_day("Take 2 capsules daily, preferably in the evening.") == 2.0);
    CHECK(per_day("Take 2 capsules in the morning. Prendre 2 gélules le matin.") == 2.0);
    CHECK(per_day("Take 1 capsule in the morning or evening.") == 1.0);
}

TEST_CASE("so many times a day", "[directions]") {
    for (const char* text :
         {"Take 2 capsules twice daily.", "2 capsules 2 times a day", "Take two (2) capsules two times daily with food",
          "Take 2 capsules twice a day, in the morning and evening.", "Täglich 2 x 2 Kapseln einnehmen",
          "2 × täglich 2 Kapseln", "Zweimal täglich 2 Kapseln schlucken", "Prendre 2 gélules 2 fois par jour",
          "Prendre deux gélules, deux fois par jour.", "Tomar 2 cápsulas dos veces al día",
          "Assumere 2 capsule due volte al giorno", "Neem tweemaal daags 2 capsules", "Neem 2 keer per dag 2 capsules",
          "Tomar 2 cápsulas duas vezes ao dia", "Przyjmować 2 kapsułki 2 razy dziennie",
          "Przyjmować 2 kapsułki dwukrotnie dziennie"}) {
        INFO(text);
        CHECK(per_day(text) == 4.0);
    }
    CHECK(per_day("Take 1 capsule 3 times a day") == 3.0);
    CHECK(per_day("Take 2 capsules with water. Take twice daily.", 2) == 2.0);
    CHECK(per_day("Take 2 capsules daily.", 2) == 1.0);
    CHECK(per_day("Daily serving: 2 capsules a day", 2) == 1.0);
    CHECK(per_day("Assumere 1 dose (2 capsule) al giorno", 2) == 1.0);
}

TEST_CASE("a range stays a range", "[directions]") {
    const auto serving = serving_in("Serving size: 1 tablet\nTake 1-2 tablets daily.");
    REQUIRE(serving);
    CHECK(serving->per_day_low == 1.0);
    CHECK(serving->per_day_high == 2.0);
    const auto times = serving_in("Serving size: 1 tablet\nTake 1 tablet two or three times daily.");
    CHECK(times->per_day_low == 2.0);
    CHECK(times->per_day_high == 3.0);
    const auto up_to = serving_in("Serving size: 1 tablet\nTake 1 tablet up to 3 times daily.");
    CHECK(up_to->per_day_low == 1.0);
    CHECK(up_to->per_day_high == 3.0);
    const auto choice = serving_in("Serving size: 1 tablet\nTake 1 tablet in the morning or 2 tablets in the evening.");
    CHECK(choice->per_day_low == 1.0);
    CHECK(choice->per_day_high == 2.0);
}

TEST_CASE("what is not the same for everyone and every day is not known", "[directions]") {
    for (const char* text : {"Adults: take 2 capsules daily. Children: take 1 capsule daily.",
                             "Adults take 2 capsules, children take 1 capsule daily.",
                             "Adults: 2 capsules in the morning. Children: take 1 capsule in the evening.",
                             "For sleep: take 2 capsules before bed. For energy: take 1 capsule in the morning.",
                             "Take 1 capsule as needed.", "Take 1 capsule every 4 hours.", "Take 2 capsules weekly.",
                             "Take 1 capsule daily, increasing to 2 capsules after a week.",
                             "Take 1 capsule with each meal.", "Take 2 capsules in the morning and",
                             "Bei Bedarf 2 Kapseln täglich einnehmen", "Take 2 capsules with water."}) {
        INFO(text);
        CHECK(per_day(text) == std::nullopt);
    }
    CHECK(per_day("Take 1 capsule daily. Do not take more than 3 capsules a day.") == 1.0);
    CHECK(per_day("Amount per 2 capsules\nMagnesium 90 mg\nDirections: take 1 capsule daily.") == 1.0);
    CHECK(per_day("Take 1 capsule daily. Do not exceed 2 capsules daily.") == 1.0);
}

TEST_CASE("doses of a day that differ make no serving", "[directions]") {
    const auto serving = serving_in("Take 2 capsules in the morning and 1 capsule before bed.");
    REQUIRE(serving);
    CHECK_FALSE(serving->units);
    CHECK(serving->dose_varies);
}

TEST_CASE("servings may be what is counted", "[directions]") {
    const auto serving = serving_in("Recommended usage: one serving twice daily.");
    REQUIRE(serving);
    CHECK(serving->per_day_low == 2.0);
}
