#include "parser/sections.h"

#include <catch2/catch.hpp>
#include <string>

using namespace magscan::parser;

namespace {

// Whether the last word of the text stands among excipients.
bool ends_in_excipients(const std::string& text) {
    const Block block = block_of(text);
    const Markup markup = mark_up(block);
    return sections_of(markup, {}).back().excipients;
}

}  // namespace

TEST_CASE("a class of additives with its members in brackets is one item of a list", "[sections]") {
    CHECK_FALSE(ends_in_excipients("Bulking agent (cellulose); calcium carbonate; magnesium oxide"));
    CHECK_FALSE(ends_in_excipients("Agente de carga (celulosa), óxido de magnesio"));
    CHECK(ends_in_excipients("Bulking agent (cellulose, magnesium hydroxide"));
    CHECK(ends_in_excipients("Other ingredients: cellulose, magnesium hydroxide"));
    CHECK(ends_in_excipients("Other ingredients (inactive): cellulose, magnesium hydroxide"));
}

TEST_CASE("a dose in front of a nutrient begins a table below a list", "[sections]") {
    CHECK_FALSE(ends_in_excipients("Anti-caking agent: silica\nPer 2 tablets: Magnesium 300 mg"));
    CHECK_FALSE(ends_in_excipients("Trennmittel: Kieselsäure\nPro 2 Kapseln: Magnesium 300 mg"));
    CHECK(ends_in_excipients("Anti-caking agent: silica\nPer tablet: magnesium stearate"));
    CHECK_FALSE(ends_in_excipients("Anti-caking agent: silica. 3 capsules contain 360 mg magnesium"));
    CHECK(ends_in_excipients("Anti-caking agent: silica. 60 capsules, magnesium stearate"));
}
