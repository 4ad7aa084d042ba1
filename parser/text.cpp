// Normalising and splitting label text; declared in parser/lexicon.h.
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>

#include "parser/lexicon.h"
#include "parser/text_fold.h"
#include "parser/text_utf8.h"

namespace magscan::parser {
namespace {

// ASCII, which most of a text is, needs no look into the tables of Unicode.
bool is_ascii(UChar32 c) {
    return c >= 0 && c < 0x80;
}

bool is_word_sign(UChar32 c) {
    if (is_ascii(c)) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return u_isalpha(c) || u_charType(c) == U_NON_SPACING_MARK || u_charType(c) == U_ENCLOSING_MARK;
}

bool is_digit(UChar32 c) {
    if (is_ascii(c)) return c >= '0' && c <= '9';
    return u_isdigit(c) != 0;
}

bool is_apostrophe(UChar32 c) {
    return c == '\'' || c == 0x2019 || c == 0x2018 || c == 0x02BC || c == 0x00B4 || c == '`' || c == 0x2032;
}

bool is_hyphen(UChar32 c) {
    return c == '-' || c == '_' || c == 0xAD || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFE63 ||
           c == 0xFF0D;
}

bool is_vulgar_fraction(UChar32 c) {
    return (c >= 0xBC && c <= 0xBE) || (c >= 0x2150 && c <= 0x215E);
}

constexpr std::array<std::string_view, 13> kElisions = {"d",  "l",  "dell", "nell", "all",   "dall", "sull",
                                                        "un", "qu", "c",    "n",    "quell", "s"};
constexpr std::array<std::string_view, 13> kUnits = {"mg", "g", "mcg", "ug", "kg",   "ml", "dl",
                                                     "cl", "l", "iu",  "ie", "kcal", "x"};

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

// Whether a piece of a text folds to one of the words. Longer pieces are none, however they fold.
template <std::size_t N>
bool folds_to_one_of(std::string_view piece, const std::array<std::string_view, N>& words) {
    constexpr std::size_t kLongest = 24;  // bytes
    return piece.size() <= kLongest && is_one_of(fold(piece), words);
}

// The token that a sign stands for; empty for signs that only separate.
std::string sign_token(UChar32 c) {
    switch (c) {
        case '(':
        case ')':
        case '[':
        case ']':
        case '{':
        case '}':
        case ',':
        case ';':
        case ':':
        case '%':
        case '*':
        case '=':
        case '+':
        case '&':
        case '|':
        case '<':
        case '>':
        case '~':
        case '/':
        case '.':
            return std::string(1, static_cast<char>(c));
        case 0xFF08:
            return "(";
        case 0xFF09:
            return ")";
        case 0xFF0C:
        case 0x3001:
        case 0x3002:
            return ",";
        case 0xFF1A:
            return ":";
        case 0xFF1B:
            return ";";
        case 0xFF05:
        case 0x66A:
        case 0xFE6A:
            return "%";
        case 0x2217:
        case 0x204E:
        case 0xFF0A:
        case 0x2731:
            return "*";
        case 0xD7:
            return "x";  // "3 × 1 tablet"
        case 0x2020:
        case 0xA7:
        case 0xB6:
            return "\xE2\x80\xA0";  // dagger
        case 0x2021:
            return "\xE2\x80\xA1";  // double dagger
        case 0x2248:
        case 0x2245:
        case 0x223C:
            return "~";
        case 0x2259:
        case 0x2261:
        case 0x225C:
            return "=";
        case 0x2264:
            return "<";
        case 0x2265:
            return ">";
        case 0xA6:
        case 0x2502:
        case 0xFF5C:
            return "|";
        case 0x2022:
        case 0xB7:
        case 0x25CF:
        case 0x25AA:
        case 0x2027:
            return "\xE2\x80\xA2";  // bullet
        case 0x2215:
        case 0x2044:
            return "/";
        default:
            return {};
    }
}

class Splitter {
  public:
    explicit Splitter(std::string_view text) : text_(text), size_(text.size()) {}

    std::vector<Token> split() {
        tokens_.reserve(size_ / 5 + 4);  // about as many as texts have
        while (at_ < size_) {
            const UChar32 c = peek(at_);
            if (is_digit(c) || is_vulgar_fraction(c)) {
                number();
            } else if (is_word_sign(c)) {
                word();
            } else {
                sign(c);
            }
        }
        return std::move(tokens_);
    }

  private:
    // The sign at a byte position, -1 at the end; and the position after it.
    UChar32 peek(std::size_t at) const {
        if (at >= size_) return -1;
        const auto lead = static_cast<unsigned char>(text_[at]);
        return is_ascii(lead) ? lead : static_cast<UChar32>(next_code_point(text_, at));
    }
    std::size_t after(std::size_t at) const {
        if (at >= size_) return at;
        if (is_ascii(static_cast<unsigned char>(text_[at]))) return at + 1;
        next_code_point(text_, at);
        return at;
    }
    std::string_view piece(std::size_t begin, std::size_t end) const { return text_.substr(begin, end - begin); }

    void push(std::size_t begin, std::size_t end, std::string text) {
        if (text.empty()) return;
        Token token;
        token.text = std::move(text);
        token.begin = begin;
        token.end = end;
        token.line_begin = tokens_.empty() || piece(tokens_.back().end, begin).find('\n') != std::string_view::npos;
        tokens_.push_back(std::move(token));
    }

    void push_word(std::size_t begin, std::size_t end) {
        const std::string_view raw = piece(begin, end);
        push(begin, end, without_apostrophes(fold(raw)));
        if (!tokens_.empty() && raw.size() == 2)
            tokens_.back().element_case = raw[0] >= 'A' && raw[0] <= 'Z' && raw[1] >= 'a' && raw[1] <= 'z';
    }

    // Spaces, too, which is what some signs fold to.
    static std::string without_apostrophes(std::string word) {
        const bool plain = std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
        if (plain) return word;
        std::string out;
        for (std::size_t at = 0; at < word.size();) {
            const std::size_t begin = at;
            const auto c = static_cast<UChar32>(next_code_point(word, at));
            if (c != ' ' && !is_apostrophe(c)) out.append(word, begin, at - begin);
        }
        return out;
    }

    void number() {
        const std::size_t begin = at_;
        if (is_vulgar_fraction(peek(at_))) {
            at_ = after(at_);
            push(begin, at_, fold(piece(begin, at_)));
            return;
        }
        while (at_ < size_) {
            const UChar32 c = peek(at_);
            const std::size_t next = after(at_);
            if (is_digit(c)) {
                at_ = next;
            } else if ((c == '.' || c == ',' || c == '/') && is_digit(peek(next)) && !(c == '/' && at_ - begin > 2)) {
                at_ = next;
            } else {
                break;
            }
        }
        const std::size_t end = at_;
        push(begin, end, fold(piece(begin, end)));
        split_off_unit();
    }

    // "400mgMagnesium": cuts the unit off a run of letters that follows a number.
    void split_off_unit() {
        std::size_t end = at_;
        while (end < size_ && end - at_ < 4 && peek(end) >= 'a' && peek(end) <= 'z') end = after(end);
        const std::string_view unit = piece(at_, end);
        if (unit.empty() || !is_one_of(unit, kUnits) || !u_isupper(peek(end))) return;
        push(at_, end, std::string(unit));
        at_ = end;
    }

    void word() {
        std::size_t begin = at_;
        int letters = 0;
        UScriptCode script = script_of(peek(at_));
        while (at_ < size_) {
            const UChar32 c = peek(at_);
            const std::size_t next = after(at_);
            if (is_word_sign(c)) {
                const UScriptCode here = script_of(c);
                if (letters > 0 && (here == USCRIPT_HAN || script == USCRIPT_HAN)) break;
                if (here != script && (is_east_asian(here) || is_east_asian(script))) break;
                script = here;
                at_ = next;
                ++letters;
            } else if (is_apostrophe(c) && is_word_sign(peek(next))) {
                if (folds_to_one_of(piece(begin, at_), kElisions)) {
                    push_word(begin, at_);
                    begin = next;
                    letters = 0;
                }
                at_ = next;
            } else if (is_digit(c) && digit_belongs(begin, letters)) {
                at_ = next;
            } else {
                break;
            }
        }
        push_word(begin, at_);
    }

    static UScriptCode script_of(UChar32 c) {
        if (c < 0x2E80) return USCRIPT_LATIN;
        UErrorCode status = U_ZERO_ERROR;
        const UScriptCode script = uscript_getScript(c, &status);
        // The long-vowel mark of kana is common to two scripts.
        return c == 0x30FC ? USCRIPT_KATAKANA : script;
    }
    static bool is_east_asian(UScriptCode script) {
        return script == USCRIPT_HAN || script == USCRIPT_KATAKANA || script == USCRIPT_HIRAGANA;
    }

    // Whether a digit at the reading position is part of the word: "B12", "E470b", and "Magnes1um" as misread.
    bool digit_belongs(std::size_t begin, int letters) const {
        const std::string_view so_far = piece(begin, at_);
        const bool unit = folds_to_one_of(so_far, kUnits);
        if (letters == 1 && !unit) return true;
        const std::size_t from = after(at_);
        std::size_t end = from;
        int rest = 0;
        while (end < size_ && is_word_sign(peek(end))) {
            end = after(end);
            ++rest;
        }
        if (unit) return rest >= 5 && fold(so_far) != "x";
        return letters > 1 && rest >= 2 && !folds_to_one_of(piece(from, end), kUnits);
    }

    void sign(UChar32 c) {
        const std::size_t begin = at_;
        at_ = after(at_);
        if (c < 0) return;
        if (is_hyphen(c)) {
            // Between letters a hyphen only joins; elsewhere it is a dash: "1-2", an empty cell, a bullet.
            const bool joins = begin > 0 && letter_before(begin) && is_word_sign(peek(at_));
            const bool glued = begin > 0 && (letter_before(begin) || is_word_sign(peek(at_)));
            if (!joins && !(glued && c != 0x2013 && c != 0x2014)) push(begin, at_, "\xE2\x80\x93");
            return;
        }
        push(begin, at_, sign_token(c));
    }

    bool letter_before(std::size_t at) const {
        while (at > 0 && (static_cast<unsigned char>(text_[at - 1]) & 0xC0U) == 0x80) --at;
        return at > 0 && is_word_sign(peek(at - 1));
    }

    std::string_view text_;
    std::size_t size_;
    std::size_t at_ = 0;
    std::vector<Token> tokens_;
};

// Texts are cut here: no label is longer, and positions stay in 32 bits.
constexpr std::size_t kMaxText = 1U << 20;

}  // namespace

std::string normalise(std::string_view text) {
    const std::string letters = fold(text.substr(0, kMaxText));
    std::string out;
    bool gap = false;
    for (std::size_t at = 0; at < letters.size();) {
        const std::size_t begin = at;
        const auto c = static_cast<UChar32>(next_code_point(letters, at));
        if (is_hyphen(c) || c == '/' || c == '\\' || u_isUWhiteSpace(c) || u_iscntrl(c)) {
            gap = !out.empty();
            continue;
        }
        if (gap) out += ' ';
        gap = false;
        out.append(letters, begin, at - begin);
    }
    return out;
}

std::vector<Token> tokenise(std::string_view text) {
    return Splitter(text.substr(0, kMaxText)).split();
}

}  // namespace magscan::parser
