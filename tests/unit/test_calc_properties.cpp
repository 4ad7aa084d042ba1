// What holds for every label: drawn at random from the compounds, units and markets of the data files, with a fixed
// seed, so that a failure can be repeated.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "calc/assess.h"
#include "calc/compounds.h"
#include "calc/percent.h"
#include "calc/reference_values.h"
#include "calc/repair.h"
#include "calc/shares.h"
#include "calc/unit_capacity.h"
#include "parser/label_parser.h"

using namespace magscan;
using parser::Jurisdiction;

namespace {

constexpr unsigned kSeed = 20261126;
constexpr int kLabels = 2000;

class Draw {
  public:
    explicit Draw(unsigned seed) : random_(seed) {}

    int number(int low, int high) { return low + static_cast<int>(random_() % static_cast<unsigned>(high - low + 1)); }
    bool chance(int percent) { return number(1, 100) <= percent; }

    template <class T>
    const T& one_of(const std::vector<T>& all) {
        return all[static_cast<std::size_t>(number(0, static_cast<int>(all.size()) - 1))];
    }

    parser::Amount amount(double mg) const { return {mg, 1, std::to_string(static_cast<int>(mg)) + " mg", false}; }

    parser::Statement statement() {
        parser::Statement s;
        s.place = one_of(std::vector<parser::Place>{parser::Place::kPanel, parser::Place::kIngredients,
                                                    parser::Place::kDrugFacts, parser::Place::kFront});
        const int forms = number(0, 2);
        for (int i = 0; i < forms; ++i) {
            const calc::Compound& compound = one_of(calc::compounds());
            if (compound.definition == calc::Definition::kExcipient || compound.id == "elemental") continue;
            s.forms.push_back({compound.family, compound.id, compound.name});
        }
        if (!s.forms.empty() && chance(50)) s.subject = parser::Subject::kCompound;
        if (chance(85)) s.amount = amount(number(1, chance(15) ? 20000 : 900));
        if (s.amount && s.subject == parser::Subject::kCompound && chance(30)) s.inner_element = amount(number(1, 600));
        if (s.amount && s.subject == parser::Subject::kMineral && chance(20))
            s.inner_compound = amount(number(1, 5000));
        if (chance(40)) s.percent = number(1, 300);
        if (s.amount && s.amount->mg > 0 && chance(30)) s.percent = std::round(100 * s.amount->mg / 420);
        if (s.amount) s.amount_reading = parser::Reading{std::to_string(static_cast<int>(s.amount->mg)), {}};
        if (s.percent) s.percent_reading = parser::Reading{std::to_string(static_cast<int>(*s.percent)), {}};
        s.no_daily_value_mark = chance(15);
        s.says_elemental = chance(10);
        s.per = one_of(std::vector<parser::Per>{parser::Per::kUnknown, parser::Per::kServing, parser::Per::kUnit,
                                                parser::Per::kDay, parser::Per::k100g});
        if (chance(40)) {
            const auto y = static_cast<float>(number(0, 900));
            s.evidence = {{0, "Magnesium", 0.9, {{0, y}, {100, y}, {100, y + 10}, {0, y + 10}}}};
        }
        return s;
    }

    parser::Label label() {
        parser::Label label;
        label.names_magnesium = true;
        label.jurisdiction = one_of(std::vector<Jurisdiction>{
            Jurisdiction::kUnknown, Jurisdiction::kUs, Jurisdiction::kEu, Jurisdiction::kCanada,
            Jurisdiction::kAustralia, Jurisdiction::kJapan, Jurisdiction::kRussia});
        label.is_food = chance(10);
        const int rows = number(1, 3);
        for (int i = 0; i < rows; ++i) label.statements.push_back(statement());
        if (chance(70)) {
            label.serving.emplace();
            label.serving->unit = one_of(calc::unit_capacities()).unit;
            if (label.serving->unit == "unknown") label.serving->unit = "capsule";
            label.serving->units = number(1, 4);
            if (chance(60)) {
                label.serving->per_day_low = number(1, 3);
                label.serving->per_day_high = *label.serving->per_day_low + number(0, 2);
            }
        }
        return label;
    }

  private:
    std::mt19937 random_;
};

void check_sane(const calc::Interval& interval) {
    CHECK(std::isfinite(interval.low));
    CHECK(std::isfinite(interval.high));
    CHECK(interval.low >= 0);
    CHECK(interval.low <= interval.high + 1e-9);
    if (!interval.value) return;
    CHECK(std::isfinite(*interval.value));
    CHECK(interval.low <= *interval.value + 1e-9);
    CHECK(*interval.value <= interval.high + 1e-9);
}

void check_same(const std::optional<calc::Interval>& a, const std::optional<calc::Interval>& b) {
    REQUIRE(a.has_value() == b.has_value());
    if (!a) return;
    CHECK(a->low == Approx(b->low));
    CHECK(a->high == Approx(b->high));
    REQUIRE(a->value.has_value() == b->value.has_value());
    if (a->value) CHECK(*a->value == Approx(*b->value));
}

}  // namespace

TEST_CASE("figures are finite, not negative, and inside their bounds", "[properties]") {
    Draw draw(kSeed);
    for (int i = 0; i < kLabels; ++i) {
        const calc::Assessment a = calc::assess(draw.label());
        INFO("label " << i);
        for (const auto& interval : {a.per_serving, a.per_unit, a.per_day}) {
            if (interval) check_sane(*interval);
        }
        CHECK(a.confidence >= 0);
        CHECK(a.confidence <= 1);
        for (const calc::Entry& entry : a.entries) {
            if (entry.elemental_mg) check_sane(*entry.elemental_mg);
            if (entry.compound_mg) check_sane(*entry.compound_mg);
        }
    }
}

TEST_CASE("no compound holds more of the element than its weight", "[properties]") {
    Draw draw(kSeed + 1);
    for (int i = 0; i < kLabels; ++i) {
        const calc::Assessment a = calc::assess(draw.label());
        INFO("label " << i);
        for (const calc::Entry& entry : a.entries) {
            if (entry.basis != calc::Basis::kCompound || !entry.compound_mg || !entry.elemental_mg) continue;
            CHECK(entry.elemental_mg->high <= entry.compound_mg->high * calc::kDensestSource * 1.05 + 3);
        }
    }
}

TEST_CASE("a day is a serving times the servings, a serving a unit times the units", "[properties]") {
    Draw draw(kSeed + 2);
    int days = 0, units = 0;
    for (int i = 0; i < kLabels; ++i) {
        const parser::Label label = draw.label();
        // An amount of a day beside directions of several servings leaves the day open.
        const bool of_day = std::any_of(label.statements.begin(), label.statements.end(),
                                        [](const parser::Statement& s) { return s.per == parser::Per::kDay; });
        if (of_day) continue;
        const calc::Assessment a = calc::assess(label);
        INFO("label " << i);
        if (a.per_day) {
            ++days;
            REQUIRE(a.per_serving);
            CHECK(a.per_day->low == Approx(a.per_serving->low * *label.serving->per_day_low));
            CHECK(a.per_day->high == Approx(a.per_serving->high * *label.serving->per_day_high));
            const bool one = *label.serving->per_day_low == *label.serving->per_day_high;
            CHECK(a.per_day->value.has_value() == (one && a.per_serving->value.has_value()));
        }
        if (a.per_unit && a.per_serving) {
            ++units;
            CHECK(a.per_serving->low == Approx(a.per_unit->low * *label.serving->units));
            CHECK(a.per_serving->high == Approx(a.per_unit->high * *label.serving->units));
        }
    }
    CHECK(days > 100);
    CHECK(units > 100);
}

TEST_CASE("the element of a compound that was made of it is itself", "[properties]") {
    Draw draw(kSeed + 3);
    for (const calc::Compound& compound : calc::compounds()) {
        if (compound.definition != calc::Definition::kDefined || compound.fraction <= 0) continue;
        parser::Statement s;
        s.forms = {{compound.family, compound.id, compound.name}};
        const calc::Share share = calc::share_of(s);
        for (int i = 0; i < 20; ++i) {
            const double element = draw.number(1, 1000);
            const calc::Interval back = calc::element_of(element / compound.fraction, share, /*pharmaceutical=*/true);
            INFO(compound.id);
            CHECK(*back.value == Approx(element));
            CHECK(back.high == Approx(element));
            CHECK(back.low <= element + 1e-9);
        }
    }
}

TEST_CASE("an excipient changes nothing", "[properties]") {
    Draw draw(kSeed + 4);
    const std::vector<std::string> excipients = {"magnesium stearate", "magnesium salts of fatty acids",
                                                 "magnesium silicate"};
    for (int i = 0; i < 200; ++i) {
        const int mg = draw.number(10, 500);
        const std::string text = "Supplement Facts\nServing Size 2 Capsules\nMagnesium (as Magnesium Citrate) " +
                                 std::to_string(mg) + " mg " +
                                 std::to_string(static_cast<int>(std::floor(mg / 4.2 + 0.5))) +
                                 "%\nOther ingredients: cellulose, silica";
        const calc::Assessment plain = calc::assess(parser::parse_text(text));
        const calc::Assessment more = calc::assess(parser::parse_text(text + ", " + draw.one_of(excipients)));
        INFO(text);
        CHECK(plain.per_serving->value == Approx(mg));
        check_same(plain.per_serving, more.per_serving);
        check_same(plain.per_unit, more.per_unit);
        CHECK(plain.status == more.status);
        CHECK(plain.confidence == more.confidence);
        CHECK(plain.entries.size() == more.entries.size());
    }
}

TEST_CASE("the same rows in another order give the same figure", "[properties]") {
    Draw draw(kSeed + 5);
    for (int i = 0; i < kLabels; ++i) {
        parser::Label label = draw.label();
        const calc::Assessment forward = calc::assess(label);
        std::reverse(label.statements.begin(), label.statements.end());
        const calc::Assessment backward = calc::assess(label);
        INFO("label " << i);
        CHECK(forward.status == backward.status);
        check_same(forward.per_serving, backward.per_serving);
        check_same(forward.per_unit, backward.per_unit);
        CHECK(forward.confidence == Approx(backward.confidence));
    }
}

TEST_CASE("a repair keeps both readings and is never sure by itself", "[properties]") {
    Draw draw(kSeed + 6);
    int repairs = 0;
    for (int i = 0; i < 4000; ++i) {
        const int mg = draw.number(10, 600);
        std::string digits = std::to_string(mg);
        digits[static_cast<std::size_t>(draw.number(0, static_cast<int>(digits.size()) - 1))] =
            static_cast<char>('0' + draw.number(1, 9));
        parser::Statement s;
        s.place = parser::Place::kPanel;
        s.amount = parser::Amount{std::stod(digits), 1, digits + " mg", false};
        s.amount_reading = parser::Reading{digits, {}};
        s.percent = std::floor(mg / 4.2 + 0.5);
        s.percent_reading = parser::Reading{std::to_string(static_cast<int>(*s.percent)), {}};
        s.evidence = {{0, "Magnesium", 0.9, {{0, 0}, {100, 0}, {100, 20}, {0, 20}}}};
        const auto repair = calc::repair(s, {s}, Jurisdiction::kUs);
        if (!repair) continue;
        ++repairs;
        const std::string& told = repair->check.detail;
        INFO(told);
        CHECK(repair->check.result == calc::CheckResult::kCorrected);
        CHECK(told.find(s.amount->text) != std::string::npos);
        CHECK(repair->statement.amount->text == s.amount->text);  // as it was read
        CHECK(
            calc::fitting_daily_value(repair->statement.amount->mg, 1, *repair->statement.percent, Jurisdiction::kUs));
        parser::Label label;
        label.names_magnesium = true;
        label.jurisdiction = Jurisdiction::kUs;
        label.statements = {s};
        CHECK(calc::assess(label).confidence < 0.8);
    }
    CHECK(repairs > 100);
}
