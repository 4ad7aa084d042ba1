// Molar masses and shares of magnesium, worked out again without the program's parser of formulas and without its
// table of atomic weights.
#include "calc/compounds.h"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include <nlohmann/json.hpp>

using namespace magscan::calc;

namespace {

// Standard atomic weights as textbooks print them.
const std::map<std::string, double> kWeights = {{"H", 1.008},   {"C", 12.011},  {"N", 14.007},  {"O", 15.999},
                                                {"Mg", 24.305}, {"Al", 26.982}, {"Si", 28.085}, {"P", 30.974},
                                                {"S", 32.06},   {"Cl", 35.45},  {"K", 39.098},  {"Ca", 40.078}};

std::map<std::string, std::map<std::string, int>> counted_atoms() {
    std::ifstream in(std::filesystem::path(MAGSCAN_SOURCE_DIR) / "tests/fixtures/compounds/atoms.json");
    REQUIRE(in);
    return nlohmann::json::parse(in).at("atoms").get<std::map<std::string, std::map<std::string, int>>>();
}

}  // namespace

TEST_CASE("Every molar mass and share agrees with atoms counted by hand", "[compounds]") {
    const auto atoms = counted_atoms();
    std::size_t checked = 0;
    for (const Compound& compound : compounds()) {
        INFO(compound.id);
        if (compound.formula.empty()) {
            CHECK(atoms.count(compound.id) == 0);
            continue;
        }
        REQUIRE(atoms.count(compound.id) == 1);
        double mass = 0;
        for (const auto& [element, count] : atoms.at(compound.id)) mass += kWeights.at(element) * count;
        CHECK(compound.molar_mass == Approx(mass).epsilon(0).margin(0.005));
        const double magnesium = kWeights.at("Mg") * atoms.at(compound.id).at("Mg");
        CHECK(compound.fraction == Approx(magnesium / mass).epsilon(0).margin(1e-4));
        ++checked;
    }
    CHECK(checked == atoms.size());
}

TEST_CASE("CAS numbers have the right check digit and stand for one compound", "[compounds]") {
    std::map<std::string, std::string> owners;
    for (const Compound& compound : compounds()) {
        if (!compound.cas) continue;
        INFO(compound.id << " " << *compound.cas);
        CHECK(owners.emplace(*compound.cas, compound.id).second);
        std::string digits;
        for (const char letter : *compound.cas)
            if (letter != '-') digits += letter;
        int sum = 0;
        for (std::size_t i = 0; i + 1 < digits.size(); ++i)
            sum += (digits[i] - '0') * static_cast<int>(digits.size() - 1 - i);
        CHECK(sum % 10 == digits.back() - '0');
    }
    CHECK(owners.size() >= 50);
}

TEST_CASE("A family's name stands for one row, and no row is without a family", "[compounds]") {
    std::map<std::string, int> rows, names;
    for (const Compound& compound : compounds()) {
        INFO(compound.id);
        CHECK_FALSE(compound.family.empty());
        ++rows[compound.family];
        names[compound.family] += compound.names_family ? 1 : 0;
    }
    for (const auto& [family, count] : names) {
        INFO(family);
        CHECK(count == 1);
        REQUIRE(compound_of_family(family) != nullptr);
        CHECK(compound_of_family(family)->family == family);
    }
    CHECK(rows.size() == 27);
    CHECK(compound_of_family("citrate")->id == "citrate-unspecified");
    CHECK(compound_of_family("other")->id == "complex-unspecified");
    CHECK(compound_of_family("unobtainate") == nullptr);
    CHECK(compound_of_family("") == nullptr);
}

TEST_CASE("What a broad name covers are substances of its kind", "[compounds]") {
    for (const Compound& compound : compounds()) {
        INFO(compound.id);
        if (compound.covers.empty()) continue;
        CHECK((compound.definition == Definition::kAmbiguous || compound.definition == Definition::kRange));
        for (const std::string& id : compound.covers) {
            INFO(id);
            const Compound* covered = find_compound(id);
            REQUIRE(covered != nullptr);
            CHECK(covered->covers.empty());
            CHECK(covered->definition != Definition::kExcipient);
            if (compound.id != "buffered-unspecified") CHECK(covered->family == compound.family);
        }
    }
}

TEST_CASE("What law and registers say of a compound", "[compounds]") {
    const auto eu = [](const char* id) { return find_compound(id)->eu_status; };
    CHECK(eu("bisglycinate") == EuStatus::kListed);
    CHECK(eu("orotate") == EuStatus::kNotListed);
    CHECK(eu("l-threonate-monohydrate") == EuStatus::kNovelFood);
    CHECK(eu("aspartate") == EuStatus::kSpecialFoods);
    CHECK(eu("citrate-buffered") == EuStatus::kByParts);
    CHECK(eu("complex-unspecified") == EuStatus::kUnclear);
    CHECK(eu("elemental") == EuStatus::kNotApplicable);
    CHECK(find_compound("oxide")->additive == "E530");
    CHECK_FALSE(find_compound("taurate")->additive);
    CHECK(find_compound("citrate-tri")->cas_status == CasStatus::kVerified);
    CHECK(find_compound("acetyl-taurate")->cas_status == CasStatus::kUnsure);
    CHECK_FALSE(find_compound("citrate-unspecified")->cas);
    CHECK(name_of(EuStatus::kByParts) == "by_parts");
    CHECK(name_of(CasStatus::kLikely) == "likely");
    CHECK(name_of(Definition::kAmbiguous) == "ambiguous");
}
