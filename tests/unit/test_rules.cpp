// Every rule of calc/data/rules.json decides a case of its own.
#include "calc/rules.h"

#include <catch2/catch.hpp>

#include <map>
#include <set>
#include <string>

#include "calc/assess.h"
#include "parser/label_parser.h"

using namespace magscan;
using calc::Basis;
using calc::Status;

namespace {

calc::Assessment of(const std::string& text) {
    return calc::assess(parser::parse_text(text));
}

struct Case {
    std::string text;
    Basis basis = Basis::kElemental;
    double low = 0;  // of the deciding entry, mg of the element
    double high = 0;
};

// A label for each rule that decides whether an amount is the element or the compound.
const std::map<std::string, Case>& cases() {
    static const std::map<std::string, Case> all = {
        {"US-1", {"Supplement Facts\nMagnesium (as citrate) 200 mg 48%", Basis::kElemental, 200, 200}},
        {"US-2", {"Supplement Facts\nMagnesium (as citrate) 200 mg", Basis::kElemental, 200, 200}},
        {"US-3", {"Supplement Facts\nMagnesium (from 2,000 mg Magnesium Bisglycinate)", Basis::kCompound, 200, 282}},
        {"US-4",
         {"Supplement Facts\nServing size 3 capsules\nMagtein magnesium L-threonate 2,000 mg †", Basis::kCompound, 144,
          166}},
        {"US-5", {"Supplement Facts\nMagnesium Oxide 400 mg 57%", Basis::kCompound, 237.3, 241.5}},
        {"US-6", {"Supplement Facts\nMagnesium Malate Trihydrate 500 mg", Basis::kCompound, 55, 57.75}},
        {"US-9",
         {"Drug Facts\nActive ingredient (in each tablet)\nMagnesium oxide 400 mg", Basis::kCompound, 240, 241.2}},
        {"US-10", {"Nutrition Facts\nMagnesium 325mg 80%", Basis::kElemental, 325, 325}},
        {"EU-1", {"Nährwertangaben\nMagnesium 375 mg 100 % NRV", Basis::kElemental, 375, 375}},
        {"EU-2", {"Magnesiumcitrat 1.500 mg, davon Magnesium 240 mg 64 % NRV", Basis::kElemental, 240, 240}},
        {"EU-3", {"Nahrungsergänzungsmittel\nZutaten: Magnesiumoxid 400 mg, Reismehl", Basis::kCompound, 216, 241.2}},
        {"EU-4", {"Nahrungsergänzungsmittel\nNährwertangaben\nMagnesiumcitrat 2000 mg **", Basis::kCompound, 210, 330}},
        {"EU-5", {"Kosttillskott\nMagnesium (bisglycinat) 200 mg 53 % DRI", Basis::kElemental, 200, 200}},
        {"CA-1", {"Medicinal ingredients: Magnesium (magnesium citrate) 150 mg", Basis::kElemental, 150, 150}},
        {"CA-2",
         {"Medicinal ingredients: Magnesium bisglycinate 1000 mg (providing 100 mg magnesium)", Basis::kElemental, 100,
          100}},
        {"AU-1",
         {"AUST L 123456\nEach tablet contains: Magnesium citrate 500 mg equiv. magnesium 80 mg", Basis::kElemental, 80,
          80}},
        {"AU-2",
         {"AUST L 123456\nEach tablet contains: Magnesium amino acid chelate 500 mg", Basis::kCompound, 40, 125}},
        {"JP-1", {"栄養成分表示\nマグネシウム 200mg", Basis::kElemental, 200, 200}},
        {"RU-1", {"БАД\nмагния цитрат 1000 мг, в т.ч. магний 150 мг, 37,5% от РУСП", Basis::kElemental, 150, 150}},
        {"MED-1", {"Each sachet contains magnesium 10 mmol", Basis::kElemental, 243.05, 243.05}},
        {"FOP-1", {"Magnesium 400 mg", Basis::kElemental, 400, 400}},
        {"FOP-2", {"Magnesium Citrate 1400 mg", Basis::kCompound, 147, 231}},
        {"FOP-3", {"Magnesium Citrate 500 mg", Basis::kAmbiguous, 52.5, 500}},
        {"FOP-4", {"Magnesium Oxide 400 mg", Basis::kAmbiguous, 216, 400}},
        {"TXT-1", {"150 mg elemental magnesium", Basis::kElemental, 150, 150}},
        {"P-1",
         {"Supplement Facts\nServing Size 2 Capsules\nMagnesium (as Magnesium Bisglycinate) 1,000 mg 238%",
          Basis::kAmbiguous, 100, 141}},
    };
    return all;
}

}  // namespace

TEST_CASE("each rule of basis decides its label", "[rules]") {
    for (const auto& [rule, label] : cases()) {
        INFO(rule << ": " << label.text);
        REQUIRE(calc::find_rule(rule) != nullptr);
        const calc::Assessment a = of(label.text);
        REQUIRE_FALSE(a.entries.empty());
        const calc::Entry& entry = a.entries.front();
        CHECK(entry.rule == rule);
        CHECK(entry.basis == label.basis);
        REQUIRE(entry.elemental_mg);
        CHECK(entry.elemental_mg->low == Approx(label.low).margin(0.1));
        CHECK(entry.elemental_mg->high == Approx(label.high).margin(0.1));
    }
}

TEST_CASE("US-7: the total of a proprietary blend gives no figure", "[rules]") {
    const auto a = of("Supplement Facts\nProprietary Magnesium Blend 1,500 mg (magnesium oxide, magnesium citrate)");
    REQUIRE_FALSE(a.entries.empty());
    CHECK(a.entries.front().rule == "US-7");
    CHECK(a.status == Status::kUnknown);
    CHECK_FALSE(a.per_serving);
    // Without the word, the parts of a blend that is all magnesium's give bounds.
    const auto plain = of("Supplement Facts\nMagnesium Blend 1,500 mg (magnesium oxide, magnesium citrate)");
    CHECK(plain.per_serving);
}

TEST_CASE("US-8: processing aids are no source", "[rules]") {
    CHECK(of("Zinc 10 mg\nOther ingredients: cellulose, magnesium stearate, silica").outcome ==
          calc::Outcome::kNoMagnesium);
    const auto a =
        of("Supplement Facts\nMagnesium (as citrate) 100 mg 24%\nOther ingredients: magnesium stearate 10 mg");
    CHECK(a.per_serving->value == 100.0);
    CHECK(a.entries.size() == 1);
}

TEST_CASE("P-2: more than a unit usually holds is suspect", "[rules]") {
    const auto a = of("Supplement Facts\nServing Size 1 capsule\nMagnesium (as Magnesium Oxide) 600 mg 143%");
    CHECK(a.per_serving->value == 600.0);
    CHECK(a.confidence < 0.8);
    bool suspect = false;
    for (const auto& check : a.checks)
        suspect = suspect || (check.rule == "P-2" && check.result == calc::CheckResult::kFail);
    CHECK(suspect);
    CHECK(of("Supplement Facts\nServing Size 2 capsules\nMagnesium (as Magnesium Oxide) 600 mg 143%").confidence > 0.8);
}

TEST_CASE("SUM-1: the row of the source is not added to the row of the mineral", "[rules]") {
    const auto a = of("Supplement Facts\nMagnesium (as Magtein) 144 mg 34%\nMagnesium L-Threonate 2,000 mg †");
    CHECK(a.per_serving->value == 144.0);
    bool told = false;
    for (const auto& check : a.checks)
        told = told || (check.rule == "SUM-1" && check.result == calc::CheckResult::kPass);
    CHECK(told);
}

TEST_CASE("every rule has a case here or in the tests of its own source", "[rules]") {
    // COL-1: test_calc_columns, REP-1: test_repair, PH-1: test_photos_disagree, CON-1 and FOP-5, LST-1: test_basis.
    std::set<std::string> elsewhere = {"US-7",  "US-8", "P-2",   "SUM-1", "COL-1",
                                       "REP-1", "PH-1", "CON-1", "FOP-5", "LST-1"};
    for (const calc::Rule& rule : calc::rules()) {
        INFO(rule.id);
        CHECK(cases().count(rule.id) + elsewhere.count(rule.id) == 1);
        CHECK_FALSE(rule.reason.empty());
        CHECK_FALSE(rule.citation.empty());
        CHECK_FALSE(rule.jurisdiction.empty());
        CHECK_FALSE(rule.sources.empty());
    }
}
