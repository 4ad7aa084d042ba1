#include "parser/fuse.h"

#include <catch2/catch.hpp>
#include <set>

#include "calc/assess.h"
#include "parser/label_parser.h"

using namespace magscan;
using calc::Status;
using parser::Label;

namespace {

// A label as photographed: with places, so that a lone figure is not believed beyond what a photo allows.
Label photo(std::string_view text) {
    Label label = parser::parse_text(text);
    for (parser::Statement& s : label.statements) {
        for (parser::Evidence& e : s.evidence) e.polygon = {{10, 10}, {200, 10}, {200, 30}, {10, 30}};
    }
    return label;
}

calc::Assessment of(const std::vector<std::string_view>& texts) {
    std::vector<Label> labels;
    for (const std::string_view text : texts) labels.push_back(photo(text));
    return calc::assess(parser::fuse(labels));
}

std::optional<double> figure(const calc::Assessment& a) {
    const bool firm = a.status == Status::kStated || a.status == Status::kDerived;
    return firm && a.per_serving ? a.per_serving->value : std::nullopt;
}

std::size_t disagreements(const calc::Assessment& a) {
    std::size_t count = 0;
    for (const parser::Warning& warning : a.warnings) count += warning.code == "photos_disagree";
    return count;
}

constexpr std::string_view kPanel =
    "Supplement Facts\nServing Size 2 Capsules\nMagnesium (as Magnesium Malate) 144 mg 34%";

}  // namespace

TEST_CASE("one photo stays as it is, none is an empty label", "[fuse]") {
    const Label one = photo(kPanel);
    const Label fused = parser::fuse({one});
    CHECK(fused.statements.size() == one.statements.size());
    CHECK(fused.serving->units == 2.0);
    CHECK(parser::fuse({}).statements.empty());
    CHECK_FALSE(parser::fuse({}).serving);
}

TEST_CASE("front and panel: the panel settles what the front leaves open, in either order", "[fuse]") {
    const std::string_view front = "Magnesium Malate 1,200 mg\n90 Capsules";
    for (const auto& texts : {std::vector{front, kPanel}, std::vector{kPanel, front}}) {
        const auto a = of(texts);
        CHECK(figure(a) == 144.0);
        CHECK(a.per_unit->value == 72.0);
        CHECK(a.confidence > 0.9);
        CHECK(disagreements(a) == 0);
        CHECK(a.outcome == calc::Outcome::kComplete);
    }
}

TEST_CASE("a row on two photos is one statement with the evidence of both", "[fuse]") {
    const std::string_view rows =
        "Supplement Facts\nMagnesium (as Magnesium Oxide) 100 mg 24%\nMagnesium (as Magnesium Citrate) 50 mg 12%";
    const auto a = of({rows, rows});
    CHECK(figure(a) == 150.0);
    REQUIRE(a.entries.size() == 2);
    for (const calc::Entry& entry : a.entries) {
        REQUIRE(entry.evidence.size() == 2);
        CHECK(entry.evidence[0].image == 0);
        CHECK(entry.evidence[1].image == 1);
    }
    const auto third = of({rows, rows, rows});
    CHECK(figure(third) == 150.0);
}

TEST_CASE("what one photo lacks another gives", "[fuse]") {
    const auto percent = of({"Supplement Facts\nMagnesium (as Magnesium Malate) 144 mg",
                             "Supplement Facts\nServing Size 3 Capsules\nMagnesium (as Magnesium Malate) 34%"});
    CHECK(figure(percent) == 144.0);
    CHECK(percent.confidence > 0.9);
    CHECK(percent.per_unit->value == 48.0);
    const auto form =
        of({"Supplement Facts\nMagnesium 144 mg 34%", "Supplement Facts\nMagnesium (as Magnesium Malate) 144 mg"});
    REQUIRE(form.entries.size() == 1);
    CHECK(form.entries.front().forms == std::vector<std::string>{"malate"});
}

TEST_CASE("two photos that are read alike make a figure surer, one photo alone does not", "[fuse]") {
    const std::string_view row = "Supplement Facts\nMagnesium (as Magnesium Malate) 144 mg";
    CHECK(of({row}).confidence < 0.8);
    CHECK(of({row, row}).confidence >= 0.8);
    // A percentage that contradicts the amount contradicts it on both.
    CHECK(
        of({"Supplement Facts\nMagnesium (as Malate) 144 mg 80%", "Supplement Facts\nMagnesium (as Malate) 144 mg 80%"})
            .score <= 0.5);
    CHECK(of({"Supplement Facts\nMagnesium (as Malate) 144 mg 80%", "Provides 144 mg elemental magnesium per serving"})
              .score <= 0.5);
}

TEST_CASE("two readings of one row: the percentage settles it, or nothing does", "[fuse]") {
    const std::string_view wrong = "Supplement Facts\nMagnesium (as Magnesium Malate) 114 mg 34%";
    for (const auto& texts : {std::vector{kPanel, wrong}, std::vector{wrong, kPanel}}) {
        const auto a = of(texts);
        CHECK(figure(a) == 144.0);
        CHECK(a.confidence > 0.9);
        CHECK(disagreements(a) == 1);
    }
    const auto open = of({"Supplement Facts\nMagnesium (as Magnesium Malate) 144 mg",
                          "Supplement Facts\nMagnesium (as Magnesium Malate) 114 mg"});
    CHECK_FALSE(figure(open));
    REQUIRE(open.per_serving);
    CHECK_FALSE(open.per_serving->value);
    CHECK(open.per_serving->low == 114);
    CHECK(open.per_serving->high == 144);
    CHECK(open.score <= 0.5);
    CHECK(open.confidence < 0.8);
    REQUIRE(open.warnings.size() == 1);
    CHECK(open.warnings.front().message.find("\"144 mg\" (photo 1) and \"114 mg\" (photo 2)") != std::string::npos);
    // Two whole rows that differ are two products.
    CHECK_FALSE(figure(of({kPanel, "Supplement Facts\nMagnesium (as Magnesium Malate) 250 mg 60%"})));
}

TEST_CASE("photos of different products are told and give no sum", "[fuse]") {
    const auto panels = of({kPanel, "Supplement Facts\nMagnesium (as Magnesium Oxide) 400 mg 95%"});
    CHECK_FALSE(figure(panels));
    CHECK(disagreements(panels) >= 1);
    const auto form = of({"Magnesium Taurate\nPure and simple", kPanel});
    CHECK(disagreements(form) == 1);
    CHECK(form.confidence < 0.8);
    CHECK(form.entries.size() == 2);
    const auto amount = of({"Provides 400 mg elemental magnesium per serving", kPanel});
    CHECK(disagreements(amount) == 1);
    CHECK(amount.confidence < 0.8);
}

TEST_CASE("panels of two products give no figure, whatever links them", "[fuse]") {
    const std::string_view other = "Supplement Facts\nMagnesium\nMagnesium (as Magnesium Citrate) 100 mg 24%";
    for (const std::string_view second :
         {other, std::string_view("Supplement Facts\nMagnesium (as Magnesium Malate) 288 mg 69%"),
          std::string_view("Supplement Facts\nMagnesium (as Magnesium Malate) 215 mg"),
          std::string_view("Supplement Facts\nMagnesium 80%")}) {
        INFO(second);
        const auto a = of({kPanel, second});
        CHECK_FALSE(figure(a));
        CHECK(disagreements(a) >= 1);
    }
}

TEST_CASE("a general name, a part or a multiple on the front is no contradiction", "[fuse]") {
    for (const std::string_view front :
         {"Chelated Magnesium\n90 Capsules", "Magnesium Complex", "Magnesium 72 mg per capsule", "High Absorption"}) {
        INFO(front);
        const auto a = of({front,
                           "Supplement Facts\nServing Size 2 Capsules\nMagnesium (as Magnesium Bisglycinate) 144 "
                           "mg 34%"});
        CHECK(figure(a) == 144.0);
        CHECK(disagreements(a) == 0);
    }
}

TEST_CASE("parts of a panel that no photo shows as a whole give bounds", "[fuse]") {
    const std::string_view upper = "Supplement Facts\nMagnesium (as Magnesium Oxide) 100 mg 24%";
    const std::string_view lower = "Supplement Facts\nMagnesium (as Magnesium Citrate) 50 mg 12%";
    const auto apart = of({upper, lower});
    CHECK_FALSE(figure(apart));
    CHECK(apart.per_serving->low == 50);
    CHECK(apart.per_serving->high == 150);
    const std::string both = std::string(upper) + "\nMagnesium (as Magnesium Citrate) 50 mg 12%";
    CHECK(figure(of({both, lower})) == 150.0);
}

TEST_CASE("serving, servings and directions come from whichever photo has them", "[fuse]") {
    const auto a = of({"Supplement Facts\nServing Size 2 Capsules\nMagnesium (as Magnesium Malate) 144 mg 34%",
                       "Directions: take 1 capsule twice daily", "Servings Per Container 45"});
    REQUIRE(a.serving);
    CHECK(a.serving->units == 2.0);
    CHECK(a.serving->per_container == 45.0);
    CHECK(a.serving->per_day_low == 1.0);
    CHECK(a.per_day->value == 144.0);
    CHECK(disagreements(a) == 0);
    CHECK(a.serving->evidence.size() == 2);
}

TEST_CASE("servings that differ are left open and told", "[fuse]") {
    const auto size =
        of({kPanel, "Supplement Facts\nServing Size 3 Capsules\nMagnesium (as Magnesium Malate) 144 mg 34%"});
    CHECK(figure(size) == 144.0);
    CHECK_FALSE(size.serving->units);
    CHECK_FALSE(size.per_unit);
    CHECK(disagreements(size) == 1);
    const auto count = of({"Servings Per Container 45", "Servings Per Container 46"});
    CHECK_FALSE(count.serving->per_container);
    CHECK(disagreements(count) == 1);
}

TEST_CASE("a photo of nothing legible takes nothing away", "[fuse]") {
    const auto a = of({"", kPanel});
    CHECK(figure(a) == 144.0);
    CHECK(a.entries.front().evidence.front().image == 1);
    CHECK(of({"", "ab"}).outcome == calc::Outcome::kUnreadable);
    CHECK(of({"one two", "one two", "one two"}).outcome == calc::Outcome::kUnreadable);
}

TEST_CASE("a front that names more forms than the panel showed completes them", "[fuse]") {
    const auto a = of({"Magnesium Glycinate, Citrate and Malate\nTriple complex",
                       "Supplement Facts\nMagnesium (as Magnesium Citrate) 144 mg 34%"});
    std::set<std::string> forms;
    for (const calc::Entry& entry : a.entries) forms.insert(entry.forms.begin(), entry.forms.end());
    CHECK(forms == std::set<std::string>{"bisglycinate", "citrate", "malate"});
    CHECK(figure(a) == 144.0);
    CHECK(disagreements(a) == 0);
}
