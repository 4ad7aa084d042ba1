#include "calc/formula.h"

#include <catch2/catch.hpp>

#include <string>

using magscan::calc::Composition;
using magscan::calc::magnesium_fraction;
using magscan::calc::molar_mass;
using magscan::calc::parse_formula;

TEST_CASE("A formula gives its atoms", "[formula]") {
    CHECK(*parse_formula("MgO") == Composition{{"Mg", 1}, {"O", 1}});
    CHECK(*parse_formula("Mg(OH)2") == Composition{{"H", 2}, {"Mg", 1}, {"O", 2}});
    CHECK(*parse_formula("Mg3(C6H5O7)2") == Composition{{"C", 12}, {"H", 10}, {"Mg", 3}, {"O", 14}});
    CHECK(*parse_formula("Mg6Al2(CO3)(OH)16.4H2O") ==
          Composition{{"Al", 2}, {"C", 1}, {"H", 24}, {"Mg", 6}, {"O", 23}});
}

TEST_CASE("Parts joined by dots carry multipliers", "[formula]") {
    const auto basic = parse_formula("4MgCO3.Mg(OH)2.5H2O");
    REQUIRE(basic);
    CHECK(*basic == Composition{{"C", 4}, {"H", 12}, {"Mg", 5}, {"O", 19}});
    CHECK(molar_mass(*basic) == Approx(485.646).epsilon(1e-5));
    CHECK(magnesium_fraction(*basic) == Approx(0.25023).epsilon(1e-4));
    CHECK(*parse_formula("MgSO4·7H2O") == *parse_formula("MgSO4.7H2O"));
    CHECK(*parse_formula("MgSO4*7H2O") == *parse_formula("MgSO4.7H2O"));
}

TEST_CASE("Brackets nest and digits may be subscripts", "[formula]") {
    CHECK(*parse_formula("Mg[C(H2)2]2") == Composition{{"C", 2}, {"H", 8}, {"Mg", 1}});
    CHECK(*parse_formula("Mg(C₂H₄NO₂)₂") == *parse_formula("Mg(C2H4NO2)2"));
}

TEST_CASE("A symbol of two letters wins over one of one", "[formula]") {
    CHECK(*parse_formula("CaCl2") == Composition{{"Ca", 1}, {"Cl", 2}});
    CHECK(*parse_formula("Na2SiO3") == Composition{{"Na", 2}, {"O", 3}, {"Si", 1}});
}

TEST_CASE("Fractions of magnesium", "[formula]") {
    CHECK(magnesium_fraction(*parse_formula("Mg")) == Approx(1));
    CHECK(magnesium_fraction(*parse_formula("H2O")) == 0);
    CHECK(magnesium_fraction({}) == 0);
    CHECK(molar_mass({}) == 0);
}

TEST_CASE("What is no formula is refused with a reason", "[formula]") {
    for (const char* wrong : {"",          " ",   "Xx",      "mgo",  "Mg(",     "Mg)",  "Mg(OH",
                              "Mg[OH)2",   "Mg0", "Mg(OH)0", "0MgO", "Mg99999", ".MgO", "MgO.",
                              "Mg..O",     "()",  "Mg()2",   "Mg O", "Mg-O",    "4",    "citrate + MgO blend",
                              "MgSO4.xH2O"}) {
        const auto result = parse_formula(wrong);
        INFO(wrong);
        REQUIRE_FALSE(result);
        CHECK_FALSE(result.error().empty());
    }
}

TEST_CASE("Hostile formulas end quickly", "[formula]") {
    CHECK_FALSE(parse_formula(std::string(100000, '(')));
    CHECK_FALSE(parse_formula(std::string(150, '(')));
    CHECK_FALSE(parse_formula(std::string(201, 'H')));
    CHECK(parse_formula(std::string(200, 'H')));
    CHECK_FALSE(parse_formula("Mg99999999999999999999"));
    CHECK_FALSE(parse_formula(std::string("Mg\0O", 4)));
    CHECK_FALSE(parse_formula("\xE2\x82"));
    CHECK_FALSE(parse_formula("\xFF\xFE"));
    CHECK(parse_formula("Mg((((((((O))))))))"));
    CHECK_FALSE(parse_formula("Mg(((((((((O)))))))))"));
}
