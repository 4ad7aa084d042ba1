#include "scan/dose_answer.h"

#include <catch2/catch.hpp>

#include <sstream>
#include <string>

#include "scan/dose_question.h"
#include "tests/support/schema.h"

using namespace magscan;

namespace {

calc::Dose answer(const scan::AskedDose& asked) {
    const auto question = scan::dose_question(asked);
    REQUIRE(question);
    return *calc::dose(*question);
}

}  // namespace

TEST_CASE("Answers keep to their schema, whatever is asked", "[dose_answer]") {
    for (const calc::Compound& compound : calc::compounds()) {
        for (const char* basis : {"compound", "elemental", "unknown"}) {
            for (const std::optional<double> count : {std::optional<double>(), std::optional<double>(2)}) {
                INFO(compound.id << " " << basis);
                const nlohmann::json out =
                    scan::dose_json(answer({"id:" + compound.id, "123.4mg", basis, count, count}));
                CHECK(schema_errors(out, "docs/calc.schema.json").empty());
                CHECK(out.at("form").at("compound") == compound.id);
            }
        }
    }
    nlohmann::json broken = scan::dose_json(answer({"citrate", "500mg", std::nullopt, {}, {}}));
    broken["basis"] = "both";
    CHECK_FALSE(schema_errors(broken, "docs/calc.schema.json").empty());
}

TEST_CASE("A program gets figures, bounds and the steps between", "[dose_answer]") {
    const nlohmann::json out = scan::dose_json(answer({"citrate", "500mg", "compound", {}, 2}));
    CHECK(out.at("basis") == "compound");
    CHECK(out.at("rule").is_null());
    CHECK(out.at("fraction").at("low") == 0.105);
    CHECK(out.at("fraction").at("high") == 0.165);
    CHECK(out.at("fraction").at("value").is_null());
    CHECK(out.at("elemental_mg").at("per_serving").at("low") == 52.5);
    CHECK(out.at("elemental_mg").at("per_day").at("high") == 165);
    CHECK(out.at("elemental_mg").at("per_unit").is_null());
    CHECK(out.at("could_be").size() == 3);
    const auto& reading = out.at("readings").at(0);
    CHECK(reading.at("arithmetic").at(0) == "500 mg x 10.5 to 16.5 % = 52.5 to 82.5 mg magnesium");
    CHECK(reading.at("arithmetic").at(1) == "52.5 to 82.5 mg x 2 servings = 105 to 165 mg per day");
    CHECK(reading.at("daily_values").at(0).at("percent_per_serving").at("low") == 12.5);
}

TEST_CASE("People get an answer that fits a terminal", "[dose_answer]") {
    const std::string open = scan::dose_text(answer({"citrate", "500mg", std::nullopt, {}, {}}));
    CHECK(open.find("Either      52.5 to 82.5 mg elemental magnesium per serving, if the amount is the compound's\n") ==
          0);
    CHECK(open.find("or          500 mg elemental magnesium per serving, if the amount is magnesium's") !=
          std::string::npos);
    CHECK(open.find("13 to 20 % of the US daily value, 14 to 22 % of the EU reference value") != std::string::npos);
    CHECK(open.find("Trimagnesium dicitrate nonahydrate: 10.5 to 12 %, then 52.5 to 60 mg magnesium") !=
          std::string::npos);
    const std::string daily = scan::dose_text(answer({"lysinate glycinate", "200mg", "elemental", 2, 2}));
    CHECK(daily.find("Answer      200 mg elemental magnesium per serving\n") == 0);
    CHECK(daily.find("100 mg per unit") != std::string::npos);
    CHECK(daily.find("400 mg per day") != std::string::npos);
    CHECK(daily.find("95 % of the US daily value, 107 % of the EU reference value, per day") != std::string::npos);
    CHECK(daily.find("of the compound per serving") != std::string::npos);
    for (const calc::Compound& compound : calc::compounds()) {
        std::istringstream lines(scan::dose_text(answer({"id:" + compound.id, "12345.678mg", "unknown", 7, 3})));
        for (std::string line; std::getline(lines, line);) {
            INFO(line);
            CHECK(line.size() <= 100);
        }
    }
}
