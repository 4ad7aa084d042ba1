#include "calc/assess.h"

#include <catch2/catch.hpp>
#include <set>

#include "parser/label_parser.h"

using namespace magscan;
using calc::Outcome;
using calc::Status;

namespace {

calc::Assessment of(std::string_view text) {
    return calc::assess(parser::parse_text(text));
}

std::optional<double> mg(std::string_view text) {
    const auto a = of(text);
    if (a.status != Status::kStated && a.status != Status::kDerived) return std::nullopt;
    const auto& interval = a.per_serving ? a.per_serving : a.per_unit;
    return interval ? interval->value : std::nullopt;
}

}  // namespace

TEST_CASE("one row settles it", "[assess]") {
    const auto a = of("Supplement Facts\nServing Size: 2 Capsules\nMagnesium (as Magnesium Bisglycinate) 200 mg 48%");
    CHECK(a.outcome == Outcome::kComplete);
    CHECK(a.status == Status::kStated);
    CHECK(a.per_serving->value == 200.0);
    CHECK(a.per_unit->value == 100.0);
    CHECK(*a.us_dv_percent == Approx(47.62).margin(0.01));
    CHECK(*a.eu_nrv_percent == Approx(53.33).margin(0.01));
    REQUIRE(a.entries.size() == 1);
    CHECK(a.entries.front().forms == std::vector<std::string>{"bisglycinate"});
}

TEST_CASE("rows of different forms add up, a printed total is not added again", "[assess]") {
    const std::string rows =
        "Magnesium (as Magnesium Oxide) 100 mg 24%\nMagnesium (as Magnesium Citrate) 50 mg 12%\nMagnesium (as "
        "Magnesium Taurate) 40 mg 10%\n";
    CHECK(mg(rows) == 190.0);
    CHECK(mg(rows + "Total magnesium 190 mg 45%") == 190.0);
}

TEST_CASE("a compound's row is not added to the mineral's", "[assess]") {
    CHECK(mg("Supplement Facts\nMagnesium (elemental) 144 mg 34%\nMagnesium L-Threonate 2,000 mg †") == 144.0);
    CHECK(mg("Supplement Facts\nMagnesium Malate 1500 mg\n  Magnesium 225 mg") == 225.0);
}

TEST_CASE("amounts per unit are brought to the serving", "[assess]") {
    CHECK(mg("Serving size: 3 capsules\n135 mg elemental magnesium per capsule") == 405.0);
    const auto a = of("100 mg de magnésium élément par gélule");
    CHECK(a.per_unit->value == 100.0);
    CHECK_FALSE(a.per_serving);
}

TEST_CASE("nothing firm gives bounds or nothing", "[assess]") {
    CHECK_FALSE(mg("Magnesium Glycinate 500 mg"));
    CHECK(of("Magnesium Glycinate 500 mg").status == Status::kEstimated);
    CHECK(of("Magnesium Glycinate").status == Status::kUnknown);
    CHECK(of("Magnesium Glycinate").outcome == Outcome::kPartial);
    const auto percent = of("Magnesium 8%");
    CHECK(percent.status == Status::kEstimated);
    CHECK(percent.per_serving->low == Approx(28.1).margin(0.1));
    CHECK(percent.per_serving->high == Approx(35.7).margin(0.1));
}

TEST_CASE("two amounts that nothing explains are not chosen between", "[assess]") {
    const auto a = of("Supplement Facts\nMagnesium 100 mg 24%\nZinc 5 mg\nMagnesium 250 mg 60%");
    CHECK(a.status == Status::kEstimated);
    CHECK_FALSE(a.per_serving->value);
    CHECK(a.per_serving->low == 100.0);
    CHECK(a.per_serving->high == 250.0);
}

TEST_CASE("several serving sizes leave the amount open", "[assess]") {
    CHECK_FALSE(mg("Serving Size: 2 gummies (adults); 1 gummy (children)\nMagnesium (as citrate) 100 mg"));
}

TEST_CASE("outcomes without magnesium", "[assess]") {
    CHECK(of("Vitamin C 500 mg of ascorbic acid, dietary supplement").outcome == Outcome::kNoMagnesium);
    CHECK(of("").outcome == Outcome::kUnreadable);
    CHECK(of("Zinc with magnesium stearate as other ingredient, see back").outcome == Outcome::kNoMagnesium);
}

TEST_CASE("forms of an ingredient list count where the panel names none", "[assess]") {
    const auto forms = [](std::string_view text) {
        std::vector<std::string> all;
        for (const auto& entry : of(text).entries) all.insert(all.end(), entry.forms.begin(), entry.forms.end());
        return all;
    };
    CHECK(forms("Magnesium 75 mg 18%\nIngredients: calcium carbonate, magnesium oxide, cellulose") ==
          std::vector<std::string>{"oxide"});
    CHECK(forms("Magnesium (as citrate) 75 mg 18%\nIngredients: magnesium citrate, magnesium oxide") ==
          std::vector<std::string>{"citrate"});
}

TEST_CASE("a headline's form leaves the amount beside the mineral's name open", "[assess]") {
    CHECK_FALSE(mg("MAGNESIUM\n500 MG\nGLYCINATE\n60 tablets"));
    CHECK(mg("MAGNESIUM\n500 MG\n60 tablets") == 500.0);
    CHECK(mg("GLYCINATE\n200 mg of magnesium per serving") == 200.0);
}

TEST_CASE("an amount apart from any name is magnesium's only where its percentage says so", "[assess]") {
    CHECK(mg("Liposomal Magnesium\nhigh absorption formula\nwith no sugar\n94 mg 25% NRV") == 94.0);
    CHECK_FALSE(mg("Liposomal Magnesium\nhigh absorption formula\nwith no sugar\n80 mg 100% NRV"));
    CHECK_FALSE(mg("Liposomal Magnesium\nwith vitamin C\nhigh absorption formula\nno sugar\n93,6 mg 25% NRV"));
}

TEST_CASE("two amounts of one compound of which one is what the other holds", "[assess]") {
    CHECK(mg("Magnesium malate 1000 mg tablets\nMagnesium malate | 113 mg") == 113.0);
    CHECK_FALSE(mg("Magnesium malate 1000 mg tablets\nMagnesium malate | 500 mg"));
}

TEST_CASE("a general chelate gives way to the chelate that is named", "[assess]") {
    const auto a = of("Chelated Magnesium 400 mg\nMagnesium (as bisglycinate) 100 mg 24%");
    for (const auto& entry : a.entries) {
        for (const std::string& form : entry.forms) CHECK(form == "bisglycinate");
    }
    CHECK(of("Chelated Magnesium 400 mg").entries.front().forms == std::vector<std::string>{"amino-acid-chelate"});
}

TEST_CASE("a row whose amount could not be read leaves bounds, not a part for the whole", "[assess]") {
    const auto a =
        of("Supplement Facts\nMagnesium (as Magnesium Oxide)\too\t24%\nMagnesium (as Magnesium Citrate)\t50 mg\t12%");
    CHECK(a.status == Status::kEstimated);
    CHECK_FALSE(a.per_serving->value);
    CHECK(a.per_serving->low == Approx(50 + 0.235 * 400).margin(0.5));
    CHECK(a.per_serving->high == Approx(50 + 0.245 * 420).margin(0.5));
    const auto spoilt = of("?? Magnesium Oxide)\too\t24%\nMagnesium (as Magnesium Citrate)\t50 mg\t12%");
    CHECK(spoilt.status == Status::kEstimated);
}

TEST_CASE("the word elemental settles a claim of two amounts", "[assess]") {
    CHECK(mg("500 mg\nMagnesium Gluconate\n27 mg elemental") == 27.0);
    CHECK(mg("500 mg\nMagnesium Glicenate\n27 mg elemental") == 27.0);
}

TEST_CASE("the amount that is reported as elemental is the element's, not the compound's", "[assess]") {
    const auto a = of("Magnesiumcitrat 1.875 mg, davon Magnesium 300 mg 80 % NRV");
    REQUIRE(a.entries.size() == 1);
    CHECK(a.entries.front().basis == calc::Basis::kElemental);
    CHECK(a.entries.front().amount->mg == 300);
    CHECK(a.entries.front().compound_mg->value == 1875.0);
    CHECK(a.entries.front().elemental_mg->value == 300.0);
}

TEST_CASE("an amount per unit and the element of the serving", "[assess]") {
    CHECK(mg("Magnesium malate 1,000 mg per tablet\nServing size: 3 tablets\nMagnesium malate 340 mg") == 340.0);
    CHECK_FALSE(mg("Magnesium malate 1,000 mg per tablet\nServing size: 3 tablets\nMagnesium malate 900 mg"));
}

TEST_CASE("the day is what the directions sum up to", "[assess]") {
    const std::string panel =
        "Supplement Facts\nServing Size: 3 Capsules\nMagnesium (as magnesium taurate) 120 mg 29%\n";
    CHECK(of(panel + "Take 2 capsules in the morning and 1 capsule before bed.").per_day->value == 120.0);
    CHECK(of(panel + "Take 3 capsules twice daily.").per_day->value == 240.0);
    CHECK_FALSE(of(panel + "Adults take 3 capsules daily. Children take 1 capsule daily.").per_day);
    CHECK_FALSE(of(panel + "Take 3 capsules as needed.").per_day);
}

TEST_CASE("a list of forms tells what a complex is made of", "[assess]") {
    const auto a = of("Magnesium Complex 200 mg elemental per capsule\nTypes: glycinate, taurate, citrate");
    std::set<std::string> forms;
    for (const auto& entry : a.entries) forms.insert(entry.forms.begin(), entry.forms.end());
    CHECK(forms == std::set<std::string>{"bisglycinate", "taurate", "citrate"});
}

TEST_CASE("a percentage without its mark tells the element in a compound's row, not surely", "[assess]") {
    const auto fits = of("Supplement Facts\nMagnesium Citrate\t300 mg\t80\nZinc\t10 mg\t100 %");
    CHECK(fits.status == Status::kStated);
    CHECK(fits.per_serving->value == 300.0);
    CHECK(fits.confidence < 0.8);
    CHECK(of("Supplement Facts\nMagnesium Citrate\t300 mg\t60").status == Status::kEstimated);
    CHECK(of("Magnesium Citrate 420 mg 100").status == Status::kEstimated);  // a front: capsules, it may be
}

TEST_CASE("an amount in a bracket whose end was not read is the element's only where the percentage says so",
          "[assess]") {
    const auto of = [](const std::string& row) {
        return calc::assess(parser::parse_text("Supplement Facts\nServing Size 2 Capsules\n" + row));
    };
    for (const char* open : {"Magnesium (as Magnesium Glycinate 200 mg", "Mgnsm (as Magnesium Glycinate 200 mg"}) {
        CAPTURE(open);
        const auto lone = of(open);
        CHECK(lone.status == calc::Status::kEstimated);
        REQUIRE(lone.per_serving);
        CHECK_FALSE(lone.per_serving->value);
        CHECK(lone.per_serving->low < 30);
        CHECK(lone.per_serving->high == 200);
        CHECK(of(std::string(open) + " 48%").per_serving->value == 200.0);
    }
    CHECK(of("Magnesium (as Magnesium Glycinate 200 mg) 24 mg").per_serving->value == 24.0);
    CHECK(of("Magnesium (as Magnesium Glycinate) 200 mg").per_serving->value == 200.0);
}

TEST_CASE("a panel's amount of a day is not multiplied by the servings of the directions", "[assess]") {
    const auto open =
        of("Zusammensetzung pro Tagesdosis (4 Kapseln): Magnesiumcitrat 2.344 mg, davon Magnesium 375 mg 100% NRV\n"
           "Verzehrempfehlung: 2 x täglich 2 Kapseln");
    REQUIRE(open.per_day);
    CHECK_FALSE(open.per_day->value);
    CHECK(open.per_day->low == 375);
    CHECK_FALSE(open.per_unit->value);
    CHECK(open.per_unit->low == Approx(93.75));

    const auto us =
        of("Supplement Facts\nServing Size 2 Tablets\nMagnesium (as oxide) 200 mg 48%\nTake 2 tablets twice daily");
    CHECK(us.entries.front().per != parser::Per::kDay);
    CHECK(us.per_day->value == 400.0);
    CHECK(us.per_unit->value == 100.0);
}

TEST_CASE("equal parts of a table add up; elsewhere they stay open unless the total is printed", "[assess]") {
    CHECK(mg("Serving Size: 2 Capsules\nMagnesium (as oxide) 100 mg 24%\nMagnesium (as citrate) 100 mg 24%") == 200.0);
    CHECK_FALSE(mg("Magnesium (as oxide) 100 mg\nMagnesium (as citrate) 100 mg"));
    const auto open = of("Magnesium (as oxide) 100 mg\nMagnesium (as citrate) 100 mg");
    REQUIRE(open.per_serving);
    CHECK(open.per_serving->low == 100.0);
    CHECK(open.per_serving->high == 200.0);
    CHECK(mg("Magnesium from oxide 90 mg, from citrate 90 mg = 180 mg total magnesium") == 180.0);
    // The same amount of the same form, said twice.
    CHECK(mg("Magnesium (as citrate) 100 mg\nMagnesium (magnesium citrate) 100 mg") == 100.0);
}

TEST_CASE("a list of a text that holds the panel's form and more completes it", "[assess]") {
    std::set<std::string> forms;
    const auto a =
        of("Supplement Facts\nServing Size 2 teaspoons\nMagnesium (as magnesium carbonate) 320 mg 76%\n"
           "Ingredients: magnesium citrate (made from citric acid and magnesium carbonate)");
    for (const auto& entry : a.entries) forms.insert(entry.forms.begin(), entry.forms.end());
    CHECK(forms == std::set<std::string>{"carbonate", "citrate"});
}
