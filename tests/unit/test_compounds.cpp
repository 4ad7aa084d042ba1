#include "calc/compounds.h"

#include <catch2/catch.hpp>

#include <map>
#include <set>
#include <string>

using namespace magscan::calc;

TEST_CASE("Mass fractions follow from the formulas", "[compounds]") {
    // Typed from tables of molar masses, not from the program's own data.
    const std::map<std::string, double> expected = {
        {"oxide", 0.60304},
        {"hydroxide", 0.41676},
        {"carbonate", 0.28827},
        {"carbonate-basic-pentahydrate", 0.25023},
        {"chloride", 0.25529},
        {"chloride-hexahydrate", 0.11956},
        {"sulfate-anhydrous", 0.20193},
        {"sulfate-heptahydrate", 0.09861},
        {"citrate-tri", 0.16163},
        {"citrate-nonahydrate", 0.11890},
        {"citrate-mono", 0.11336},
        {"malate", 0.15543},
        {"malate-trihydrate", 0.11551},
        {"lactate-dihydrate", 0.10192},
        {"gluconate", 0.05862},
        {"bisglycinate", 0.14096},
        {"bisglycinate-dihydrate", 0.11660},
        {"lysinate-glycinate", 0.09980},
        {"taurate", 0.08917},
        {"acetyl-taurate", 0.06815},
        {"l-threonate", 0.08253},
        {"l-threonate-monohydrate", 0.07777},
        {"orotate", 0.07266},
        {"orotate-dihydrate", 0.06560},
        {"aspartate", 0.08425},
        {"aspartate-dihydrate", 0.07489},
        {"glycerophosphate", 0.12505},
        {"pidolate", 0.08664},
        {"ascorbate", 0.06489},
        {"succinate", 0.17314},
        {"bhb", 0.10545},
        {"alpha-ketoglutarate", 0.14434},
        {"phosphate-dibasic-trihydrate", 0.13942},
        {"stearate", 0.04111},
        {"creatine-chelate", 0.08541},
        {"elemental", 1.0},
    };
    for (const auto& [id, fraction] : expected) {
        const Compound* compound = find_compound(id);
        INFO(id);
        REQUIRE(compound != nullptr);
        CHECK(compound->fraction == Approx(fraction).margin(1e-4));
    }
}

TEST_CASE("Molar masses", "[compounds]") {
    CHECK(find_compound("oxide")->molar_mass == Approx(40.304).margin(0.001));
    CHECK(find_compound("citrate-tri")->molar_mass == Approx(451.113).margin(0.001));
    CHECK(find_compound("bisglycinate")->molar_mass == Approx(172.423).margin(0.001));
    CHECK(find_compound("amino-acid-chelate")->molar_mass == 0);
    CHECK(find_compound("amino-acid-chelate")->fraction == 0);
}

TEST_CASE("An unknown id is no compound", "[compounds]") {
    CHECK(find_compound("") == nullptr);
    CHECK(find_compound("unobtainate") == nullptr);
    CHECK(find_compound("OXIDE") == nullptr);
}

TEST_CASE("Ids are unique and every row is whole", "[compounds]") {
    std::set<std::string> ids;
    for (const Compound& compound : compounds()) {
        INFO(compound.id);
        CHECK(ids.insert(compound.id).second);
        CHECK_FALSE(compound.name.empty());
        CHECK_FALSE(compound.why.empty());
        CHECK_FALSE(compound.sources.empty());
        CHECK(find_compound(compound.id) == &compound);
        CHECK((compound.formula.empty() ? compound.fraction == 0 : compound.fraction > 0));
        CHECK(compound.fraction <= 1);
    }
    CHECK(compounds().size() >= 90);
}

TEST_CASE("Declared shares are ordered and possible", "[compounds]") {
    const double oxide = find_compound("oxide")->fraction;
    for (const Compound& compound : compounds()) {
        INFO(compound.id);
        CHECK(compound.declared_low <= compound.declared_typical);
        CHECK(compound.declared_typical <= compound.declared_high);
        CHECK(compound.declared_low >= 0);
        // No salt holds more than the oxide.
        if (compound.id != "elemental") CHECK(compound.declared_high <= oxide);
        // Beyond its formula a defined compound is declared only by drying or rounding.
        if (compound.definition == Definition::kDefined && compound.id != "l-threonate-monohydrate")
            CHECK(compound.declared_high <= compound.fraction * 1.025);
    }
}

TEST_CASE("A label name that covers several compounds spans their shares", "[compounds]") {
    const auto spans = [](const char* name, const char* low, const char* high) {
        INFO(name);
        REQUIRE(find_compound(name) != nullptr);
        CHECK(find_compound(name)->definition == Definition::kAmbiguous);
        CHECK(find_compound(name)->declared_low <= find_compound(low)->fraction);
        CHECK(find_compound(name)->declared_high >= find_compound(high)->fraction - 1e-3);
    };
    spans("citrate-unspecified", "citrate-nonahydrate", "citrate-tri");
    spans("glycinate-unspecified", "bisglycinate-dihydrate", "bisglycinate");
    spans("malate-unspecified", "malate-trihydrate", "malate");
    spans("chloride-unspecified", "chloride-hexahydrate", "chloride");
    spans("sulfate-unspecified", "sulfate-heptahydrate", "sulfate-anhydrous");
    spans("lactate-unspecified", "lactate-trihydrate", "lactate");
    spans("gluconate-unspecified", "gluconate-dihydrate", "gluconate");
    spans("orotate-unspecified", "orotate-dihydrate", "orotate");
    spans("aspartate-unspecified", "aspartate-tetrahydrate", "aspartate");
    spans("acetyl-taurate-unspecified", "acetyl-taurate-dihydrate", "acetyl-taurate");
    spans("l-threonate-unspecified", "l-threonate-monohydrate", "l-threonate");
    spans("acetate-unspecified", "acetate-tetrahydrate", "acetate");
    spans("phosphate-unspecified", "phosphate-dibasic-trihydrate", "phosphate-tribasic");
}

TEST_CASE("Families", "[compounds]") {
    CHECK(find_compound("glycinate-unspecified")->family == "bisglycinate");
    CHECK(find_compound("lysinate")->family == "lysinate-glycinate");
    CHECK(find_compound("marine-aquamin")->family == "marine");
    CHECK(find_compound("sucrosomial-oxide")->family == "sucrosomial");
    CHECK(find_compound("alpha-ketoglutarate")->family == "alpha-ketoglutarate");
    CHECK(find_compound("liposomal")->family == "other");
    CHECK(find_compound("stearate")->definition == Definition::kExcipient);
}
