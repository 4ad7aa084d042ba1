#include "calc/limits.h"

#include <catch2/catch.hpp>

#include <fstream>
#include <map>
#include <set>

#include <nlohmann/json.hpp>

#include "calc/assess.h"
#include "calc/compounds.h"
#include "parser/label_parser.h"
#include "tests/support/schema.h"

using namespace magscan;
using calc::DayBasis;
using calc::Jurisdiction;
using calc::LimitKind;
using nlohmann::json;

namespace {

constexpr std::optional<bool> kOpen = std::nullopt;

calc::Profile profile(const char* text) {
    return calc::parse_profile(text).value();
}

// A product that holds so much a day by its directions.
calc::Assessment a_day(double low, double high, const std::vector<std::string>& forms = {"citrate"}) {
    calc::Assessment assessment;
    assessment.outcome = calc::Outcome::kComplete;
    assessment.status = calc::Status::kStated;
    assessment.per_day = calc::Interval{low == high ? std::optional(low) : std::nullopt, low, high};
    assessment.per_serving = assessment.per_day;
    calc::Entry entry;
    entry.forms = forms;
    assessment.entries.push_back(entry);
    return assessment;
}

// The same where the label gives no directions.
calc::Assessment a_serving(double mg) {
    calc::Assessment assessment = a_day(mg, mg);
    assessment.per_day.reset();
    return assessment;
}

std::vector<calc::Limit> limits(const calc::Assessment& assessment, const char* who = "adult",
                                std::optional<Jurisdiction> where = std::nullopt) {
    return calc::limits_for(assessment, profile(who), where).limits;
}

const calc::Limit* find(const std::vector<calc::Limit>& all, Jurisdiction place, LimitKind kind) {
    const auto found = std::find_if(
        all.begin(), all.end(), [&](const calc::Limit& limit) { return limit.place == place && limit.kind == kind; });
    return found == all.end() ? nullptr : &*found;
}

// The limit in mg for a person; 0 where there is none.
double limit_mg(const char* who, Jurisdiction place, LimitKind kind = LimitKind::kUpperLevel) {
    const auto all = limits(a_day(10, 10), who, place);
    const calc::Limit* limit = find(all, place, kind);
    return limit == nullptr ? 0 : limit->limit_mg;
}

std::optional<bool> over(const calc::Assessment& assessment, Jurisdiction place,
                         LimitKind kind = LimitKind::kUpperLevel) {
    const auto all = limits(assessment);
    const calc::Limit* limit = find(all, place, kind);
    REQUIRE(limit != nullptr);
    return limit->exceeded;
}

std::vector<std::string> places(const std::vector<calc::Limit>& all) {
    std::vector<std::string> out;
    for (const calc::Limit& limit : all) {
        const std::string id(calc::id_of(limit.place));
        if (out.empty() || out.back() != id) out.push_back(id);
    }
    return out;
}

bool warns(const calc::LimitVerdicts& verdicts, const std::string& code, const std::string& words) {
    return std::any_of(verdicts.warnings.begin(), verdicts.warnings.end(), [&](const parser::Warning& warning) {
        return warning.code == code && warning.message.find(words) != std::string::npos;
    });
}

json load(const std::string& name) {
    std::ifstream file(std::string(MAGSCAN_SOURCE_DIR "/") + name);
    REQUIRE(file);
    return json::parse(file);
}

}  // namespace

TEST_CASE("limits.json keeps to its schema, and the schema finds what is wrong", "[limits]") {
    const std::string schema = "calc/data/schema/limits.schema.json";
    json data = load("calc/data/limits.json");
    CHECK(schema_errors(data, schema) == "");
    json& row = data["limits"][1];
    SECTION("a place that is none") {
        row["jurisdiction"] = "xx";
    }
    SECTION("a missing key") {
        row.erase("reached_counts");
    }
    SECTION("a figure in grams") {
        row["mg"] = 0.35;
    }
    SECTION("no source") {
        row["sources"] = json::array();
    }
    CHECK_FALSE(schema_errors(data, schema).empty());
}

TEST_CASE("limits rise with age, their bands neither overlap nor leave holes", "[limits]") {
    std::map<std::string, std::vector<const calc::LimitRow*>> tables;
    std::set<std::string> ids, families;
    for (const calc::Compound& compound : calc::compounds()) families.insert(compound.family);
    for (const calc::LimitRow& row : calc::limit_rows()) {
        INFO(row.id);
        CHECK(ids.insert(row.id).second);
        tables[row.authority + std::to_string(static_cast<int>(row.kind))].push_back(&row);
        CHECK((row.mg || !row.note.empty()));  // where there is no figure, words say why
        CHECK_FALSE((row.mg && row.mg_per_kg));
        for (const std::string& family : row.families) CHECK(families.contains(family));
    }
    CHECK(tables.size() >= 9);
    for (const auto& [name, rows] : tables) {
        for (std::size_t i = 0; i + 1 < rows.size(); ++i) {
            INFO(name << ": " << rows[i]->id << ", " << rows[i + 1]->id);
            CHECK(rows[i]->age_below == rows[i + 1]->age_from);
            if (rows[i]->mg && rows[i + 1]->mg) CHECK(*rows[i]->mg <= *rows[i + 1]->mg);
        }
        INFO(name);
        CHECK_FALSE(rows.back()->age_below);
    }
}

TEST_CASE("each age has its own limit, from the first day of the band to the last", "[limits]") {
    CHECK(limit_mg("age=0.9", Jurisdiction::kUs) == 0);
    CHECK(limit_mg("age=1", Jurisdiction::kUs) == 65);
    CHECK(limit_mg("age=3.9", Jurisdiction::kUs) == 65);
    CHECK(limit_mg("age=4", Jurisdiction::kUs) == 110);
    CHECK(limit_mg("age=8.9", Jurisdiction::kUs) == 110);
    CHECK(limit_mg("age=9", Jurisdiction::kUs) == 350);
    CHECK(limit_mg("age=18.9", Jurisdiction::kUs) == 350);
    CHECK(limit_mg("age=19", Jurisdiction::kUs) == 350);
    CHECK(limit_mg("adult", Jurisdiction::kUs) == 350);

    CHECK(limit_mg("age=3.9", Jurisdiction::kEu) == 0);
    CHECK(limit_mg("age=4", Jurisdiction::kEu) == 250);
    CHECK(limit_mg("adult", Jurisdiction::kEu) == 250);

    CHECK(limit_mg("age=17.9", Jurisdiction::kUk, LimitKind::kGuidanceLevel) == 0);
    CHECK(limit_mg("age=18", Jurisdiction::kUk, LimitKind::kGuidanceLevel) == 400);

    const auto canada = [](const char* who) {
        return limit_mg(who, Jurisdiction::kCanada, LimitKind::kProductMaximum);
    };
    CHECK(canada("age=0.9") == 0);
    CHECK(canada("age=1") == 65);
    CHECK(canada("age=4") == 110);
    CHECK(canada("age=9") == 350);
    CHECK(canada("age=18.9") == 350);
    CHECK(canada("age=19") == 500);

    CHECK(limit_mg("age=3.9", Jurisdiction::kAustralia) == 65);
    CHECK(limit_mg("age=8.9", Jurisdiction::kAustralia) == 110);
    CHECK(limit_mg("age=9", Jurisdiction::kAustralia) == 350);

    CHECK(limit_mg("age=2.9", Jurisdiction::kNorway) == 85);
    CHECK(limit_mg("age=3", Jurisdiction::kNorway) == 0);
    CHECK(limit_mg("age=10", Jurisdiction::kNorway) == 280);
    CHECK(limit_mg("age=18", Jurisdiction::kNorway) == 350);

    CHECK(limit_mg("age=12", Jurisdiction::kJapan) == 0);
    CHECK(limit_mg("age=18", Jurisdiction::kJapan) == 350);
    CHECK(limit_mg("age=4", Jurisdiction::kGermany, LimitKind::kProductMaximum) == 250);
}

TEST_CASE("pregnancy and sex change no limit but that of a form that is not for them", "[limits]") {
    for (const char* who : {"pregnant", "lactating", "sex=m", "sex=f", "pregnant,age=16"}) {
        INFO(who);
        CHECK(limit_mg(who, Jurisdiction::kUs) == 350);
        CHECK(limit_mg(who, Jurisdiction::kEu) == 250);
    }
    const calc::Assessment threonate = a_day(144, 144, {"l-threonate"});
    const auto maximum = [&](const char* who) {
        const auto verdicts = calc::limits_for(threonate, profile(who), Jurisdiction::kEu);
        const bool listed = find(verdicts.limits, Jurisdiction::kEu, LimitKind::kProductMaximum) != nullptr;
        CHECK(warns(verdicts, "form_not_for_person", "authorised for adults only") != listed);
        return listed;
    };
    CHECK(maximum("adult"));
    CHECK_FALSE(maximum("pregnant"));
    CHECK_FALSE(maximum("lactating"));
    CHECK_FALSE(maximum("age=17"));
    CHECK(find(limits(a_day(144, 144)), Jurisdiction::kEu, LimitKind::kProductMaximum) == nullptr);
}

TEST_CASE("where an authority sets no limit for an age, that is said and the adults' is not used", "[limits]") {
    const auto verdicts = calc::limits_for(a_day(200, 200), profile("age=3"), std::nullopt);
    CHECK(places(verdicts.limits) == std::vector<std::string>{"us", "ca", "au"});
    CHECK(warns(verdicts, "no_limit_for_age", "(EU): no limit in mg for a child of 3 years (none is set under 4"));
    CHECK(warns(verdicts, "no_limit_for_age", "(UK): no limit in mg for a child of 3 years"));
    CHECK_FALSE(warns(verdicts, "no_limit_for_age", "(US)"));
    CHECK(verdicts.warnings.size() == 2);
    CHECK(calc::limits_for(a_day(200, 200), {}, std::nullopt).warnings.empty());

    const auto japan = calc::limits_for(a_day(200, 200), profile("age=8"), Jurisdiction::kJapan);
    CHECK(warns(japan, "no_limit_for_age", "5 mg per kg of body weight"));
}

TEST_CASE("a limit is exceeded above it, a warning is due from it on", "[limits]") {
    CHECK(over(a_day(250, 250), Jurisdiction::kEu) == false);
    CHECK(over(a_day(250.1, 250.1), Jurisdiction::kEu) == true);
    CHECK(over(a_day(250.000001, 250.000001), Jurisdiction::kEu) == false);  // the rounding of a multiplication
    CHECK(over(a_day(349, 349, {"oxide"}), Jurisdiction::kAustralia, LimitKind::kLabelWarning) == false);
    CHECK(over(a_day(350, 350, {"oxide"}), Jurisdiction::kAustralia, LimitKind::kLabelWarning) == true);
    CHECK(over(a_day(350, 350, {"oxide"}), Jurisdiction::kAustralia) == false);
}

TEST_CASE("an amount on both sides of a limit decides nothing", "[limits]") {
    CHECK(over(a_day(200, 282), Jurisdiction::kEu) == kOpen);
    CHECK(over(a_day(200, 282), Jurisdiction::kUs) == false);
    CHECK(over(a_day(250, 250.5), Jurisdiction::kEu) == kOpen);
    CHECK(over(a_day(251, 600), Jurisdiction::kEu) == true);
}

TEST_CASE("without directions one serving a day at least is counted, and that is said", "[limits]") {
    const auto all = limits(a_serving(300));
    const calc::Limit* eu = find(all, Jurisdiction::kEu, LimitKind::kUpperLevel);
    const calc::Limit* us = find(all, Jurisdiction::kUs, LimitKind::kUpperLevel);
    CHECK(eu->exceeded == true);
    CHECK(us->exceeded == kOpen);  // two servings would be over
    CHECK(us->taken.basis == DayBasis::kOneServing);
    CHECK(us->applies_to.find("one serving a day at least is counted") != std::string::npos);
    CHECK(find(limits(a_day(300, 300)), Jurisdiction::kUs, LimitKind::kUpperLevel)->applies_to.find("serving") ==
          std::string::npos);

    calc::Assessment unit = a_serving(300);
    unit.per_unit = std::exchange(unit.per_serving, std::nullopt);
    CHECK(calc::day_amount(unit).basis == DayBasis::kOneUnit);
    CHECK(over(unit, Jurisdiction::kEu) == true);
    CHECK(over(unit, Jurisdiction::kUs) == kOpen);
}

TEST_CASE("an amount that is not known is over nothing and below nothing", "[limits]") {
    calc::Assessment unknown = a_day(400, 400);
    unknown.status = calc::Status::kUnknown;
    REQUIRE_FALSE(limits(unknown).empty());
    for (const calc::Limit& limit : limits(unknown)) CHECK(limit.exceeded == kOpen);
    calc::Assessment none = a_day(400, 400);
    none.outcome = calc::Outcome::kNoMagnesium;
    CHECK(limits(none).empty());
}

TEST_CASE("the label's market comes first, a chosen place alone with the strictest other", "[limits]") {
    calc::Assessment assessment = a_day(100, 100);
    CHECK(places(limits(assessment)) == std::vector<std::string>{"us", "eu", "uk", "ca", "au"});
    assessment.market = parser::Jurisdiction::kCanada;
    CHECK(places(limits(assessment)) == std::vector<std::string>{"ca", "us", "eu", "uk", "au"});
    assessment.market = parser::Jurisdiction::kEu;
    CHECK(places(limits(assessment)) == std::vector<std::string>{"eu", "us", "uk", "ca", "au"});

    CHECK(places(limits(assessment, "adult", Jurisdiction::kUk)) == std::vector<std::string>{"uk", "eu"});
    CHECK(places(limits(assessment, "adult", Jurisdiction::kUs)) == std::vector<std::string>{"us", "eu"});
    CHECK(places(limits(assessment, "adult", Jurisdiction::kEu)) == std::vector<std::string>{"eu", "de"});
    CHECK(places(limits(assessment, "adult", Jurisdiction::kGermany)) == std::vector<std::string>{"de", "eu", "us"});
    CHECK(places(limits(assessment, "age=5", Jurisdiction::kEu)) == std::vector<std::string>{"eu", "us"});
    CHECK(places(limits(assessment, "age=2", Jurisdiction::kUk)) == std::vector<std::string>{"us"});
}

TEST_CASE("of several forms the part that counts is not known", "[limits]") {
    const auto warning = [](const calc::Assessment& assessment) {
        return over(assessment, Jurisdiction::kAustralia, LimitKind::kLabelWarning);
    };
    CHECK(warning(a_day(400, 400, {"oxide", "carbonate"})) == true);
    CHECK(warning(a_day(400, 400, {"oxide", "citrate"})) == kOpen);
    CHECK(warning(a_day(300, 300, {"oxide", "citrate"})) == false);
    CHECK(find(limits(a_day(400, 400, {"citrate"})), Jurisdiction::kAustralia, LimitKind::kLabelWarning) == nullptr);
}

TEST_CASE("the lowest amount with an effect is told only where it is reached, and never as the strictest limit",
          "[limits]") {
    CHECK(find(limits(a_day(359, 359)), Jurisdiction::kEu, LimitKind::kObservedEffect) == nullptr);
    const auto all = limits(a_day(360, 360));
    const calc::Limit* effect = find(all, Jurisdiction::kEu, LimitKind::kObservedEffect);
    REQUIRE(effect != nullptr);
    CHECK(effect->applies_to.find("no limit") != std::string::npos);
    CHECK(find(limits(a_day(500, 500), "adult", Jurisdiction::kUs), Jurisdiction::kEu, LimitKind::kObservedEffect) ==
          nullptr);
}

TEST_CASE("verdicts say what counts, for whom, and where it is written", "[limits]") {
    const auto all = limits(a_day(400, 400), "age=6");
    const calc::Limit* us = find(all, Jurisdiction::kUs, LimitKind::kUpperLevel);
    CHECK(us->authority == "Institute of Medicine (US)");
    CHECK(us->applies_to == "supplements and medicines, not food; 4 to 8 years");
    CHECK(us->source.find("Dietary Reference Intakes") != std::string::npos);
    CHECK(us->taken.mg->high == 400);
    for (const calc::Limit& limit : all) CHECK_FALSE(limit.source.empty());
}

// Amounts of a day and what is over: EU 250, US 350, UK 400, Canada 500. '!' is over, '?' may be, '.' is not.
TEST_CASE("known products are over the limits they are over", "[limits]") {
    struct Case {
        double low, high;
        std::string verdicts;
    };
    const std::vector<Case> cases = {
        {200, 200, "...."},     {400, 400, "!!.."},   {52.5, 82.5, "...."},   {144, 144, "...."},
        {200, 282, "?..."},     {400, 564, "!!??"},   {40, 56.4, "...."},     {544, 544, "!!!!"},
        {250, 500, "???."},     {25, 70.5, "...."},   {375, 375, "!!.."},     {150, 150, "...."},
        {160, 160, "...."},     {300, 300, "!..."},   {98.7, 102.9, "...."},  {480, 482.4, "!!!."},
        {1000, 1000.2, "!!!!"}, {485, 497.5, "!!!."}, {0, 1, "...."},         {75, 904.5, "????"},
        {339, 339, "!..."},     {425, 425, "!!!."},   {218, 218, "...."},     {430, 430, "!!!."},
        {325, 325, "!..."},     {298, 298, "!..."},   {84, 84, "...."},       {450, 450, "!!!."},
        {144, 166, "...."},     {300, 383, "!?.."},   {196.8, 196.8, "...."}, {243, 243.1, "...."},
        {250, 250, "...."},     {150, 211.5, "...."},
    };
    for (const Case& c : cases) {
        INFO(c.low << " to " << c.high);
        const calc::Assessment assessment = a_day(c.low, c.high);
        std::string verdicts;
        for (const auto& verdict : {over(assessment, Jurisdiction::kEu), over(assessment, Jurisdiction::kUs),
                                    over(assessment, Jurisdiction::kUk, LimitKind::kGuidanceLevel),
                                    over(assessment, Jurisdiction::kCanada, LimitKind::kProductMaximum)}) {
            verdicts += verdict ? (*verdict ? '!' : '.') : '?';
        }
        CHECK(verdicts == c.verdicts);
    }
}

TEST_CASE("a place stands in for the market only where the label shows none", "[limits]") {
    const parser::Label bare = parser::parse_text("Magnesium (as citrate) 150 mg");
    REQUIRE(bare.jurisdiction == parser::Jurisdiction::kUnknown);
    CHECK(calc::assess(bare, parser::Jurisdiction::kCanada).market == parser::Jurisdiction::kCanada);
    CHECK(calc::assess(bare).market == parser::Jurisdiction::kUnknown);
    const parser::Label us = parser::parse_text("Supplement Facts\nMagnesium (as citrate) 200 mg 48% DV");
    REQUIRE(us.jurisdiction == parser::Jurisdiction::kUs);
    CHECK(calc::assess(us, parser::Jurisdiction::kEu).market == parser::Jurisdiction::kUs);
}
