#include "parser/text_fold.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <array>

#include "parser/text_utf8.h"

namespace magscan::parser {
namespace {

// Letters that NFKD does not take apart.
const char* folded(UChar32 c) {
    switch (c) {
        case 0x142:
            return "l";
        case 0xF8:
            return "o";
        case 0x131:
            return "i";
        case 0x111:
            return "d";
        case 0xF0:
            return "d";
        case 0xE6:
            return "ae";
        case 0x153:
            return "oe";
        case 0xFE:
            return "th";
        case 0x127:
            return "h";
        case 0x3C2:
            return "\xCF\x83";  // final sigma
        case 0x2044:
            return "/";
        default:
            return nullptr;
    }
}

icu::UnicodeString decomposed(const icu::UnicodeString& text) {
    UErrorCode status = U_ZERO_ERROR;
    static const icu::Normalizer2* nfkd = icu::Normalizer2::getNFKDInstance(status);
    if (nfkd == nullptr) return text;
    status = U_ZERO_ERROR;
    icu::UnicodeString out = nfkd->normalize(text, status);
    return U_FAILURE(status) != 0 ? text : out;
}

// fold() for any text.
std::string fold_by_unicode(std::string_view text) {
    std::string out;
    icu::UnicodeString wide =
        icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
    for (const UChar32 sign : {0xAE, 0x2122, 0x2120, 0xA9, 0xFFFD}) wide.findAndReplace(icu::UnicodeString(sign), "");
    wide = decomposed(decomposed(wide).foldCase());
    for (int32_t i = 0; i < wide.length(); i = wide.moveIndex32(i, 1)) {
        const UChar32 c = wide.char32At(i);
        if (u_charType(c) == U_NON_SPACING_MARK || u_charType(c) == U_ENCLOSING_MARK) continue;
        if (U_IS_SURROGATE(c) || (u_charType(c) == U_FORMAT_CHAR)) continue;
        if (const char* letters = folded(c)) {
            out += letters;
        } else {
            append_code_point(out, static_cast<char32_t>(c));
        }
    }
    return out;
}

// What the letters of the Latin, Greek and Cyrillic alphabets fold to. Each folds by itself, whatever stands beside it.
using FoldedLetters = std::array<std::string, 0x530>;

const FoldedLetters& folded_letters() {
    static const FoldedLetters letters = [] {
        FoldedLetters all;
        for (std::size_t c = 0; c < all.size(); ++c) {
            std::string letter;
            append_code_point(letter, static_cast<char32_t>(c));
            all[c] = fold_by_unicode(letter);
        }
        return all;
    }();
    return letters;
}

}  // namespace

std::string fold(std::string_view text) {
    const FoldedLetters& letters = folded_letters();
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = next_code_point(text, at);
        if (c >= letters.size()) return fold_by_unicode(text);
        if (c < 0x80) {
            out += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
        } else {
            out += letters[c];
        }
    }
    return out;
}

}  // namespace magscan::parser
