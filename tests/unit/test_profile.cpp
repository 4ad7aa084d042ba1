#include "calc/profile.h"

#include <catch2/catch.hpp>

#include "calc/jurisdiction.h"

using namespace magscan;
using calc::LifeStage;
using calc::Sex;

TEST_CASE("a person is told in parts of any order", "[profile]") {
    const auto adult = calc::parse_profile("adult");
    REQUIRE(adult);
    CHECK(calc::is_default(*adult));

    for (const char* text : {"age=12,sex=f", "sex=f,age=12", " Age=12 , SEX=F ", "age=12y,sex=female"}) {
        INFO(text);
        const auto girl = calc::parse_profile(text);
        REQUIRE(girl);
        CHECK(girl->age_years == 12.0);
        CHECK(girl->sex == Sex::kFemale);
        CHECK(girl->stage == LifeStage::kNone);
        CHECK_FALSE(calc::is_default(*girl));
    }
    CHECK(calc::parse_profile("age=6m")->age_years == 0.5);
    CHECK(calc::parse_profile("age=0")->age_years == 0.0);
    CHECK(calc::parse_profile("age=120")->age_years == 120.0);
    CHECK(calc::parse_profile("pregnant")->stage == LifeStage::kPregnant);
    CHECK(calc::parse_profile("lactating,age=30")->stage == LifeStage::kLactating);
    CHECK(calc::parse_profile("adult,age=18")->age_years == 18.0);
}

TEST_CASE("what is no person is refused with what is allowed", "[profile]") {
    for (const char* text : {"", "adult,", "child", "age=", "age=x", "age=-1", "age=121", "age=nan", "age=inf",
                             "age=1e9", "age=12 3q", "sex=", "sex=x", "age=3,age=4", "pregnant,lactating",
                             "pregnant,sex=m", "lactating,age=9", "adult,age=17", "none"}) {
        INFO(text);
        const auto profile = calc::parse_profile(text);
        REQUIRE_FALSE(profile);
        CHECK(profile.error().find("adult, pregnant, lactating, age=YEARS") != std::string::npos);
    }
}

TEST_CASE("a person is named in words", "[profile]") {
    const auto words = [](const char* text) { return calc::profile_words(calc::parse_profile(text).value()); };
    CHECK(words("adult") == "an adult");
    CHECK(words("sex=m") == "a man");
    CHECK(words("sex=f,age=40") == "a woman of 40 years");
    CHECK(words("pregnant,age=25") == "a pregnant woman of 25 years");
    CHECK(words("lactating") == "a breastfeeding woman");
    CHECK(words("age=12,sex=f") == "a girl of 12 years");
    CHECK(words("age=12,sex=m") == "a boy of 12 years");
    CHECK(words("age=17") == "a child of 17 years");
    CHECK(words("age=18") == "an adult of 18 years");
    CHECK(words("age=6m") == "a child of 6 months");
    CHECK(words("age=1") == "a child of 1 year");
    CHECK(words("age=18m") == "a child of 18 months");
    CHECK(words("age=8.5") == "a child of 8.5 years");
}

TEST_CASE("places are known by their ids", "[profile]") {
    using calc::Jurisdiction;
    CHECK(calc::parse_jurisdiction("us") == Jurisdiction::kUs);
    CHECK(calc::parse_jurisdiction("EU") == Jurisdiction::kEu);
    CHECK(calc::parse_jurisdiction("uk") == Jurisdiction::kUk);
    CHECK(calc::parse_jurisdiction("ca") == Jurisdiction::kCanada);
    CHECK(calc::parse_jurisdiction("au") == Jurisdiction::kAustralia);
    for (const char* id : {"us", "eu", "uk", "ca", "au", "de", "no", "jp"}) {
        CHECK(calc::id_of(calc::parse_jurisdiction(id).value()) == id);
    }
    for (const char* text : {"", "usa", "u", "us ", "fr"}) {
        const auto place = calc::parse_jurisdiction(text);
        REQUIRE_FALSE(place);
        CHECK(place.error().find("us, eu, uk, ca, au") != std::string::npos);
    }
    CHECK(calc::market_of(Jurisdiction::kUk) == parser::Jurisdiction::kEu);
    CHECK(calc::market_of(Jurisdiction::kCanada) == parser::Jurisdiction::kCanada);
    CHECK(calc::home_of(parser::Jurisdiction::kAustralia) == Jurisdiction::kAustralia);
    CHECK_FALSE(calc::home_of(parser::Jurisdiction::kUnknown));
}
