#include "parser/label_parser.h"

#include <catch2/catch.hpp>

using namespace magscan::parser;

namespace {

// The one statement with an amount or a percentage.
Statement only(std::string_view text) {
    const Label label = parse_text(text);
    std::vector<Statement> found;
    for (const Statement& s : label.statements) {
        if (s.amount || s.inner_element || s.inner_compound || s.percent) found.push_back(s);
    }
    INFO(text);
    REQUIRE(found.size() == 1);
    return found.front();
}

std::vector<std::string> families(const Statement& s) {
    std::vector<std::string> out;
    for (const Form& form : s.forms) out.push_back(form.family);
    return out;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a panel row: mineral, source in brackets, amount, percentage", "[parser]") {
    for (const char* text :
         {"Magnesium (as Magnesium Bisglycinate) 200 mg 48%", "Magnesium 200 mg (as bisglycinate) 48%",
          "Magnesium (from magnesium bisglycinate) ..... 200 mg .... 48 %",
          "Magnesium (as magnesium\t200 mg\t48%\nbisglycinate)", "Magnesium (as Magnesium\nBisglycinate)\t200 mg\t48%",
          "| Magnesium (as Magnesium Bisglycinate) | 200 mg — 48% DV |"}) {
        const Statement s = only(text);
        CHECK(s.subject == Subject::kMineral);
        REQUIRE(s.amount);
        CHECK(s.amount->mg == 200);
        CHECK(s.percent == 48.0);
        CHECK(families(s) == Names{"bisglycinate"});
        CHECK_FALSE(s.tied_to_product_name);
    }
}

TEST_CASE("several forms share one amount", "[parser]") {
    CHECK(families(only("Magnesium (as oxide, citrate and malate) 150 mg 36%")) == Names{"oxide", "citrate", "malate"});
    CHECK(families(only("Magnesium (citrate/oxide) 125 mg 31%")) == Names{"citrate", "oxide"});
    CHECK(families(only("Magnesium (as Magnesium: Oxide, Aspartate) 200 mg")) == Names{"oxide", "aspartate"});
}

TEST_CASE("the compound's weight inside the brackets is not the row's amount", "[parser]") {
    const Statement s = only("Magnesium (from 1,000 mg Magnesium Taurate) 89 mg 21%");
    REQUIRE(s.amount);
    CHECK(s.amount->mg == 89);
    REQUIRE(s.inner_compound);
    CHECK(s.inner_compound->mg == 1000);
    const Statement below = only("Magnesium 105 mg\n  from Magnesium Lysinate Glycinate Chelate 1,050 mg");
    REQUIRE(below.inner_compound);
    CHECK(below.amount->mg == 105);
    CHECK(below.inner_compound->mg == 1050);
}

TEST_CASE("a compound of which an amount is magnesium", "[parser]") {
    for (const char* text :
         {"Magnesium citrate 1,500 mg (providing 240 mg elemental magnesium)",
          "Magnesiumcitrat 1.500 mg, davon Magnesium 240 mg", "Magnesiumcitrat 1.500 mg\n- davon Magnesium 240 mg",
          "Citrate de magnésium : 1500 mg (dont 240 mg de magnésium élément = 64 % VNR)",
          "Citrato di magnesio 1500 mg\ndi cui magnesio 240 mg",
          "Magnesium citrate 1500 mg (equiv. magnesium 240 mg)"}) {
        const Statement s = only(text);
        INFO(text);
        CHECK(s.subject == Subject::kCompound);
        REQUIRE(s.amount);
        CHECK(s.amount->mg == 1500);
        REQUIRE(s.inner_element);
        CHECK(s.inner_element->mg == 240);
    }
}

TEST_CASE("the amount may stand before the name", "[parser]") {
    CHECK(only("220 mg magnesium per 2 tablets").amount->mg == 220);
    CHECK(only("Chaque ampoule contient 250 mg de magnésium").amount->mg == 250);
    CHECK(only("400 mg elementares Magnesium").says_elemental);
    CHECK(only("84 mg of elemental magnesium").says_elemental);
    CHECK(only("1.400 mg Magnesiumbisglycinat").subject == Subject::kCompound);
    CHECK(only("120 mg\nof magnesium per serving").amount->mg == 120);
    const Statement listed = only("300 mg de sodio, 100 mg de potasio, 60 mg de magnesio y 200 mg de calcio");
    CHECK(listed.amount->mg == 60);
}

TEST_CASE("other nutrients' rows are not magnesium", "[parser]") {
    CHECK(only("Vitamin C (as magnesium ascorbate) 500 mg 833%\nMagnesium (ascorbate) 50 mg 13%").amount->mg == 50);
    CHECK_FALSE(parse_text("Vitamin C (as magnesium ascorbate) 500 mg 833%").names_magnesium);
    CHECK_FALSE(parse_text("Manganese (as manganese sulfate) 2 mg 87%").names_magnesium);
    CHECK_FALSE(parse_text("Zinc 15 mg\nOther ingredients: cellulose, magnesium stearate, silica").names_magnesium);
    CHECK_FALSE(parse_text("Trennmittel: Magnesiumsalze der Speisefettsäuren").names_magnesium);
    CHECK_FALSE(parse_text("Free from magnesium stearate and gluten").names_magnesium);
    CHECK(only("Calcium 200 mg 15%\nMagnesium 100 mg 24%\nZinc 10 mg 91%").amount->mg == 100);
    CHECK(only("Calcium 200 mg 15% Magnesium 100 mg 24% Zinc 10 mg 91%").amount->mg == 100);
}

TEST_CASE("an amount in a product's name is marked as such", "[parser]") {
    CHECK(only("Magnesium Gummies 330 mg").tied_to_product_name);
    CHECK(only("Calcium & Magnesium 1000 mg").tied_to_product_name);
    CHECK_FALSE(only("Magnesium 330 mg").tied_to_product_name);
}

TEST_CASE("percentages without a sign, daggers, percentages alone", "[parser]") {
    const Statement bare = only("Magnesium 175 mg 47");
    CHECK(bare.percent == 47.0);
    CHECK(bare.percent_unmarked);
    CHECK(only("Magnesium L-Threonate\t1,000 mg\t†").no_daily_value_mark);
    const Statement alone = only("Magnesium 8%");
    CHECK_FALSE(alone.amount);
    CHECK(alone.percent == 8.0);
    CHECK_FALSE(only("Magnesium glycinate 100% chelated 200 mg").percent);
}

TEST_CASE("forms on lines of their own count where the label is about magnesium", "[parser]") {
    const Label label = parse_text("MAGNESIUM COMPLEX\nGLYCINATE, CITRATE, MALATE");
    std::vector<std::string> all;
    for (const Statement& s : label.statements) {
        for (const Form& form : s.forms) all.push_back(form.family);
    }
    CHECK(all == Names{"bisglycinate", "citrate", "malate"});
    CHECK(parse_text("ZINC\nCITRATE").statements.empty());
}

TEST_CASE("per what the amount counts", "[parser]") {
    CHECK(only("135 mg magnesium per capsule").per == Per::kUnit);
    CHECK(only("200 mg Magnesium/Kapsel").per == Per::kUnit);
    CHECK(only("Magnesium 400 mg pro Tagesdosis").per == Per::kDay);
    CHECK(only("Magnesium 330 mg per serving").per == Per::kServing);
}

TEST_CASE("serving size and directions", "[parser]") {
    const auto units = [](std::string_view text) {
        const Label label = parse_text(text);
        return label.serving ? label.serving->units : std::nullopt;
    };
    CHECK(units("Serving Size: 2 Capsules\nServings Per Container: 60") == 2.0);
    CHECK(parse_text("Serving Size: 2 Capsules\nServings Per Container: 60").serving->per_container == 60.0);
    CHECK(units("Serving Size 1 Level Scoop (8.7 g)") == 1.0);
    CHECK(units("Serving size: 1/2 teaspoon") == 0.5);
    CHECK(units("Amount per 3 tablets") == 3.0);
    CHECK(units("Each capsule contains magnesium oxide") == 1.0);
    CHECK(units("Directions: take 2 capsules daily with food") == 2.0);
    CHECK(units("Pro Tagesdosis (2 Kapseln)") == 2.0);
    CHECK(units("90 capsules") == std::nullopt);
    CHECK(parse_text("Serving Size: 2 gummies (adults); 1 gummy (children)").serving->varies);
    const auto daily = parse_text("Serving Size: 2 capsules. Directions: take 2 capsules twice daily").serving;
    CHECK(daily->per_day_low == 2.0);
}

TEST_CASE("hostile text is read without harm", "[parser]") {
    CHECK(parse_text("").statements.empty());
    CHECK(parse_text(std::string(300'000, '(')).statements.empty());
    CHECK_NOTHROW(parse_text("Magnesium " + std::string(5'000, ')') + " 200 mg"));
    CHECK_NOTHROW(parse_text("\xff\xfe Magnesium \x80 200 mg"));
    std::string rows;
    for (int i = 0; i < 3'000; ++i) rows += "Magnesium (as magnesium oxide) 1 mg\n";
    CHECK_NOTHROW(parse_text(rows));
}

TEST_CASE("scraps of misread words don't part an amount from its name", "[parser]") {
    CHECK(only("(350 mg\nMagnesium per scoop").amount->mg == 350);
    CHECK(only("300 mg\nJe magnésium élément par jour").amount->mg == 300);
}

TEST_CASE("nutrients and ingredient lines that look like anions are no forms", "[parser]") {
    const auto forms = [](std::string_view text) {
        std::size_t count = 0;
        for (const Statement& s : parse_text(text).statements) count += s.forms.size();
        return count;
    };
    CHECK(forms("Magnesium 75 mg 18%\nChloride 72 mg 3%") == 0);
    CHECK(forms("Magnesium 75 mg 18%\n2% Chloride\t72 mg\t3%") == 0);
    CHECK(forms("Magnesium 75 mg 18%\nPhosphate,") == 0);
    CHECK(forms("Magnesium 75 mg 18%\nCitrate") == 1);
}

TEST_CASE("the word elemental speaks for its own row", "[parser]") {
    const Label label = parse_text("Supplement Facts\nMagnesium (elemental)\nMagnesium Glycinate\t700 mg");
    for (const Statement& s : label.statements) {
        if (s.amount) CHECK_FALSE(s.says_elemental);
    }
}

TEST_CASE("what sea water's magnesium consists of is no further form", "[parser]") {
    const Label label = parse_text("Ingrédients : Magnésium marin (oxyde, hydroxyde, sulfate de magnésium), cellulose");
    REQUIRE(label.statements.size() == 1);
    CHECK(families(label.statements.front()) == Names{"marine"});
}

TEST_CASE("a number whose beginning is cut off is no amount", "[parser]") {
    CHECK_FALSE(parse_text("00 mg elemental magnesium").statements.front().amount);
}

TEST_CASE("a form may lead, its amount and magnesium follow", "[parser]") {
    const Statement s = only("Taurate 90 mg magnesium \xc2\xb7 2 capsules");
    CHECK(s.amount->mg == 90);
    CHECK(families(s) == Names{"taurate"});
    CHECK(only("with citrate 90 mg magnesium").forms.empty());
}

TEST_CASE("a listing has product, form, amount and serving in cells of their own", "[parser]") {
    const auto listed = [](std::string_view text) {
        bool any = false;
        for (const Statement& s : parse_text(text).statements) any = any || s.in_listing;
        return any;
    };
    CHECK(listed("Acme Magnesium Taurate 90 ct | Magnesium taurate | 110 mg | 2 capsules"));
    CHECK(listed("Acme Magnesium Blend | Citrate, malate | 110 mg | 1 tablet"));
    CHECK_FALSE(listed("Acme Magnesium Taurate 110 mg | Magnesium taurate | 110 mg | 2 capsules"));
    CHECK_FALSE(listed("Acme Magnesium | 110 mg | 2 capsules"));
    CHECK_FALSE(listed("Acme Magnesium Taurate | tablets | 110 mg"));
    CHECK_FALSE(listed("Magnesium taurate | 110 mg | 26 %"));
}

TEST_CASE("words that qualify a form don't make its line a sentence", "[parser]") {
    const auto forms = [](std::string_view text) {
        std::size_t count = 0;
        for (const Statement& s : parse_text(text).statements) count += s.forms.size();
        return count;
    };
    CHECK(forms("Magnesium 90 mg\nTaurate - buffered-free") == 1);
    CHECK(forms("Magnesium 90 mg\npure malate") == 1);
    CHECK(forms("Magnesium 90 mg\nmalate helps tired muscles") == 0);
}

TEST_CASE("the row's amount inside a bracket that goes on below", "[parser]") {
    for (const char* text : {"Magnesium (from 900 mg 80 mg | magnesium taurate)\t19%",
                             "Magnesium (from 900 mg 80 mg 19%\nmagnesium taurate)",
                             "Magnesium (from 900 mg\t80 mg\t19%\nmagnesium taurate)"}) {
        const Statement s = only(text);
        REQUIRE(s.amount);
        CHECK(s.amount->mg == 80);
        REQUIRE(s.inner_compound);
        CHECK(s.inner_compound->mg == 900);
        CHECK(s.percent == 19.0);
    }
}

TEST_CASE("a nutrient of its own is no form of magnesium, with its amount unread or in a list", "[parser]") {
    for (const char* text :
         {"Molybdenum 50 mcg 110%\nChloride\nPotassium 80 mg 2%\n\nMagnesium 60 mg 14%",
          "Magnesium 60 mg 14%\nChloride 72 mg 3%\nZinc 11 mg 100%",
          "Magnesium 60 mg 14%\nIngredients: Potassium Chloride, Ascorbic Acid, Magnesium Oxide, Cellulose"}) {
        INFO(text);
        for (const Statement& s : parse_text(text).statements) {
            for (const Form& form : s.forms) CHECK(form.family == "oxide");
        }
    }
}

TEST_CASE("a bracket that closes holds all its rows, one that does not ends after two", "[parser]") {
    const Statement closed = only(
        "Magnesium 400 mg 95%\n(as Magnesium Oxide,\nMagnesium Citrate,\nMagnesium Malate,\nMagnesium Gluconate\n"
        "and Magnesium Orotate)");
    CHECK(families(closed) == Names{"oxide", "citrate", "malate", "gluconate", "orotate"});
    const Statement open = only(
        "Magnesium 400 mg 95%\n(as Magnesium Oxide,\nMagnesium Citrate,\nMagnesium Malate,\nMagnesium Gluconate\n"
        "and Magnesium Orotate");
    CHECK(families(open).size() < 5);
}
