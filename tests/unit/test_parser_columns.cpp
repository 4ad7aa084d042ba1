#include "parser/columns.h"

#include <catch2/catch.hpp>

#include "parser/gutters.h"
#include "parser/label_parser.h"

using namespace magscan;
using parser::Per;

namespace {

// Words of 10 pixels a letter, 20 high, 8 between them.
void put(ocr::Page& page, float x, float y, const std::vector<std::string>& words) {
    ocr::Line line;
    line.height = 20;
    for (const std::string& text : words) {
        const float width = 10.0F * static_cast<float>(text.size());
        line.words.push_back({text, {{x, y}, {x + width, y}, {x + width, y + 20}, {x, y + 20}}, 0.9F, {}});
        x += width + 8;
    }
    page.lines.push_back(line);
}

// A row of a table with two columns.
void put_row(ocr::Page& page, float y, const std::string& name, const std::vector<std::string>& first,
             const std::vector<std::string>& second) {
    put(page, 100, y, {name});
    put(page, 520, y, first);
    put(page, 760, y, second);
}

ocr::Page sheet() {
    return {1600, 1000, 0, {}, {}, "test", "test"};
}

std::vector<std::string> texts(std::string_view line) {
    std::vector<std::string> out;
    for (const auto& match : parser::find_headings(line)) out.push_back(match.heading.text);
    return out;
}

parser::Statement row_of(const parser::Label& label) {
    REQUIRE(label.statements.size() == 1);
    return label.statements.front();
}

}  // namespace

TEST_CASE("a line of headings falls into its columns", "[columns]") {
    using Texts = std::vector<std::string>;
    CHECK(texts("pro 100 g pro Portion (2 Kapseln) % NRV") == Texts{"pro 100 g", "pro Portion (2 Kapseln", "% NRV"});
    CHECK(texts("1 scoop 2 scoops DV%") == Texts{"1 scoop", "2 scoops", "DV"});
    CHECK(texts("1 scoop (6 g) 2 scoops (12 g)").size() == 2);
    CHECK(texts("Adults 2 gummies Children 1 gummy").size() == 2);
    CHECK(texts("per capsule per daily dose").size() == 2);
    const auto found = parser::find_headings("pro Portion (2 Kapseln)");
    REQUIRE(found.size() == 1);
    CHECK(found.front().heading.per == Per::kServing);
    CHECK(found.front().heading.units == 2.0);
    CHECK(found.front().heading.unit == "capsule");
}

TEST_CASE("rows, serving sizes and directions are no headings", "[columns]") {
    CHECK(texts("Magnesium 200 mg per serving").empty());
    CHECK(texts("Serving Size: 2 capsules").empty());
    CHECK(texts("Take 2 capsules daily with a meal").empty());
    CHECK(texts("the whole family likes these little fruity gummies for adults").empty());
    CHECK(texts("").empty());
}

TEST_CASE("amounts stand under the headings of their columns", "[columns]") {
    ocr::Page page = sheet();
    put(page, 520, 60, {"per", "100", "g"});
    put(page, 760, 60, {"per", "serving"});
    put(page, 780, 90, {"(30", "g)"});
    put_row(page, 130, "Calcium", {"900", "mg"}, {"270", "mg"});
    put_row(page, 160, "Magnesium", {"300", "mg"}, {"90", "mg"});
    const auto row = row_of(parser::parse_page(page));
    CHECK(row.amount->mg == 300);
    CHECK(row.heading.per == Per::k100g);
    REQUIRE(row.other_columns.size() == 1);
    CHECK(row.other_columns.front().amount.mg == 90);
    CHECK(row.other_columns.front().heading.per == Per::kServing);
    CHECK(row.other_columns.front().heading.units == 30.0);
}

TEST_CASE("a row's grams below the headings are none", "[columns]") {
    ocr::Page page = sheet();
    put(page, 520, 60, {"1", "scoop"});
    put(page, 760, 60, {"2", "scoops"});
    put(page, 100, 90, {"Total", "Carbohydrate"});
    put(page, 530, 90, {"3", "g"});
    put(page, 770, 90, {"6", "g"});
    put_row(page, 130, "Magnesium", {"60", "mg"}, {"120", "mg"});
    const auto row = row_of(parser::parse_page(page));
    CHECK(row.heading.text == "1 scoop");
    REQUIRE(row.other_columns.size() == 1);
    CHECK(row.other_columns.front().heading.text == "2 scoops");
}

TEST_CASE("grams are headings where none stand above them", "[columns]") {
    ocr::Page page = sheet();
    put(page, 100, 60, {"Nutrition"});
    put(page, 530, 60, {"5", "g"});
    put(page, 770, 60, {"10", "g"});
    put_row(page, 130, "Magnesium", {"60", "mg"}, {"120", "mg"});
    const auto row = row_of(parser::parse_page(page));
    CHECK(row.heading.units == 5.0);
    REQUIRE(row.other_columns.size() == 1);
    CHECK(row.other_columns.front().heading.units == 10.0);
}

TEST_CASE("nothing is no measure of a column", "[columns]") {
    CHECK(texts("0 g 0 g").empty());
    CHECK(texts("5 g 10 g").size() == 2);
}

TEST_CASE("the amounts behind a bracket that was lost are columns", "[columns]") {
    const auto row =
        row_of(parser::parse_text("per 1 scoop | per 2 scoops\nMagnesium (as magnesium malate 60 mg 120 mg"));
    CHECK(row.amount->mg == 60);
    CHECK(row.bracket_open);
    CHECK_FALSE(row.inner_compound);
    REQUIRE(row.other_columns.size() == 1);
    CHECK(row.other_columns.front().amount.mg == 120);
}

TEST_CASE("text without places heads its columns by their order", "[columns]") {
    const auto label = parser::parse_text("| per 1 scoop | per 2 scoops | %DV\nMagnesium | 60 mg | 120 mg | 29%");
    const auto row = row_of(label);
    CHECK(row.heading.units == 1.0);
    REQUIRE(row.other_columns.size() == 1);
    CHECK(row.other_columns.front().heading.units == 2.0);
    CHECK(row.percent == 29.0);
    // Another number of amounts: whose they are is open.
    const auto odd = parser::parse_text("per 1 scoop | per 2 scoops\nMagnesium 60 mg");
    CHECK_FALSE(row_of(odd).heading.tells());
}

TEST_CASE("each column may have a percentage of its own", "[columns]") {
    const auto label = parser::parse_text("per tablet | per 2 tablets\nMagnesium 100 mg 24% 200 mg 48%");
    const auto row = row_of(label);
    CHECK(row.percent == 24.0);
    REQUIRE(row.other_columns.size() == 1);
    CHECK(row.other_columns.front().percent == 48.0);
}

TEST_CASE("a panel in two tables side by side keeps their rows apart", "[columns]") {
    ocr::Page page = sheet();
    // The right table's names follow the left one's percentages without a gap worth the name.
    const std::vector<std::vector<std::string>> rows = {
        {"2", "mg", "118%", "Calcium"}, {"5", "mg", "294%", "Magnesium"}, {"18", "mg", "113%", "Zinc"}};
    const std::vector<std::string> amounts = {"210", "80", "12"}, percents = {"16%", "19%", "109%"};
    float y = 100;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        put(page, 100, y, {i == 1 ? "Niacin" : "Biotin"});
        float x = 600;  // right-aligned: the names of the right table begin at 600
        for (std::size_t k = 0; k < 3; ++k) x -= 10.0F * static_cast<float>(rows[i][k].size()) + 8;
        put(page, x, y, rows[i]);
        put(page, 900, y, {amounts[i], "mg"});
        put(page, 1020, y, {percents[i]});
        y += 30;
    }
    const auto row = row_of(parser::parse_page(page));
    CHECK(row.amount->mg == 80);
    CHECK(row.percent == 19.0);
    CHECK(row.other_columns.empty());
}

TEST_CASE("claims that begin with amounts are not cut apart", "[columns]") {
    ocr::Page page = sheet();
    put(page, 100, 100, {"500", "mg", "Calcium"});
    put(page, 100, 130, {"250", "mg", "Magnesium"});
    put(page, 100, 160, {"150", "mg", "Potassium"});
    const auto row = row_of(parser::parse_page(page));
    REQUIRE(row.amount);
    CHECK(row.amount->mg == 250);
}

TEST_CASE("one unit and several of it are two columns", "[columns]") {
    const auto found = parser::find_headings("per tablet  per 2 tablets  %NRV");
    REQUIRE(found.size() == 3);
    CHECK(found[0].heading.units == 1.0);
    CHECK(found[1].heading.units == 2.0);
    CHECK(found[2].heading.percent);
}
