#include "parser/quantity.h"

#include <catch2/catch.hpp>

using namespace magscan::parser;

namespace {

std::vector<Quantity> quantities(std::string_view text) {
    const auto tokens = tokenise(text);
    return find_quantities(tokens, text, decimal_mark_of(tokens, text));
}

double only_mass(std::string_view text) {
    const auto found = quantities(text);
    REQUIRE(found.size() == 1);
    REQUIRE(found.front().kind == Quantity::Kind::kMass);
    return found.front().value;
}

}  // namespace

TEST_CASE("thousands and decimals are told apart", "[quantity]") {
    CHECK(only_mass("200 mg") == 200);
    CHECK(only_mass("400mg") == 400);
    CHECK(only_mass("2,000 mg") == 2000);
    CHECK(only_mass("1.500 mg") == 1500);  // no label prints thousandths of a milligram
    CHECK(only_mass("81,9 mg") == Approx(81.9));
    CHECK(only_mass("37.5 mg") == Approx(37.5));
    CHECK(only_mass("1,250.5 mg") == Approx(1250.5));
    CHECK(only_mass("1.250,5 mg") == Approx(1250.5));
    CHECK(only_mass("0.54 mg") == Approx(0.54));
    CHECK(only_mass("2.5 g") == 2500);
    CHECK(only_mass("1.250 g") == 1250);
    CHECK(only_mass("500 mcg") == Approx(0.5));
}

TEST_CASE("groups divided by spaces belong together where the language prints them so", "[quantity]") {
    CHECK(only_mass("gélules 2 400 mg") == 2400);
    CHECK(only_mass("2\u00a0400 mg") == 2400);
    const auto english = quantities("Omega 3 400 mg serving");
    REQUIRE(english.size() == 2);
    CHECK(english[1].value == 400);
}

TEST_CASE("the weight of the last digit is kept", "[quantity]") {
    CHECK(parse_number("200", DecimalMark::kPoint, true)->step == 1);
    CHECK(parse_number("81.9", DecimalMark::kPoint, true)->step == Approx(0.1));
    CHECK(parse_number("2,000", DecimalMark::kPoint, true)->step == 1);
}

TEST_CASE("fractions", "[quantity]") {
    CHECK(parse_number("1/2", DecimalMark::kPoint, true)->value == 0.5);
    CHECK(parse_number("2½", DecimalMark::kPoint, true)->value == 2.5);
    CHECK(parse_number("¼", DecimalMark::kPoint, true)->value == 0.25);
    CHECK_FALSE(parse_number("1/0", DecimalMark::kPoint, true));
}

TEST_CASE("what is no number stays none", "[quantity]") {
    for (const char* text : {"", "mg", "1.2.3x", "-", ".5.", "12345678901234567890", "1,"}) {
        CHECK_FALSE(parse_number(text, DecimalMark::kPoint, true));
    }
}

TEST_CASE("percentages, molar amounts, doses", "[quantity]") {
    CHECK(quantities("48%").front().kind == Quantity::Kind::kPercent);
    CHECK(quantities("114,6 %").front().value == Approx(114.6));
    CHECK(quantities("2 mmol").front().value == Approx(48.61));
    CHECK(quantities("6.93 mEq").front().value == Approx(84.22).margin(0.01));
    const auto dose = quantities("2 vegetarian capsules");
    REQUIRE(dose.size() == 1);
    CHECK(dose.front().kind == Quantity::Kind::kDose);
    CHECK(dose.front().value == 2);
    CHECK(dose.front().unit == "capsule");
    CHECK(quantities("Two Capsules").front().value == 2);
}

TEST_CASE("ranges keep both ends", "[quantity]") {
    for (const char* text : {"1-2 capsules", "1–2 capsules", "1 to 2 capsules", "1 bis 2 Kapseln"}) {
        const auto found = quantities(text);
        REQUIRE(found.size() == 1);
        CHECK(found.front().value == 1);
        CHECK(found.front().high == 2);
    }
}

TEST_CASE("a unit may stand with the name or in front of the number", "[quantity]") {
    const auto row = quantities("Magnésio (mg) 260 62");
    REQUIRE(row.size() == 2);
    CHECK(row.front().kind == Quantity::Kind::kMass);
    CHECK(row.front().value == 260);
    CHECK(row.back().kind == Quantity::Kind::kBare);  // the percentage
    const auto columns = quantities("Magnésio (mg) 10400 260 62");
    REQUIRE(columns.size() == 3);
    CHECK(columns[1].kind == Quantity::Kind::kMass);
    CHECK(columns[2].kind == Quantity::Kind::kBare);
    const auto in_front = quantities("Magnesio carbonato mg 450 (120% VNR)");
    REQUIRE(in_front.size() == 2);
    CHECK(in_front.front().kind == Quantity::Kind::kMass);
    CHECK(in_front.front().value == 450);
    // A number behind an amount, and behind the symbol of the element, has none.
    CHECK(quantities("Magnesium 175 mg 47").back().kind == Quantity::Kind::kBare);
    CHECK(quantities("Magnesio citrato Mg 450 (120% VNR)").front().kind == Quantity::Kind::kBare);
}

TEST_CASE("a 1 that was read as a letter", "[quantity]") {
    CHECK(only_mass("l20 mg") == 120);
    CHECK(only_mass("(I50 mg)") == 150);
    CHECK(only_mass("lOO 20 mg") == 20);
    CHECK(only_mass("total 20 mg") == 20);  // the letter of a word
    CHECK(quantities("l20 capsules").front().value != 120);
}

TEST_CASE("a concentration is no mass", "[quantity]") {
    CHECK(quantities("48 mg/l").front().kind == Quantity::Kind::kOther);
    CHECK(quantities("5,000 mg/kg").front().kind == Quantity::Kind::kOther);
    CHECK(quantities("97 mg/5 ml").front().kind == Quantity::Kind::kMass);
    CHECK(quantities("200 mg/2 tablets").front().kind == Quantity::Kind::kMass);
}
