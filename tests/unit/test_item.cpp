// What belongs to one statement about magnesium and what begins the next. All labels are invented.
#include "parser/item.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "parser/label_parser.h"

using namespace magscan::parser;

namespace {

struct Part {
    double mg = 0;  // 0 where the statement has no amount
    std::vector<std::string> forms;

    bool operator==(const Part&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Part& part) {
    out << part.mg << " mg";
    for (const std::string& form : part.forms) out << ' ' << form;
    return out;
}

std::vector<Part> parts(const std::string& text) {
    std::vector<Part> out;
    for (const Statement& s : parse_text(text).statements) {
        Part& part = out.emplace_back();
        part.mg = s.amount ? s.amount->mg : 0;
        for (const Form& form : s.forms) part.forms.push_back(form.family);
    }
    return out;
}

Statement only(const std::string& text) {
    const Label label = parse_text(text);
    REQUIRE(label.statements.size() == 1);
    return label.statements.front();
}

}  // namespace

TEST_CASE("each source with an amount of its own is a part of its own", "[item]") {
    const std::vector<Part> both = {{100, {"oxide"}}, {50, {"citrate"}}};
    for (const char* text :
         {"Magnesium from oxide 100 mg, from citrate 50 mg", "Magnesium (from oxide) 100 mg, (from citrate) 50 mg",
          "Magnesium 100 mg (as oxide), 50 mg (as citrate)", "Magnesium 100 mg as oxide and 50 mg as citrate",
          "Magnesium 100 mg from magnesium oxide and 50 mg from magnesium citrate",
          "Magnesium 100 mg als Oxid, 50 mg als Citrat"}) {
        INFO(text);
        CHECK(parts(text) == both);
        for (const Statement& s : parse_text(text).statements) CHECK(s.subject == Subject::kMineral);
    }
    // The percentage behind a part is that part's.
    CHECK(parse_text("Magnesium from oxide 100 mg 24%, from citrate 50 mg 12%").statements.back().percent == 12.0);
}

TEST_CASE("what another nutrient is made from is no part of the magnesium before it", "[item]") {
    CHECK(parts("Magnesium from oxide 100 mg, zinc from citrate 50 mg") == std::vector<Part>{{100, {"oxide"}}});
    CHECK(parts("Magnesium (as oxide) 100 mg\nChloride 50 mg") == std::vector<Part>{{100, {"oxide"}}});
}

TEST_CASE("sources in a row share the amount before them", "[item]") {
    const std::vector<Part> all = {{300, {"oxide", "citrate", "malate"}}};
    CHECK(parts("300 mg of magnesium from magnesium oxide, magnesium citrate and magnesium malate") == all);
    CHECK(parts("300 mg Magnesium aus Magnesiumoxid, -citrat und -malat") == all);
    CHECK(parts("300 mg of magnesium from magnesium oxide and magnesium malate per sachet") ==
          std::vector<Part>{{300, {"oxide", "malate"}}});
}

TEST_CASE("one name stands for several forms in Romance languages", "[item]") {
    CHECK(only("Oxyde et citrate de magnésium 300 mg").forms.size() == 2);
    CHECK(parse_text("citrato, malato y taurato de magnesio").statements.front().forms.size() == 3);
    CHECK(only("Gluconate de calcium et citrate de magnésium").forms.size() == 1);
}

TEST_CASE("the word elemental ties the amount to the name behind it", "[item]") {
    const auto statements = parse_text("Magnesium Complex: 400 mg elemental magnesium per day").statements;
    REQUIRE(statements.size() == 2);
    CHECK_FALSE(statements.front().amount);
    REQUIRE(statements.back().amount);
    CHECK(statements.back().amount->mg == 400);
    CHECK(statements.back().says_elemental);
}

TEST_CASE("a row that ends in the name goes on with the amount below it", "[item]") {
    const Statement s = only("Citrate de magnésium 1500 mg\ndont magnésium\n240 mg");
    REQUIRE(s.inner_element);
    CHECK(s.inner_element->mg == 240);
    CHECK_FALSE(only("Citrate de magnésium 1500 mg\n240 mg").inner_element);
}

TEST_CASE("the element in brackets, its source behind them", "[item]") {
    const Statement s = only("Magnesium (56 mg) from magnesium malate 280 mg");
    REQUIRE(s.amount);
    CHECK(s.amount->mg == 56);
    REQUIRE(s.inner_compound);
    CHECK(s.inner_compound->mg == 280);
}

TEST_CASE("a sentence about a number of capsules is a sentence of its own", "[item]") {
    const auto found = parts("Trimagnesium dicitrate (85 %), capsule shell. 3 capsules contain 360 mg magnesium");
    CHECK(found == std::vector<Part>{{0, {"citrate"}}, {360, {}}});
}

TEST_CASE("shares of a printed whole are no parts beside it", "[item]") {
    const std::vector<Part> whole = {{375, {"oxide", "citrate"}}};
    for (const char* text : {"Magnesium 375 mg, of which 200 mg from magnesium oxide, 175 mg from magnesium citrate",
                             "Magnesium 375 mg (100 %), davon 200 mg aus Magnesiumoxid und 175 mg aus Magnesiumcitrat",
                             "375 mg magnesium: 200 mg as oxide and 175 mg as citrate"}) {
        INFO(text);
        CHECK(parts(text) == whole);
        CHECK_FALSE(only(text).inner_element);
    }
}
