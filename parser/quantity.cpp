#include "parser/quantity.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "parser/lexicon_tables.h"

namespace magscan::parser {
namespace {

constexpr std::size_t kUnitWords = 3;    // of the longest name of a dosage unit
constexpr std::size_t kDoseFillers = 3;  // words between a count and its dosage unit: "2 level measuring scoops"

const Measure* find_unit(std::string_view word) {
    return tables().measures.find(word);
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool all_digits(std::string_view text) {
    return !text.empty() && text.size() <= 9 && std::all_of(text.begin(), text.end(), is_digit);
}

double to_double(std::string_view digits) {
    double value = 0;
    for (const char c : digits) value = value * 10 + (c - '0');
    return value;
}

struct VulgarFraction {
    std::string_view text;
    double value;
};
constexpr std::array kFractions = {VulgarFraction{"½", 0.5},     VulgarFraction{"¼", 0.25},
                                   VulgarFraction{"¾", 0.75},    VulgarFraction{"⅓", 1.0 / 3},
                                   VulgarFraction{"⅔", 2.0 / 3}, VulgarFraction{"⅛", 0.125}};

// Numbers begin with a digit or a sign like "½", which is no ASCII. Most words of a text are told from them so.
bool may_be_number(std::string_view text) {
    return !text.empty() && (is_digit(text.front()) || static_cast<unsigned char>(text.front()) >= 0x80);
}

std::optional<Number> parse_fraction(std::string_view text) {
    for (const VulgarFraction& fraction : kFractions) {
        if (!text.ends_with(fraction.text)) continue;
        const std::string_view whole = text.substr(0, text.size() - fraction.text.size());
        if (whole.empty()) return Number{fraction.value, 0.01};
        if (all_digits(whole)) return Number{to_double(whole) + fraction.value, 0.01};
    }
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    const std::string_view over = text.substr(0, slash), under = text.substr(slash + 1);
    if (!all_digits(over) || !all_digits(under) || under.size() > 2 || to_double(under) <= 0) return std::nullopt;
    return Number{to_double(over) / to_double(under), 0.01};
}

bool is_connector_between(std::string_view between) {
    const auto trimmed = normalise(between);
    if (tables().range_words.find(trimmed) != nullptr) return true;
    return between.size() <= 5 &&
           (between.find('-') != std::string_view::npos || between.find("–") != std::string_view::npos ||
            between.find("—") != std::string_view::npos);
}

}  // namespace

std::optional<Number> parse_number(std::string_view text, DecimalMark mark, bool fine) {
    if (!may_be_number(text)) return std::nullopt;
    if (const auto fraction = parse_fraction(text)) return fraction;
    if (text.empty() || text.size() > 15 || !is_digit(text.front()) || !is_digit(text.back())) return std::nullopt;
    if (all_digits(text)) return Number{to_double(text), 1};
    const std::size_t last = text.find_last_of(".,");
    if (last == std::string_view::npos) return std::nullopt;
    const std::size_t decimals = text.size() - last - 1;
    const bool both = text.find('.') != std::string_view::npos && text.find(',') != std::string_view::npos;
    const bool repeated = std::count(text.begin(), text.end(), text[last]) > 1;
    const bool is_decimal_mark = text[last] == (mark == DecimalMark::kPoint ? '.' : ',');
    const bool grouped = decimals == 3 && last <= 3 && text.front() != '0' && (!is_decimal_mark || !fine);
    const bool groups = repeated || (!both && grouped);
    std::string digits;
    for (const char letter : text) {
        if (is_digit(letter)) {
            digits += letter;
        } else if (letter != '.' && letter != ',') {
            return std::nullopt;
        }
    }
    if (!all_digits(digits)) return std::nullopt;
    const double scale = groups ? 1 : std::pow(10.0, -static_cast<double>(decimals));
    return Number{to_double(digits) * scale, scale};
}

namespace {

class QuantityFinder {
  public:
    QuantityFinder(const std::vector<Token>& tokens, std::string_view text, DecimalMark mark)
        : tokens_(tokens), text_(text), mark_(mark) {}

    std::vector<Quantity> run() {
        std::vector<Quantity> found;
        for (std::size_t i = 0; i < tokens_.size();) {
            auto quantity = at(i);
            if (quantity && quantity->kind == Quantity::Kind::kBare) name_unit_in_front(*quantity, found);
            if (quantity) found.push_back(*quantity);
            i = quantity ? quantity->last : i + 1;
        }
        return found;
    }

  private:
    std::string_view printed(std::size_t i) const {
        return text_.substr(tokens_[i].begin, tokens_[i].end - tokens_[i].begin);
    }

    bool same_row(std::size_t i, std::size_t j) const {
        return text_.substr(tokens_[i].end, tokens_[j].begin - tokens_[i].end).find('\n') == std::string_view::npos;
    }

    // "Magnésio (mg) 260 62": the unit stands with the name, once for the amounts of the row; "Magnesio mg 450 (120
    // %)": it stands in front of the number.
    const Measure* unit_in_front(std::size_t i, const std::vector<Quantity>& found) const {
        const std::size_t free = found.empty() ? 0 : found.back().last;
        if (i < 2 || !same_row(i - 2, i)) return nullptr;
        // A further column: "Magnésio (mg) 10400 260 62", the last of which is the percentage.
        const bool more = i + 1 < tokens_.size() && same_row(i, i + 1) && may_be_number(printed(i + 1));
        if (more && free == i && unit_stands_with_name(found.back().first))
            return unit_in_front(found.back().first, {});
        const bool closed = unit_stands_with_name(i);
        const std::size_t at = closed ? i - 2 : i - 1;
        if (at < free || printed(at) == "Mg" || printed(at) == "MG") return nullptr;
        const bool percent_behind =
            i + 2 < tokens_.size() && tokens_[i + 1].text == "(" && same_row(i, i + 2) && may_be_number(printed(i + 2));
        if (!closed && (mark_ != DecimalMark::kComma || !percent_behind)) return nullptr;
        return find_unit(tokens_[at].text);
    }

    bool unit_stands_with_name(std::size_t i) const {
        return i >= 4 && tokens_[i - 1].text == ")" && tokens_[i - 3].text == "(" && same_row(i - 4, i);
    }

    void name_unit_in_front(Quantity& quantity, const std::vector<Quantity>& found) const {
        const std::size_t i = quantity.first;
        const Measure* unit = quantity.last == i + 1 ? unit_in_front(i, found) : nullptr;
        if (unit == nullptr || unit->kind != Quantity::Kind::kMass) return;
        const auto number = parse_number(printed(i), mark_, unit->unit == "g");
        if (!number) return;
        quantity.kind = unit->kind;
        quantity.unit = unit->unit;
        quantity.value = quantity.high = number->value * unit->factor;
        quantity.step = number->step * unit->factor;
    }

    // "l20 mg", "I50mg": a 1 that was read as a letter, glued to digits that a unit follows. The token behind them, or
    // 0.
    std::size_t behind_letter_one(std::size_t i, std::string& digits) const {
        const std::string& word = tokens_[i].text;
        if (word.empty() || (word[0] != 'l' && word[0] != 'i')) return 0;
        const bool glued = word.size() > 1;  // in one token
        const std::size_t end = glued ? i + 1 : i + 2;
        if (end >= tokens_.size() || !same_row(i, end) || (!glued && tokens_[i + 1].begin != tokens_[i].end)) return 0;
        const std::string rest(glued ? std::string_view(word).substr(1) : printed(i + 1));
        const bool apart = i == 0 || tokens_[i - 1].end < tokens_[i].begin || tokens_[i - 1].text == "(";
        const Measure* unit = find_unit(tokens_[end].text);
        if (!apart || !all_digits(rest) || rest.size() > 3 || unit == nullptr || unit->kind != Quantity::Kind::kMass)
            return 0;
        digits = "1" + rest;
        return end;
    }

    // "2 400 mg": groups divided by a space belong together where the language does so and nothing else is possible.
    std::size_t spaced_groups(std::size_t i, std::string& digits) const {
        std::size_t end = i + 1;
        while (end < tokens_.size() && all_digits(printed(end)) && printed(end).size() == 3 && digits.size() <= 6) {
            const std::string_view gap = text_.substr(tokens_[end - 1].end, tokens_[end].begin - tokens_[end - 1].end);
            const bool hard_space = gap == "\u00a0" || gap == "\u202f" || gap == "\u2009";
            if (!hard_space && (gap != " " || mark_ == DecimalMark::kPoint)) break;
            digits += printed(end);
            ++end;
        }
        return end;
    }

    // "2OO mg": zeros read as letters, glued to digits and followed by a unit. The token behind them.
    std::size_t behind_letter_zeros(std::size_t i, std::string& digits) const {
        const std::size_t next = i + 1;
        if (next + 1 >= tokens_.size() || !all_digits(digits) || tokens_[next].begin != tokens_[i].end) return next;
        const std::string& letters = tokens_[next].text;
        const bool zeros = letters.size() <= 3 && letters.find_first_not_of('o') == std::string::npos;
        if (!zeros || !same_row(next, next + 1) || find_unit(tokens_[next + 1].text) == nullptr) return next;
        digits += std::string(letters.size(), '0');
        return next + 1;
    }

    std::optional<Quantity> at(std::size_t i) const {
        Quantity quantity;
        quantity.first = i;
        std::string digits(may_be_number(printed(i)) ? printed(i) : std::string_view());
        std::size_t end = i + 1;
        if (const std::size_t behind = behind_letter_one(i, digits); behind > 0) {
            end = behind;
        } else if (all_digits(digits) && digits.size() <= 3) {
            const std::size_t grouped = spaced_groups(i, digits);
            const bool has_unit = grouped < tokens_.size() && find_unit(tokens_[grouped].text) != nullptr;
            if (grouped > end && has_unit) {
                end = grouped;
            } else {
                digits = printed(i);
            }
        }
        if (end == i + 1 && !digits.empty()) end = behind_letter_zeros(i, digits);
        const bool plain = parse_number(digits, mark_, false).has_value();
        std::optional<Number> number;
        if (plain) {
            const Measure* unit = end < tokens_.size() && same_row(i, end) ? find_unit(tokens_[end].text) : nullptr;
            const bool fine = unit == nullptr || (unit->unit != "mg" && unit->unit != "mcg" && unit->unit != "IU");
            number = parse_number(digits, mark_, fine);
        } else if (const auto word = number_word(tokens_[i].text)) {
            number = Number{*word, 1};
        }
        if (!number) return std::nullopt;
        quantity.value = quantity.high = number->value;
        quantity.step = number->step;
        quantity.less_than = i > 0 && tokens_[i - 1].text == "<";
        end = extend_range(end, quantity);
        quantity.last = end;
        name_unit(quantity);
        if (!plain && quantity.kind == Quantity::Kind::kBare) return std::nullopt;
        return quantity;
    }

    // "1-2", "1 to 2", "1 1/2".
    std::size_t extend_range(std::size_t end, Quantity& quantity) const {
        for (std::size_t next = end; next < tokens_.size() && next <= end + 1; ++next) {
            if (!same_row(end - 1, next)) break;
            const std::string_view between =
                text_.substr(tokens_[end - 1].end, tokens_[next].begin - tokens_[end - 1].end);
            std::optional<Number> second = parse_number(printed(next), mark_, true);
            if (!second) {
                if (const auto word = number_word(tokens_[next].text)) second = Number{*word, 1};
            }
            if (!second) continue;
            const bool mixed = between == " " && second->value < 1 && quantity.value < 20 && next == end;
            if (mixed) {
                quantity.value = quantity.high = quantity.value + second->value;
                return next + 1;
            }
            if (is_connector_between(between) && second->value > quantity.value) {
                quantity.high = second->value;
                return next + 1;
            }
        }
        return end;
    }

    void name_unit(Quantity& quantity) const {
        const std::size_t next = quantity.last;
        if (next >= tokens_.size() || !same_row(next - 1, next)) return;
        if (const Measure* unit = find_unit(tokens_[next].text)) {
            quantity.kind = unit->kind;
            quantity.unit = unit->unit;
            quantity.value *= unit->factor;
            quantity.high *= unit->factor;
            quantity.step *= unit->factor;
            quantity.last = next + 1;
            if (is_concentration(quantity)) quantity.kind = Quantity::Kind::kOther;
            return;
        }
        name_dose(quantity, behind_repeated_count(quantity));
    }

    // "48 mg/l", "5,000 mg/kg": no amount of a serving.
    bool is_concentration(const Quantity& quantity) const {
        const std::size_t slash = quantity.last;
        if (quantity.kind != Quantity::Kind::kMass || slash + 1 >= tokens_.size() || tokens_[slash].text != "/")
            return false;
        const Measure* of = same_row(slash, slash + 1) ? find_unit(tokens_[slash + 1].text) : nullptr;
        return of != nullptr &&
               ((of->kind == Quantity::Kind::kVolume && of->factor >= 1000) || tokens_[slash + 1].text == "kg");
    }

    // "two (2) tablets", "2 (two) tablets": the same count in words and digits. The token behind it.
    std::size_t behind_repeated_count(const Quantity& quantity) const {
        const std::size_t next = quantity.last;
        const bool closed = tokens_[next].text == ")" && quantity.first > 0 && tokens_[quantity.first - 1].text == "(";
        if (closed) return next + 1;
        if (next + 2 >= tokens_.size() || tokens_[next].text != "(" || tokens_[next + 2].text != ")") return next;
        const std::string& again = tokens_[next + 1].text;
        const auto number = number_word(again);
        const auto digits = parse_number(again, mark_, true);
        const double value = number ? *number : digits ? digits->value : -1;
        return value == quantity.value ? next + 3 : next;
    }

    // "capsules", "fluid ounce", "cuillère à café": the longest that stands there.
    std::optional<std::string> unit_of_words(std::size_t i, std::size_t& last) const {
        std::optional<std::string> unit = dosage_unit(tokens_[i].text);
        std::string words = tokens_[i].text;
        for (std::size_t k = i + 1; k < tokens_.size() && k < i + kUnitWords && same_row(k - 1, k); ++k) {
            words += " " + tokens_[k].text;
            const std::string* known = tables().units.find(words);
            if (known == nullptr) continue;
            unit = *known;
            last = k + 1;
        }
        return unit;
    }

    void name_dose(Quantity& quantity, std::size_t next) const {
        for (std::size_t i = next; i < tokens_.size() && i <= next + kDoseFillers; ++i) {
            const std::string& word = tokens_[i].text;
            if (!same_row(next - 1, i) || is_digit(word.front()) || word == "," || word == ")" || word == ":" ||
                word == "|")
                break;
            std::size_t last = i + 1;
            if (const auto unit = unit_of_words(i, last)) {
                quantity.kind = Quantity::Kind::kDose;
                quantity.unit = *unit;
                quantity.last = last;
                return;
            }
            if (word == "(" || word == "." || find_unit(word) != nullptr) break;
        }
    }

    const std::vector<Token>& tokens_;
    std::string_view text_;
    DecimalMark mark_;
};

}  // namespace

std::vector<Quantity> find_quantities(const std::vector<Token>& tokens, std::string_view text, DecimalMark mark) {
    return QuantityFinder(tokens, text, mark).run();
}

Amount amount_of(const Quantity& quantity, const std::vector<Token>& tokens, std::string_view text) {
    const std::size_t begin = tokens[quantity.first].begin;
    Amount amount;
    amount.mg = quantity.value;
    amount.step_mg = quantity.step;
    amount.text = text.substr(begin, tokens[quantity.last - 1].end - begin);
    amount.molar = quantity.kind == Quantity::Kind::kMolar;
    return amount;
}

DecimalMark decimal_mark_of(const std::vector<Token>& tokens, std::string_view text) {
    int comma = 0, point = 0;
    for (const Token& token : tokens) {
        const std::string_view printed = text.substr(token.begin, token.end - token.begin);
        const std::size_t mark = printed.find_last_of(".,");
        if (!printed.empty() && is_digit(printed.front()) && mark != std::string_view::npos) {
            const std::size_t decimals = printed.size() - mark - 1;
            if (decimals == 1 || decimals == 2) (printed[mark] == ',' ? comma : point) += 1;
        }
        // Words for magnesium and for labels of places that print a decimal comma, or a point.
        if (const int* weight = tables().comma_words.find(token.text))
            (*weight > 0 ? comma : point) += std::abs(*weight);
    }
    return comma > point ? DecimalMark::kComma : DecimalMark::kPoint;
}

}  // namespace magscan::parser
