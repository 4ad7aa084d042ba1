#include "parser/front_claim.h"

#include <catch2/catch.hpp>

#include "calc/assess.h"
#include "parser/label_parser.h"

using namespace magscan;

namespace {

// A front that rows are printed on, each in letters of its own height, as wide as high.
struct Front {
    ocr::Page page{1000, 1000, 0, {}, {}, "test", "test"};
    float y = 50;

    Front& row(float height, const std::vector<std::string>& words, float x = 200) {
        ocr::Line line;
        line.height = height;
        for (const std::string& text : words) {
            const float width = height * 0.5F * static_cast<float>(text.size());
            ocr::Word word;
            word.text = text;
            word.confidence = 0.95F;
            word.polygon = {{x, y}, {x + width, y}, {x + width, y + height}, {x, y + height}};
            line.words.push_back(word);
            x += width + height * 0.4F;
        }
        page.lines.push_back(line);
        y += height * 1.5F;
        return *this;
    }

    // The amount that was joined with the name, in mg; 0 where none was.
    double amount() const {
        const parser::Label label = parser::parse_page(page);
        for (const parser::Statement& s : label.statements) {
            if (s.amount_apart) return s.amount->mg;
        }
        return 0;
    }

    calc::Assessment assessment() const { return calc::assess(parser::parse_page(page)); }
};

Front front(const std::vector<std::string>& under_the_name = {}) {
    Front f;
    f.row(30, {"Waldquell"}).row(80, {"Magnesium"});
    if (!under_the_name.empty()) f.row(80, under_the_name);
    return f.row(25, {"Für", "die", "Muskeln"});
}

}  // namespace

TEST_CASE("a European front that names the mineral alone states it with its one amount", "[front_claim]") {
    const Front f = front().row(50, {"350", "mg"}).row(20, {"Nahrungsergänzungsmittel", "90", "Kapseln"});
    CHECK(f.amount() == 350);
    const auto a = f.assessment();
    CHECK(a.status == calc::Status::kStated);
    REQUIRE(a.per_serving);
    CHECK(a.per_serving->value == 350.0);
    CHECK(a.entries.front().rule == "FOP-5");
    CHECK(a.entries.front().evidence.size() == 2);
    CHECK(a.confidence < 0.8);
}

TEST_CASE("elsewhere the amount stays open", "[front_claim]") {
    for (const auto& market : {std::vector<std::string>{"Dietary", "Supplement"}, {"90", "capsules"}}) {
        const auto a = front().row(50, {"350", "mg"}).row(20, market).assessment();
        CHECK(a.status == calc::Status::kUnknown);
        CHECK_FALSE(a.per_serving);
    }
}

TEST_CASE("what else the amount may be of", "[front_claim]") {
    CHECK(front({"+", "B6"}).row(50, {"350", "mg"}).amount() == 350);  // no such dose of it
    CHECK(front({"&", "Vitamin", "D3"}).row(50, {"350", "mg"}).amount() == 350);
    CHECK(front({"total"}).row(50, {"350", "mg"}).amount() == 350);
    CHECK(front({"+", "B6"}).row(50, {"75", "mg"}).amount() == 0);
    CHECK(front({"+", "Kalium"}).row(50, {"350", "mg"}).amount() == 0);
    CHECK(front({"+", "Vitamin"}).row(50, {"350", "mg"}).amount() == 0);  // C?
    CHECK(front({"Citrat"}).row(50, {"350", "mg"}).amount() == 0);
    CHECK(front({"Komplex"}).row(50, {"350", "mg"}).amount() == 0);
    CHECK(front({"Schlafbeere"}).row(50, {"350", "mg"}).amount() == 0);  // a name that the word lists lack
    CHECK(front().row(50, {"350", "mg"}).row(50, {"120", "mg"}).amount() == 0);
    CHECK(front().row(50, {"350", "mg"}).row(20, {"davon", "120", "mg"}).amount() == 0);
    CHECK(front().row(50, {"350", "mg"}).row(20, {"pro", "100", "g"}).amount() == 0);
    CHECK(front().row(50, {"350", "mg"}).row(20, {"Zutaten:", "Reismehl"}).amount() == 0);
    CHECK(front().row(50, {"350", "mg"}).row(20, {"Inhalt", "120", "g"}).amount() == 350);  // the pack's weight
}

TEST_CASE("an amount that is no claim of the front", "[front_claim]") {
    CHECK(front().row(50, {"20", "mg"}).amount() == 0);
    CHECK(front().row(50, {"1400", "mg"}).amount() == 0);
    CHECK(front().row(50, {"350-400", "mg"}).amount() == 0);
    CHECK(front().row(20, {"350", "mg"}).amount() == 0);                         // small print
    CHECK(front().row(50, {"350", "mg"}, 800).amount() == 0);                    // beside the name
    CHECK(front().row(50, {"60", "Kapseln", "350", "mg"}).amount() == 0);        // weight of a capsule
    CHECK(front().row(50, {"350", "mg"}).row(70, {"Magnesium"}).amount() == 0);  // two products?
    CHECK(front().row(50, {"350", "mg"}).row(70, {"500"}).amount() == 0);
}

TEST_CASE("an amount per capsule is one of a capsule", "[front_claim]") {
    const Front f = front().row(50, {"350", "mg"}).row(30, {"pro", "Kapsel"}).row(20, {"Nahrungsergänzungsmittel"});
    REQUIRE(f.amount() == 350);
    const auto a = f.assessment();
    REQUIRE(a.per_unit);
    CHECK(a.per_unit->value == 350.0);
}

TEST_CASE("a front's amount that another side gives to the compound stays open", "[front_claim]") {
    parser::Label label = parser::parse_page(front().row(50, {"600", "mg"}).row(20, {"Nahrungsergänzungsmittel"}).page);
    REQUIRE(calc::assess(label).status == calc::Status::kStated);
    const parser::Label back = parser::parse_text("Zutaten: Magnesiumcitrat 600 mg, Reismehl");
    label.statements.insert(label.statements.end(), back.statements.begin(), back.statements.end());
    const auto a = calc::assess(label);
    CHECK(a.status == calc::Status::kEstimated);
    CHECK_FALSE((a.per_serving && a.per_serving->low > 100));
}
