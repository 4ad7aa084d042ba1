#include "scan/dose_question.h"

#include <catch2/catch.hpp>

#include <map>
#include <string>

using namespace magscan;
using scan::asked_amount;
using scan::compound_named;
using scan::dose_question;

namespace {

std::string id_of(const std::string& name) {
    const auto compound = compound_named(name);
    return compound ? (*compound)->id : "error: " + compound.error();
}

}  // namespace

TEST_CASE("A form is named as on a label, by its family or by its id", "[dose_question]") {
    const std::map<std::string, std::string> expected = {
        {"citrate", "citrate-unspecified"},
        {"magnesium citrate", "citrate-unspecified"},
        {"Magnesiumcitrat", "citrate-unspecified"},
        {"citrate de magnésium", "citrate-unspecified"},
        {"CITRATE", "citrate-unspecified"},
        {"trimagnesium dicitrate anhydrous", "citrate-tri"},
        {"citrate-nonahydrate", "citrate-nonahydrate"},
        {"magnesium glycinate", "glycinate-unspecified"},
        {"bisglycinate", "bisglycinate"},
        {"buffered magnesium glycinate", "bisglycinate-buffered"},
        {"buffered", "buffered-unspecified"},
        {"buffered magnesium", "buffered-unspecified"},
        {"complex", "complex-unspecified"},
        {"magnesium complex", "complex-unspecified"},
        {"liposomal", "liposomal"},
        {"marine", "marine-unspecified"},
        {"Magtein", "l-threonate-monohydrate"},
        {"l-threonate", "l-threonate-unspecified"},
        {"Epsom salt", "sulfate-heptahydrate"},
        {"potassium magnesium citrate", "potassium-magnesium-citrate"},
        {"magnesium", "elemental"},
        {"elemental magnesium", "elemental"},
        {"reines Magnesium", "elemental"},
        {"Mg", "elemental"},
        {"oxide-ozonated", "oxide-ozonated"},
    };
    for (const auto& [name, id] : expected) {
        INFO(name);
        CHECK(id_of(name) == id);
    }
}

TEST_CASE("A name that labels use broadly is broad, also where it is an id; id: takes the row", "[dose_question]") {
    for (const calc::Compound& broad : calc::compounds()) {
        for (const std::string& id : broad.covers) {
            if (broad.id != id + "-unspecified") continue;
            INFO(id);
            CHECK(id_of(id) == broad.id);
        }
    }
    for (const calc::Compound& compound : calc::compounds()) CHECK(id_of("id:" + compound.id) == compound.id);
}

TEST_CASE("Every family and every id is a name", "[dose_question]") {
    for (const calc::Compound& compound : calc::compounds()) {
        INFO(compound.id);
        const auto family = compound_named(compound.family);
        REQUIRE(family);
        CHECK((*family)->family == compound.family);
        const auto id = compound_named(compound.id);
        REQUIRE(id);
        CHECK((*id)->family == compound.family);
    }
}

TEST_CASE("What is no form is refused, with what may have been meant", "[dose_question]") {
    const auto error_of = [](const std::string& name) {
        const auto compound = compound_named(name);
        return compound ? "no error: " + (*compound)->id : compound.error();
    };
    CHECK(error_of("citrte").find("Did you mean citrate") != std::string::npos);
    CHECK(error_of("magnesium glycnate").find("bisglycinate") != std::string::npos);
    CHECK(error_of("malatte").find("malate") != std::string::npos);
    CHECK(error_of("id:citrate-mon").find("citrate-mono") != std::string::npos);
    CHECK(error_of("unobtainium").find("magscan compounds lists all") != std::string::npos);
    CHECK(error_of("oxide and citrate").find("several forms") != std::string::npos);
    CHECK(error_of("zinc citrate").find("another mineral") != std::string::npos);
    CHECK(error_of("zinc magnesium citrate").find("another mineral") != std::string::npos);
    CHECK(error_of("calcium").find("another mineral") != std::string::npos);
    CHECK(error_of("citrate 500 mg").find("no form of magnesium") != std::string::npos);
    CHECK(error_of("").find("no form is named") != std::string::npos);
    CHECK(error_of(" \t ").find("no form is named") != std::string::npos);
    CHECK(error_of(std::string(201, 'a')).find("longer than 200") != std::string::npos);
    CHECK(error_of("\x1b[2J\xff").find('\x1b') == std::string::npos);
}

TEST_CASE("Amounts as people write them", "[dose_question]") {
    const std::map<std::string, double> masses = {
        {"500mg", 500}, {"500 mg", 500}, {"1,000 mg", 1000}, {"1.000 mg", 1000}, {"0.5g", 500},    {"0,5 g", 500},
        {"1,5g", 1500}, {"400mcg", 0.4}, {"400 µg", 0.4},    {"81,9 mg", 81.9},  {"1.500 g", 1500}};
    for (const auto& [text, mg] : masses) {
        INFO(text);
        const auto amount = asked_amount(text);
        REQUIRE(amount);
        CHECK(amount->mg == Approx(mg));
        CHECK_FALSE(amount->molar);
    }
    for (const char* text : {"20mmol", "20 mmol", "40mEq", "40 meq"}) {
        INFO(text);
        const auto amount = asked_amount(text);
        REQUIRE(amount);
        CHECK(amount->mg == Approx(20 * 24.305));
        CHECK(amount->molar);
    }
    for (const char* text : {"", "500", "mg", "-5mg", "0mg", "5%", "500 IU", "2 capsules", "100-200mg", "<5mg",
                             "500mg 200mg", "1e3mg", "nan mg", "99999999999mg", "500mgs of it"}) {
        INFO(text);
        REQUIRE_FALSE(asked_amount(text));
        CHECK(asked_amount(text).error().find("Write it as") != std::string::npos);
    }
    CHECK_FALSE(asked_amount(std::string(100'000, '5')));
}

TEST_CASE("A whole question", "[dose_question]") {
    const auto question = dose_question({"citrate", "500mg", "compound", 2, 3});
    REQUIRE(question);
    CHECK(question->compound == "citrate-unspecified");
    CHECK(question->amount_mg == 500);
    CHECK(question->basis == calc::Basis::kCompound);
    CHECK(question->units_per_serving == 2.0);
    CHECK(question->servings_per_day == 3.0);
    CHECK(dose_question({"citrate", "500mg", std::nullopt, {}, {}})->basis == calc::Basis::kAmbiguous);
    CHECK(dose_question({"citrate", "500mg", "unknown", {}, {}})->basis == calc::Basis::kAmbiguous);
    CHECK(dose_question({"citrate", "500mg", "elemental", {}, {}})->basis == calc::Basis::kElemental);
    // Moles count atoms of magnesium, whatever they are bound to.
    CHECK(dose_question({"citrate", "5mmol", std::nullopt, {}, {}})->basis == calc::Basis::kElemental);
    CHECK(dose_question({"citrate", "5mmol", "compound", {}, {}}).error().find("moles count magnesium") == 0);
    CHECK(dose_question({"citrate", "500mg", "weight", {}, {}}).error().find("Write compound, elemental") !=
          std::string::npos);
    CHECK(dose_question({"citrate", "200g", std::nullopt, {}, {}}).error().find("100 g") != std::string::npos);
    CHECK(dose_question({"citrate", "500mg", std::nullopt, 0, {}}).error().find("units") != std::string::npos);
    CHECK(dose_question({"citrate", "500mg", std::nullopt, {}, -1}).error().find("servings") != std::string::npos);
}
