#include "parser/lexicon.h"

#include <catch2/catch.hpp>

#include <string>

#include "parser/text_utf8.h"
#include "tests/unit/lexicon_words.h"

using namespace magscan::parser;
using namespace magscan::test;

TEST_CASE("Normalising folds case, marks, special letters and gaps", "[tokens]") {
    CHECK(normalise("  Magnésium–Citrate® ") == "magnesium citrate");
    CHECK(normalise("Jabłczan  Magnezu") == "jablczan magnezu");
    CHECK(normalise("MAGNEZYUM SİTRAT ışık") == "magnezyum sitrat isik");
    CHECK(normalise("Weißdorn Kød Œuf") == "weissdorn kod oeuf");
    CHECK(normalise("Zinc/Copper\tOxide\n") == "zinc copper oxide");
    CHECK(normalise("МАГНИЙ Ёлка") == "магнии елка");
    CHECK(normalise("Μαγνήσιο") == "μαγνησιο");
    CHECK(normalise("") == "");
    CHECK(normalise(" - ") == "");
    CHECK(normalise("½ tsp") == "1 2 tsp");
}

// A sign of another script makes the whole text go through Unicode's own tables.
TEST_CASE("Letters fold alike alone and beside any other script", "[tokens]") {
    for (char32_t c = 0x80; c < 0x560; ++c) {
        std::string text = "Ma";
        append_code_point(text, c);
        text += "Gn";
        INFO(text);
        CHECK(normalise(text + " \u4e2d") == normalise(text) + " \u4e2d");
    }
    CHECK(normalise("\u00c9l\u00e9ment \u039c\u0391\u0393\u039d\u0389\u03a3\u0399\u039f") ==
          "element \u03bc\u03b1\u03b3\u03bd\u03b7\u03c3\u03b9\u03bf");
}

TEST_CASE("Normalising twice changes nothing", "[tokens]") {
    for (const std::string text : {"Magnésium–Citrate® 2 ½", "İstanbul ĞÜŞ", "ﬁber ㎎ ™",
                                   "a\xFF"
                                   "b\xC3",
                                   "ΣΑΣ ς", "´´ ¨ o", "Ⅷ ①", "ǅ ß ẞ", "e\xCC\x81\xCC\x81", "\xE2\x81\x84", "가 ｶﾞ"}) {
        INFO(text);
        CHECK(normalise(normalise(text)) == normalise(text));
    }
}

TEST_CASE("Tokens are words, numbers and signs", "[tokens]") {
    CHECK(words("Magnesium (as Citrate) 2,000 mg 48%") ==
          Words{"magnesium", "(", "as", "citrate", ")", "2,000", "mg", "48", "%"});
    CHECK(words("400mg") == Words{"400", "mg"});
    CHECK(words("400mgMagnesium") == Words{"400", "mg", "magnesium"});
    CHECK(words("81,9 mg 1/2") == Words{"81,9", "mg", "1/2"});
    CHECK(words("1½ ¼") == Words{"1", "1/2", "1/4"});
    CHECK(words("1-2 capsules") == Words{"1", "\xE2\x80\x93", "2", "capsules"});
    CHECK(words("bis-glycinate") == Words{"bis", "glycinate"});
    CHECK(words("Magnesiumcitrat 500 mg –") == Words{"magnesiumcitrat", "500", "mg", "\xE2\x80\x93"});
    CHECK(words("sels d'acides gras") == Words{"sels", "d", "acides", "gras"});
    CHECK(words("dell’acido Doctor's") == Words{"dell", "acido", "doctors"});
    CHECK(words("Doctor’s rock’n’roll été") == Words{"doctors", "rocknroll", "ete"});
    CHECK(words("Vitamin B12, E470b") == Words{"vitamin", "b12", ",", "e470b"});
    CHECK(words("Magnes1um 2x300mg") == Words{"magnes1um", "2", "x", "300", "mg"});
    CHECK(words("2000mg† ‡ ** <1 ~5") ==
          Words{"2000", "mg", "\xE2\x80\xA0", "\xE2\x80\xA1", "*", "*", "<", "1", "~", "5"});
    CHECK(words("a/b") == Words{"a", "/", "b"});
    CHECK(words("").empty());
}

TEST_CASE("Token ranges point into the text", "[tokens]") {
    const std::string text = "Magnésium® (élément) 2 000 mg\n—  4½ gélules\xFF d'été";
    std::size_t end = 0;
    for (const Token& token : tokenise(text)) {
        INFO(token.text);
        REQUIRE(token.begin >= end);
        REQUIRE(token.end > token.begin);
        REQUIRE(token.end <= text.size());
        end = token.end;
        const std::string piece = text.substr(token.begin, token.end - token.begin);
        if (token.text.size() > 1 && token.text[0] >= 'a') CHECK(normalise(piece) == token.text);
    }
}

TEST_CASE("Tokens know where lines begin and how symbols are printed", "[tokens]") {
    const auto tokens = tokenise("Mg 5 mg\nMG x");
    REQUIRE(tokens.size() == 5);
    CHECK(tokens[0].element_case);
    CHECK_FALSE(tokens[2].element_case);
    CHECK_FALSE(tokens[3].element_case);
    CHECK(tokens[0].line_begin);
    CHECK_FALSE(tokens[1].line_begin);
    CHECK(tokens[3].line_begin);
    CHECK_FALSE(tokens[4].line_begin);
}
