// Labels worked out by hand: what is printed, what else is known of the product, and every figure that must come out.
// tests/fixtures/worked_examples.json describes its own shape.
#include <catch2/catch.hpp>

#include <cmath>
#include <fstream>
#include <set>
#include <string>

#include <nlohmann/json.hpp>

#include "calc/assess.h"
#include "calc/names.h"
#include "parser/label_parser.h"

using namespace magscan;
using nlohmann::json;

namespace {

constexpr double kCloseMg = 0.5;

json examples() {
    std::ifstream in(std::string(MAGSCAN_SOURCE_DIR) + "/tests/fixtures/worked_examples.json");
    REQUIRE(in);
    return json::parse(in).at("examples");
}

parser::Amount amount_of(double mg) {
    return {mg, 1, std::to_string(static_cast<int>(mg)) + " mg", false};
}

// A row of a label that is given by hand, where the text is prose.
parser::Statement row_of(const json& row) {
    parser::Statement s;
    s.place = parser::Place::kPanel;
    for (const json& form : row.at("forms")) s.forms.push_back({form.at(0), form.at(1), form.at(1)});
    if (row.contains("compound_mg")) {
        s.subject = parser::Subject::kCompound;
        s.amount = amount_of(row.at("compound_mg"));
        s.no_daily_value_mark = true;
    }
    if (row.contains("of_which_mg")) s.inner_element = amount_of(row.at("of_which_mg"));
    if (row.contains("elemental_mg")) {
        s.amount = amount_of(row.at("elemental_mg"));
        s.says_elemental = true;
    }
    if (row.contains("up_to_mg")) s.other_columns = {{amount_of(row.at("up_to_mg")), std::nullopt, {}}};
    return s;
}

parser::Label label_of(const json& example) {
    parser::Label label;
    if (example.contains("rows")) {
        label.names_magnesium = true;
        for (const json& row : example.at("rows")) label.statements.push_back(row_of(row));
    } else {
        label = parser::parse_text(example.at("text").get<std::string>());
    }
    const json known = example.value("known", json::object());
    if (known.empty()) return label;
    if (!label.serving) label.serving.emplace();
    parser::Serving& serving = *label.serving;
    if (known.contains("unit")) serving.unit = known.at("unit").get<std::string>();
    if (known.contains("units")) serving.units = known.at("units").get<double>();
    if (known.contains("servings_a_day")) {
        serving.per_day_low = known.at("servings_a_day").at(0).get<double>();
        serving.per_day_high = known.at("servings_a_day").at(1).get<double>();
    }
    return label;
}

// [low, value, high], the value null where it is open; null for no figure at all.
void check_interval(const std::string& what, const std::optional<calc::Interval>& got, const json& want) {
    INFO(what << ": want " << want.dump());
    REQUIRE(got.has_value() == !want.is_null());
    if (!got) return;
    INFO("got " << got->low << " / " << got->value.value_or(-1) << " / " << got->high);
    CHECK(std::abs(got->low - want.at(0).get<double>()) <= kCloseMg);
    CHECK(std::abs(got->high - want.at(2).get<double>()) <= kCloseMg);
    REQUIRE(got->value.has_value() == !want.at(1).is_null());
    if (got->value) CHECK(std::abs(*got->value - want.at(1).get<double>()) <= kCloseMg);
}

// Whole percents of a reference amount, as the figure's own value.
void check_percent(const json& want, const char* key, const std::optional<calc::Interval>& figure, double base) {
    if (!want.contains(key)) return;
    INFO(key);
    REQUIRE(figure);
    REQUIRE(figure->value);
    CHECK(std::floor(100 * *figure->value / base + 0.5) == want.at(key).get<double>());
}

std::set<std::string> codes_of(const calc::Assessment& assessment) {
    std::set<std::string> codes;
    for (const auto& warning : assessment.warnings) codes.insert(warning.code);
    return codes;
}

std::set<std::string> checks_of(const calc::Assessment& assessment) {
    std::set<std::string> checks;
    for (const auto& check : assessment.checks) checks.insert(check.rule + " " + std::string(name_of(check.result)));
    return checks;
}

}  // namespace

TEST_CASE("worked examples come out to the half milligram", "[worked]") {
    int count = 0;
    for (const json& example : examples()) {
        ++count;
        const std::string id = example.at("id");
        INFO(id << ": " << example.value("text", ""));
        const calc::Assessment a = calc::assess(label_of(example));
        const json& want = example.at("expect");
        CHECK(name_of(a.status) == want.at("status").get<std::string>());
        check_interval("serving", a.per_serving, want.at("serving"));
        check_interval("unit", a.per_unit, want.at("unit"));
        check_interval("day", a.per_day, want.at("day"));
        check_percent(want, "us_dv_percent", a.per_serving, 420);
        check_percent(want, "eu_nrv_percent", a.per_serving, 375);
        check_percent(want, "percent_of_us_limit", a.per_day, 350);
        check_percent(want, "percent_of_eu_limit", a.per_day, 250);
        CHECK((a.confidence >= 0.8) == want.at("sure").get<bool>());
        CHECK(codes_of(a) == want.at("warnings").get<std::set<std::string>>());
        const std::set<std::string> checks = checks_of(a);
        for (const json& check : want.at("checks")) {
            INFO(check);
            CHECK(checks.contains(check.get<std::string>()));
        }
        for (const auto& check : a.checks) CHECK_FALSE(check.detail.empty());
    }
    CHECK(count == 54);
}

TEST_CASE("what the form and the unit make impossible is never stated", "[worked]") {
    for (const json& example : examples()) {
        INFO(example.at("id"));
        const calc::Assessment a = calc::assess(label_of(example));
        const std::set<std::string> codes = codes_of(a);
        if (!codes.contains("impossible_amount") && !codes.contains("form_cannot_hold_amount")) continue;
        CHECK(a.status != calc::Status::kStated);
        CHECK(a.confidence < 0.8);
    }
}
