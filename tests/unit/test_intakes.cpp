#include "calc/intakes.h"

#include <catch2/catch.hpp>

#include <fstream>
#include <map>
#include <set>

#include <nlohmann/json.hpp>

#include "tests/support/schema.h"

using namespace magscan;
using calc::Jurisdiction;
using nlohmann::json;

namespace {

using Range = std::pair<double, double>;

std::optional<Range> intake(const char* who, Jurisdiction place) {
    const auto found = calc::intake_for(calc::parse_profile(who).value(), place);
    return found ? std::optional(Range{found->low_mg, found->high_mg}) : std::nullopt;
}

Range one(double mg) {
    return {mg, mg};
}

}  // namespace

TEST_CASE("intakes.json keeps to its schema, and the schema finds what is wrong", "[intakes]") {
    std::ifstream file(MAGSCAN_SOURCE_DIR "/calc/data/intakes.json");
    json data = json::parse(file);
    const std::string schema = "calc/data/schema/intakes.schema.json";
    CHECK(schema_errors(data, schema) == "");
    json& row = data["intakes"][0];
    SECTION("a sex that is none") {
        row["sex"] = "x";
    }
    SECTION("no life stage") {
        row["life_stages"] = json::array();
    }
    SECTION("an amount for nobody") {
        row["mg"] = 4000;
    }
    SECTION("a key too many") {
        row["limit"] = 350;
    }
    CHECK_FALSE(schema_errors(data, schema).empty());
}

TEST_CASE("each person has at most one figure, children need more as they grow", "[intakes]") {
    std::set<std::string> ids;
    for (const calc::IntakeRow& row : calc::intake_rows()) CHECK(ids.insert(row.id).second);
    for (const char* place : {"us", "eu", "uk", "ca", "au"}) {
        const Jurisdiction where = calc::parse_jurisdiction(place).value();
        for (const char* sex : {"f", "m"}) {
            double last = 0;
            for (int months = 0; months < 18 * 12; ++months) {
                const std::string who = "sex=" + std::string(sex) + ",age=" + std::to_string(months) + "m";
                INFO(place << " " << who);
                const auto found = intake(who.c_str(), where);
                if (!found) {
                    CHECK(months < 12);
                    continue;
                }
                CHECK(found->first == found->second);
                CHECK(found->first >= last);
                last = found->first;
            }
        }
    }
}

TEST_CASE("the recommended intake follows age, sex and life stage", "[intakes]") {
    const auto us = Jurisdiction::kUs;
    CHECK(intake("age=0", us) == one(30));
    CHECK(intake("age=6m", us) == one(30));
    CHECK(intake("age=7m", us) == one(75));
    CHECK(intake("age=1", us) == one(80));
    CHECK(intake("age=3.9", us) == one(80));
    CHECK(intake("age=4", us) == one(130));
    CHECK(intake("age=9", us) == one(240));
    CHECK(intake("age=14,sex=m", us) == one(410));
    CHECK(intake("age=14,sex=f", us) == one(360));
    CHECK(intake("age=14", us) == Range(360, 410));
    CHECK(intake("age=19,sex=m", us) == one(400));
    CHECK(intake("age=30.9,sex=f", us) == one(310));
    CHECK(intake("age=31,sex=f", us) == one(320));
    CHECK(intake("age=31,sex=m", us) == one(420));
    CHECK(intake("age=90,sex=m", us) == one(420));
    CHECK(intake("adult", us) == Range(310, 420));
    CHECK(intake("sex=m", us) == Range(400, 420));
    CHECK(intake("pregnant,age=18", us) == one(400));
    CHECK(intake("pregnant,age=30", us) == one(350));
    CHECK(intake("pregnant,age=31", us) == one(360));
    CHECK(intake("pregnant", us) == Range(350, 360));
    CHECK(intake("lactating,age=18", us) == one(360));
    CHECK(intake("lactating,age=31", us) == one(320));
    CHECK_FALSE(intake("pregnant,age=60", us));
}

TEST_CASE("each place recommends what it does", "[intakes]") {
    CHECK(intake("age=40,sex=m", Jurisdiction::kCanada) == one(420));
    CHECK_FALSE(intake("age=6m", Jurisdiction::kEu));
    CHECK(intake("age=7m", Jurisdiction::kEu) == one(80));
    CHECK(intake("age=1", Jurisdiction::kEu) == one(170));
    CHECK(intake("age=3", Jurisdiction::kEu) == one(230));
    CHECK(intake("age=10,sex=m", Jurisdiction::kEu) == one(300));
    CHECK(intake("age=10,sex=f", Jurisdiction::kEu) == one(250));
    CHECK(intake("age=18,sex=m", Jurisdiction::kEu) == one(350));
    CHECK(intake("pregnant", Jurisdiction::kEu) == one(300));
    CHECK(intake("adult", Jurisdiction::kEu) == Range(300, 350));
    CHECK(intake("adult", Jurisdiction::kGermany) == Range(300, 350));
    CHECK(intake("age=7", Jurisdiction::kUk) == one(200));
    CHECK(intake("age=18,sex=f", Jurisdiction::kUk) == one(300));
    CHECK(intake("age=19,sex=f", Jurisdiction::kUk) == one(270));
    CHECK(intake("pregnant", Jurisdiction::kUk) == one(270));
    CHECK(intake("lactating", Jurisdiction::kUk) == one(320));
    CHECK(intake("age=25,sex=f", Jurisdiction::kAustralia) == one(310));
    CHECK(intake("pregnant,age=35", Jurisdiction::kAustralia) == one(360));
    CHECK_FALSE(intake("adult", Jurisdiction::kJapan));
    const auto found = calc::intake_for({}, Jurisdiction::kUk);
    CHECK(found->kind == "RNI");
    CHECK(found->authority == "Department of Health (UK)");
    CHECK_FALSE(found->source.empty());
}
