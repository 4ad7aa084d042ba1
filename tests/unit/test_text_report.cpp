#include <catch2/catch.hpp>

#include "scan/scanner.h"
#include "scan/text_report.h"
#include "scan/wording.h"
#include "tests/support/reports.h"

using namespace magscan;

TEST_CASE("numbers are written as people write them", "[text_report]") {
    CHECK(scan::format_mg(200) == "200 mg");
    CHECK(scan::format_mg(81.9) == "81.9 mg");
    CHECK(scan::format_mg(0.254) == "0.25 mg");
    CHECK(scan::format_mg(1418) == "1,418 mg");
    CHECK(scan::format_mg(1234567.5) == "1,234,567.5 mg");
    CHECK(scan::format_mg(0) == "0 mg");
    CHECK(scan::format_number(-0.001) == "0");
}

TEST_CASE("intervals say how much is known", "[text_report]") {
    CHECK(scan::format_interval({200.0, 200, 200}) == "200 mg");
    CHECK(scan::format_interval({std::nullopt, 150.2, 210.7}) == "150 to 211 mg");
    CHECK(scan::format_interval({140.6, 130, 150}) == "about 141 mg (130 to 150 mg)");
    CHECK(scan::format_interval({std::nullopt, 1.25, 2.5}) == "1.3 to 2.5 mg");
    CHECK(scan::format_interval({std::nullopt, 5, 5}) == "5 mg");
}

TEST_CASE("units are counted in English", "[text_report]") {
    CHECK(scan::format_units(1, "capsule") == "1 capsule");
    CHECK(scan::format_units(2, "capsule") == "2 capsules");
    CHECK(scan::format_units(4, "gummy") == "4 gummies");
    CHECK(scan::format_units(2, "lozenge") == "2 lozenges");
    CHECK(scan::format_units(0.5, "tablet") == "0.5 tablet");
    CHECK(scan::format_units(15, "ml") == "15 ml");
    CHECK(scan::format_units(std::nullopt, "scoop") == "scoop");
}

TEST_CASE("forms are named in words", "[text_report]") {
    CHECK(scan::form_name("bisglycinate") == "magnesium bisglycinate");
    CHECK(scan::form_name("l-threonate") == "magnesium L-threonate");
    CHECK(scan::form_name("lysinate-glycinate") == "magnesium lysinate glycinate");
    CHECK(scan::form_names({"oxide", "citrate", "malate"}) ==
          "magnesium oxide, magnesium citrate and magnesium malate");
    CHECK(scan::form_names({}).empty());
}

TEST_CASE("what was read can't move the cursor or forge lines", "[text_report]") {
    CHECK(scan::printable("a\nb\x1b[2Jc\x7f") == "a b [2Jc ");
    CHECK(scan::printable("a\xC2\x9B"
                          "b") == "a b");
    CHECK(scan::printable("Käse 200 µg") == "Käse 200 µg");
    scan::Report report = stated_report();
    report.source.name = "evil\nAnswer      999 mg";
    report.assessment.entries[0].evidence[0].text = "\x1b]0;owned\x07";
    const std::string text = scan::text_report(report);
    CHECK(text.find('\x1b') == std::string::npos);
    CHECK(text.find("\nAnswer      999") == std::string::npos);
}

TEST_CASE("a stated figure is the answer", "[text_report]") {
    CHECK(scan::headline(stated_report()) == "200 mg elemental magnesium per serving of 2 capsules");
    CHECK(scan::text_report(stated_report()) ==
          "bottle.jpg\n"
          "Answer      200 mg elemental magnesium per serving of 2 capsules\n"
          "            100 mg per capsule\n"
          "            48 % of the US daily value, 53 % of the EU reference value, per serving\n"
          "How sure    97 %, printed on the label as elemental magnesium\n"
          "Form        magnesium bisglycinate\n"
          "Why         A facts panel lists the mineral, and 200 mg is 48 % of 420 mg, as printed.\n"
          "Printed     magnesium bisglycinate: \"200 mg\" per serving is elemental magnesium (rule US-1)\n"
          "            the compound weighs about 1,418 mg (1,333 to 2,000 mg)\n"
          "            read: \"Magnesium (as Magnesium Bisglycinate) 200 mg 48%\"\n"
          "Checks      agrees: 200 mg is 48 % of 420 mg, as printed\n");
}

TEST_CASE("an estimate is called one", "[text_report]") {
    CHECK(scan::headline(estimated_report()) == "100 to 165 mg elemental magnesium per tablet, estimated");
    const std::string text = scan::text_report(estimated_report());
    CHECK(text.find("How sure    60 %, an estimate\n") != std::string::npos);
    CHECK(text.find("\"1000 mg\" is the weight of the compound (rule FOP-2)\n") != std::string::npos);
    CHECK(text.find("Warnings    Only the front was seen. Photograph the facts panel too.\n") != std::string::npos);
}

TEST_CASE("what is not known is said plainly", "[text_report]") {
    using calc::Outcome;
    CHECK(scan::headline(empty_report(Outcome::kPartial)) ==
          "Contains magnesium; how much elemental magnesium is not known");
    CHECK(scan::headline(empty_report(Outcome::kNoMagnesium)) == "No magnesium named in what was read");
    CHECK(scan::headline(empty_report(Outcome::kUnreadable)) == "Too little could be read to say anything");
    // An unknown status never shows a figure, even where bounds are there.
    scan::Report report = empty_report(Outcome::kPartial);
    report.assessment.per_serving = calc::Interval{200.0, 200, 200};
    CHECK(scan::text_report(report).find("200") == std::string::npos);
}

TEST_CASE("long sentences are broken between words", "[text_report]") {
    scan::Report report = stated_report();
    report.assessment.reason.clear();
    for (int i = 0; i < 60; ++i) report.assessment.reason += "seven77 ";
    const std::string text = scan::text_report(report);
    std::size_t start = 0;
    for (std::size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', start)) {
        CHECK(end - start <= 100);
        start = end + 1;
    }
    CHECK(text.find("seven77\n            seven77") != std::string::npos);
}

TEST_CASE("limits are a line an authority", "[text_report]") {
    scan::Report report = stated_report();
    report.assessment.per_day = calc::Interval{400.0, 400, 400};
    report.limits = calc::limits_for(report.assessment, {}, calc::Jurisdiction::kUk).limits;
    CHECK(scan::text_report(report).find(
              "\nLimits      UK 400 mg a day from supplements (guidance level): not over (400 "
              "mg)\n            EU 250 mg a day from supplements: over (400 mg)\n") != std::string::npos);

    report.assessment.per_day = calc::Interval{std::nullopt, 200, 600};
    report.limits = calc::limits_for(report.assessment, {}, calc::Jurisdiction::kUs).limits;
    CHECK(scan::text_report(report).find("US 350 mg a day from supplements: may be over (200 to 600 mg)\n") !=
          std::string::npos);

    report.assessment.per_day.reset();
    report.limits = calc::limits_for(report.assessment, {}, calc::Jurisdiction::kUs).limits;
    const std::string open = scan::text_report(report);
    CHECK(open.find("\nLimits      at one serving a day; the label gives no directions\n") != std::string::npos);
    CHECK(open.find("US 350 mg a day from supplements: not over (200 mg)\n") != std::string::npos);

    report.assessment.status = calc::Status::kUnknown;
    report.limits = calc::limits_for(report.assessment, {}, calc::Jurisdiction::kUs).limits;
    CHECK(scan::text_report(report).find("Limits") == std::string::npos);
}

TEST_CASE("the recommended intake counts food, and is given where a person or a place is", "[text_report]") {
    scan::Report report = stated_report();
    CHECK(scan::text_report(report).find("Intake") == std::string::npos);
    report.assessment.per_day = calc::Interval{200.0, 200, 200};
    report.options.profile = calc::parse_profile("pregnant,age=25").value();
    report.intake = calc::intake_for(report.options.profile, calc::Jurisdiction::kUs);
    CHECK(scan::text_report(report).find(
              "\nIntake      57 % of the recommended total daily intake of 350 mg for a pregnant woman of 25 years\n"
              "            (RDA, US), which counts food too\n") != std::string::npos);
    report.options.profile = {};
    report.intake = calc::intake_for({}, calc::Jurisdiction::kEu);
    report.assessment.per_day.reset();
    CHECK(scan::text_report(report).find("one serving a day is 57 to 67 % of the recommended total daily intake") !=
          std::string::npos);
}

TEST_CASE("the note is told by rating, disputes and cautions", "[text_report]") {
    const auto report = scan::report_of_text(
        "Supplement Facts\nServing Size 1 Tablet\nMagnesium (as magnesium oxide) 250 mg 60%\nUSP Verified", "label");
    REQUIRE(report);
    const std::string text = scan::text_report(*report);
    INFO(text);
    CHECK(text.find("In short    One tablet holds 250 mg of magnesium itself, from magnesium oxide.") !=
          std::string::npos);
    CHECK(text.find("Good for    constipation; a low price for its magnesium\n") != std::string::npos);
    CHECK(text.find("Fair for    falling asleep\n") != std::string::npos);
    CHECK(text.find("Poor for    a sensitive stomach or gut\n") != std::string::npos);
    CHECK(text.find("dream sleep") == std::string::npos);  // nobody knows
    CHECK(text.find("Disputed    falling asleep; leg cramps at night; ") != std::string::npos);
    CHECK(text.find("Also says   \"USP Verified\" means") != std::string::npos);
    CHECK(text.find("Careful     Kidney disease or dialysis: ") != std::string::npos);
    CHECK(text.find("Sources     abbasi-2012, ") != std::string::npos);
    CHECK(text.find("Note        This note tells what is printed") != std::string::npos);
    std::size_t start = 0;
    for (std::size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', start)) {
        CHECK(end - start <= 100);
        start = end + 1;
    }
}

TEST_CASE("of several forms each purpose names those it holds for", "[text_report]") {
    const auto report = scan::report_of_text("Magnesium (as magnesium oxide, magnesium citrate) 250 mg 60%", "label");
    REQUIRE(report);
    const std::string text = scan::text_report(*report);
    INFO(text);
    CHECK(text.find(
              "Good for    constipation; topping up magnesium (magnesium citrate); a low price for its magnesium\n") !=
          std::string::npos);
}
