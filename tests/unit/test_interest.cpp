#include "parser/interest.h"

#include <catch2/catch.hpp>
#include <chrono>
#include <string>

using magscan::ocr::Interest;
using magscan::parser::interest_of;

namespace Catch {
template <>
struct StringMaker<Interest> {
    static std::string convert(Interest interest) {
        return interest == Interest::kName ? "name" : interest == Interest::kFigure ? "figure" : "none";
    }
};
}  // namespace Catch

TEST_CASE("lines that name magnesium or a form of it are names", "[interest]") {
    for (const char* line :
         {"Magnesium", "MAGNESIUM 400 MG", "Magnésium marin", "Magnesio", "Magnez", "Магний", "Magnesiumcitrat",
          "as Citrate", "Bisglycinate chelate", "Magtein", "di-magnesium malate", "Mg 200 mg"}) {
        CAPTURE(line);
        CHECK(interest_of(line) == Interest::kName);
    }
}

TEST_CASE("a piece of the name, or the name misread, is a name", "[interest]") {
    for (const char* line :
         {"agnesiu", "agnesium 200", "Magnes", "gnesium", "Magneslum", "\u201cMagnesium", "/Magnesium"}) {
        CAPTURE(line);
        CHECK(interest_of(line) == Interest::kName);
    }
    // Three letters stand in too many other words.
    CHECK(interest_of("mag") == Interest::kNone);
    CHECK(interest_of("Sium") == Interest::kName);
}

TEST_CASE("other nutrients alone are of no interest, with an amount they are figures", "[interest]") {
    for (const char* line : {"Zinc", "Calcium", "Vitamin C", "Manganese"}) {
        CAPTURE(line);
        CHECK(interest_of(line) == Interest::kNone);
    }
    CHECK(interest_of("Zinc 15 mg") == Interest::kFigure);
}

TEST_CASE("amounts and percentages are figures, and what they refer to is told apart", "[interest]") {
    for (const char* line : {"200 mg", "48%", "350", "l00 mg"}) {
        CAPTURE(line);
        CHECK(interest_of(line) == Interest::kFigure);
    }
    for (const char* line : {"Serving Size two capsules", "Portionsgröße", "% Daily Value", "%NRV", "per serving",
                             "pro Portion", "elemental"}) {
        CAPTURE(line);
        CHECK(interest_of(line) == Interest::kServing);
    }
}

TEST_CASE("other words are of no interest", "[interest]") {
    for (const char* line : {"Store in a cool, dry place", "Dietary Supplement", "Keep out of reach of children",
                             "hypoallergenic", "Made in Germany", "", "   ", "\xC2\xAE \xE2\x80\xA2 .,;:-"}) {
        CAPTURE(line);
        CHECK(interest_of(line) == Interest::kNone);
    }
}

TEST_CASE("excipients name nothing by themselves", "[interest]") {
    for (const char* line : {"Silicon dioxide", "Cellulose, talc", "Zinc stearate", "Stearic acid"}) {
        CAPTURE(line);
        CHECK(interest_of(line) == Interest::kNone);
    }
}

TEST_CASE("bytes that are no text end in an answer", "[interest]") {
    CHECK(interest_of(std::string("\xFF\xFE\xC3\x00\x80 Magnesium", 15)) == Interest::kName);
    CHECK(interest_of(std::string(3, '\0')) == Interest::kNone);
}

TEST_CASE("a hostile line takes time in proportion to its length", "[interest]") {
    const std::string pieces[] = {"magn esium ", "1", "m", "(", "\xCC\x81", "citr-", "mg 1,000.5 % "};
    for (const std::string& piece : pieces) {
        std::string line;
        while (line.size() < 100'000) line += piece;
        CAPTURE(piece);
        const auto start = std::chrono::steady_clock::now();
        interest_of(line);
        // Some hundred times what it takes: a square of the length would take longer.
        CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(20));
    }
}
