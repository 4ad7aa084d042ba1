#include "calc/label_notes.h"

#include <catch2/catch.hpp>

#include <set>
#include <string>

#include "calc/assess.h"
#include "parser/label_parser.h"

using namespace magscan;

namespace {

std::set<std::string> codes(const std::string& text) {
    std::set<std::string> out;
    for (const auto& warning : calc::assess(parser::parse_text(text)).warnings) {
        CHECK_FALSE(warning.message.empty());
        out.insert(warning.code);
    }
    return out;
}

using Codes = std::set<std::string>;

}  // namespace

TEST_CASE("a label without oddities gets no warning", "[notes]") {
    CHECK(codes("Supplement Facts\nServing Size 2 Capsules\nMagnesium (as Magnesium Citrate) 200 mg 48%").empty());
    CHECK(codes("Supplement Facts\nMagnesium (as Magtein) 144 mg 34%\nMagnesium L-Threonate 2,000 mg †").empty());
    CHECK(codes("Magnesiumcitrat 1.500 mg, davon Magnesium 240 mg 64 % NRV").empty());
}

TEST_CASE("what a label says against itself is told", "[notes]") {
    CHECK(codes("Serving size 2 capsules\nMagnesium 375 mg (10 mg Mg) 100 %") == Codes{"label_contradicts_itself"});
    CHECK(codes("Magnesium (as magnesium glycinate) 1000 mg 24%") == Codes{"label_contradicts_itself"});
    CHECK(codes("Serving Size 2 Capsules\nMagnesium (as Magnesium Bisglycinate) 1,000 mg 238%") ==
          Codes{"impossible_amount"});
    CHECK(codes("500 mg elemental magnesium from one magnesium bisglycinate capsule") == Codes{"impossible_amount"});
}

TEST_CASE("more magnesium than the form holds speaks for a denser source", "[notes]") {
    CHECK(codes("Serving Size 3 Capsules\nMagnesium (as magnesium aspartate) 450 mg 107%") ==
          Codes{"added_oxide_likely", "form_cannot_hold_amount"});
    CHECK(codes("Magnesium amino acid chelate 750 mg (equiv. magnesium 150 mg)") == Codes{"added_oxide_likely"});
    CHECK(codes("Magnesium amino acid chelate 750 mg (equiv. magnesium 100 mg)").empty());
    // What no grade of the name holds is no blend of it.
    CHECK(codes("Magnesium 400 mg (entspricht 1000 mg Magnesiumcitrat)").empty());
    // A source's name says nothing of the substance.
    CHECK(codes("Serving Size 2 capsules\nMarine Magnesium 300 mg 71%").empty());
}

TEST_CASE("percentages of other bases are told", "[notes]") {
    CHECK(codes("Magnesium (as Magnesium Oxide) 400 mg 100%") == Codes{"old_daily_value"});
    CHECK(codes("Nahrungsergänzungsmittel\nMagnesium 375 mg 100 % NRV").empty());
    CHECK(codes("Magnesium 144 mg 41%") == Codes{"percent_of_unknown_base"});
    CHECK(codes("Magnesium 20 mg 25%") == Codes{"other_daily_value"});  // of 80 mg, for small children
}

TEST_CASE("a source beside the mineral's row is told, not added", "[notes]") {
    const std::string text = "Magnesium (as magnesium oxide) 300 mg 71%\nMagnesium L-Threonate (Magtein) 1,000 mg †";
    CHECK(codes(text) == Codes{"second_source_not_added"});
    CHECK(calc::assess(parser::parse_text(text)).per_serving->high == 300.0);
}

TEST_CASE("a corrected digit and an open front are told", "[notes]") {
    CHECK(codes("Magnesium (from 2,000 mg Magnesium Bisglycinate) 280 mg 48%") == Codes{"digit_corrected"});
    CHECK(codes("Magnesium Citrate 500 mg") == Codes{"front_only"});
}
