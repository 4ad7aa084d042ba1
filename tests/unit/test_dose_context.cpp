#include "parser/dose_context.h"

#include <catch2/catch.hpp>

using namespace magscan::parser;

namespace {

// The text's first dose and what its context makes of it.
struct Case {
    explicit Case(const std::string& text) : block(block_of(text)), markup(mark_up(block)), context(markup) {
        for (const Quantity& q : markup.quantities) {
            if (q.kind != Quantity::Kind::kDose) continue;
            dose = q;
            break;
        }
    }

    std::optional<std::size_t> bare() const {
        for (const CueMatch& cue : markup.cues) {
            if (const auto count = context.bare_daily_count(cue)) return count;
        }
        return std::nullopt;
    }

    Block block;
    Markup markup;
    DoseContext context;
    Quantity dose;
};

}  // namespace

TEST_CASE("a verb behind the dose says that it holds the amounts", "[dose_context]") {
    for (const char* text : {"2 capsules provide", "One tablet typically contains", "1 Tablette (1,2 g) enthält",
                             "2 Kapseln liefern", "2 gélules apportent", "3 cápsulas aportan", "2 compresse contengono",
                             "2 tabletten bevatten", "2 comprimidos contêm", "2 kapsułki zawierają"}) {
        INFO(text);
        CHECK(Case(text).context.is_of_contents(Case(text).dose));
    }
    CHECK_FALSE(Case("2 capsules, contains soy").context.is_of_contents(Case("2 capsules, contains soy").dose));
    CHECK_FALSE(Case("2 capsules\nContains soy").context.is_of_contents(Case("2 capsules\nContains soy").dose));
}

TEST_CASE("a day behind the dose makes it a day's, unless it is a limit", "[dose_context]") {
    for (const char* text : {"3 capsules daily", "one (1) tablet a day with food", "2 capsules twice daily",
                             "2 Kapseln pro Tag", "1 comprimé par jour", "2 cápsulas al día", "una compressa al giorno",
                             "1 tablet per dag", "2 cápsulas por dia", "jedna kapsułka dziennie"}) {
        INFO(text);
        CHECK(Case(text).context.is_daily(Case(text).dose));
    }
    for (const char* text : {"Do not exceed 2 capsules daily", "Do not\nexceed 2 capsules daily",
                             "2 capsules daily at maximum", "Nicht mehr als 2 Kapseln täglich", "24 tablets daily",
                             "20 tablets\nDaily multivitamin", "2 tablets. Daily use is safe"}) {
        INFO(text);
        CHECK_FALSE(Case(text).context.is_daily(Case(text).dose));
    }
    CHECK(Case("Do not exceed the dose. Take 2 capsules daily")
              .context.is_daily(Case("Do not exceed the dose. Take 2 capsules daily").dose));
}

TEST_CASE("a dose a day below the title heads a panel", "[dose_context]") {
    CHECK(Case("Supplement Facts\n4 capsules per day")
              .context.heads_panel(Case("Supplement Facts\n4 capsules per day").dose));
    CHECK_FALSE(Case("4 capsules per day").context.heads_panel(Case("4 capsules per day").dose));
}

TEST_CASE("a full stop of an abbreviation ends no sentence", "[dose_context]") {
    const Case abbreviation("Tagesportion ca. 2 Kapseln"), end("Take it daily. Store in a dry place");
    CHECK_FALSE(abbreviation.context.ends_sentence(2));
    CHECK(end.context.ends_sentence(3));
}

TEST_CASE("a bare number alone with a day counts units", "[dose_context]") {
    CHECK(Case("1 daily").bare());
    CHECK(Case("MAGNESIUM\nONE-A-DAY\n120 tablets").bare());
    CHECK_FALSE(Case("5 a day").bare());
    CHECK_FALSE(Case("One a day multivitamin").bare());
    CHECK_FALSE(Case("Vitamin C 1 daily").bare());
    CHECK_FALSE(Case("0.5 daily").bare());
}
