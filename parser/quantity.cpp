#include "parser/quantity.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace magscan::parser {
namespace {

constexpr double kMgPerMmol = 24.305;    // molar mass of magnesium, IUPAC 2021
constexpr std::size_t kDoseFillers = 3;  // words between a count and its dosage unit: "2 level measuring scoops"

struct UnitName {
    std::string_view text;
    Quantity::Kind kind;
    double factor;  // to mg, ml or percent
    std::string_view unit;
};

// "rng", "mq", "m9" ... are what recognisers make of "mg".
constexpr std::array kUnits = {
    UnitName{"mg", Quantity::Kind::kMass, 1, "mg"},
    UnitName{"mgs", Quantity::Kind::kMass, 1, "mg"},
    UnitName{"rng", Quantity::Kind::kMass, 1, "mg"},
    UnitName{"rnq", Quantity::Kind::kMass, 1, "mg"},
    UnitName{"nng", Quantity::Kind::kMass, 1, "mg"},
    UnitName{"mq", Quantity::Kind::kMass, 1, "mg"},
    UnitName{"m9", Quantity::Kind::kMass, 1, "mg"},
    UnitName{"ms", Quantity::Kind::kMass, 1, "mg"},
    UnitName{"ma", Quantity::Kind::kMass, 1, "mg"},
    UnitName{"mo", Quantity::Kind::kMass, 1, "mg"},
    UnitName{"ng", Quantity::Kind::kMass, 1, "mg"},
    UnitName{"mgm", Quantity::Kind::kMass, 1, "mg"},
    UnitName{"milligrams", Quantity::Kind::kMass, 1, "mg"},
    UnitName{"milligram", Quantity::Kind::kMass, 1, "mg"},
    UnitName{"мг", Quantity::Kind::kMass, 1, "mg"},
    UnitName{"g", Quantity::Kind::kMass, 1000, "g"},
    UnitName{"gm", Quantity::Kind::kMass, 1000, "g"},
    UnitName{"gr", Quantity::Kind::kMass, 1000, "g"},
    UnitName{"gram", Quantity::Kind::kMass, 1000, "g"},
    UnitName{"grams", Quantity::Kind::kMass, 1000, "g"},
    UnitName{"г", Quantity::Kind::kMass, 1000, "g"},
    UnitName{"mcg", Quantity::Kind::kMass, 0.001, "mcg"},
    UnitName{"ug", Quantity::Kind::kMass, 0.001, "mcg"},
    UnitName{"μg", Quantity::Kind::kMass, 0.001, "mcg"},
    UnitName{"meg", Quantity::Kind::kMass, 0.001, "mcg"},
    UnitName{"мкг", Quantity::Kind::kMass, 0.001, "mcg"},
    UnitName{"mmol", Quantity::Kind::kMolar, kMgPerMmol, "mmol"},
    UnitName{"meq", Quantity::Kind::kMolar, kMgPerMmol / 2, "mEq"},
    UnitName{"%", Quantity::Kind::kPercent, 1, "%"},
    UnitName{"ml", Quantity::Kind::kVolume, 1, "ml"},
    UnitName{"мл", Quantity::Kind::kVolume, 1, "ml"},
    UnitName{"cl", Quantity::Kind::kVolume, 10, "ml"},
    UnitName{"l", Quantity::Kind::kVolume, 1000, "ml"},
    UnitName{"iu", Quantity::Kind::kOther, 1, "IU"},
    UnitName{"ui", Quantity::Kind::kOther, 1, "IU"},
    UnitName{"ie", Quantity::Kind::kOther, 1, "IU"},
    UnitName{"kcal", Quantity::Kind::kOther, 1, "kcal"},
    UnitName{"kj", Quantity::Kind::kOther, 1, "kJ"},
    UnitName{"ppm", Quantity::Kind::kOther, 1, "ppm"},
    UnitName{"kg", Quantity::Kind::kOther, 1, "kg"},
    UnitName{"lb", Quantity::Kind::kOther, 1, "lb"},
    UnitName{"oz", Quantity::Kind::kOther, 1, "oz"},
    UnitName{"cfu", Quantity::Kind::kOther, 1, "CFU"},
    UnitName{"mm", Quantity::Kind::kOther, 1, "mm"},
    UnitName{"cm", Quantity::Kind::kOther, 1, "cm"},
};

const UnitName* find_unit(std::string_view word) {
    const auto found = std::find_if(kUnits.begin(), kUnits.end(), [&](const UnitName& u) { return u.text == word; });
    return found == kUnits.end() ? nullptr : &*found;
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
    static constexpr std::array<std::string_view, 10> kWords = {"to", "a",    "bis", "or",  "ou",
                                                                "o",  "oder", "do",  "tot", "или"};
    if (std::find(kWords.begin(), kWords.end(), trimmed) != kWords.end()) return true;
    return between.size() <= 5 &&
           (between.find('-') != std::string_view::npos || between.find("–") != std::string_view::npos ||
            between.find("—") != std::string_view::npos);
}

}  // namespace

std::optional<Number> parse_number(std::string_view text, DecimalMark mark, bool fine) {
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
            const auto quantity = at(i);
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

    std::optional<Quantity> at(std::size_t i) const {
        Quantity quantity;
        quantity.first = i;
        std::string digits(printed(i));
        std::size_t end = i + 1;
        if (all_digits(digits) && digits.size() <= 3) {
            const std::size_t grouped = spaced_groups(i, digits);
            const bool has_unit = grouped < tokens_.size() && find_unit(tokens_[grouped].text) != nullptr;
            if (grouped > end && has_unit) {
                end = grouped;
            } else {
                digits = printed(i);
            }
        }
        const bool plain = parse_number(digits, mark_, false).has_value();
        std::optional<Number> number;
        if (plain) {
            const UnitName* unit = end < tokens_.size() && same_row(i, end) ? find_unit(tokens_[end].text) : nullptr;
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
        if (const UnitName* unit = find_unit(tokens_[next].text)) {
            quantity.kind = unit->kind;
            quantity.unit = unit->unit;
            quantity.value *= unit->factor;
            quantity.high *= unit->factor;
            quantity.step *= unit->factor;
            quantity.last = next + 1;
            return;
        }
        for (std::size_t i = next; i < tokens_.size() && i <= next + kDoseFillers; ++i) {
            const std::string& word = tokens_[i].text;
            if (!same_row(next - 1, i) || is_digit(word.front()) || word == "," || word == ")" || word == ":" ||
                word == "|")
                break;
            if (const auto unit = dosage_unit(word)) {
                quantity.kind = Quantity::Kind::kDose;
                quantity.unit = *unit;
                quantity.last = i + 1;
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
        // Words for magnesium and for labels of places that print a decimal comma.
        for (const std::string_view word :
             {"magnesio", "magnez", "magnezu", "magnezyum", "magnesiumcitrat", "davon", "gelule", "pro", "nrv", "vnr",
              "rws", "магнии", "магния", "kapseln", "gelules", "capsulas"}) {
            if (token.text == word) comma += 1;
        }
        if (token.text == "serving" || token.text == "servings" || token.text == "daily") point += 2;
    }
    return comma > point ? DecimalMark::kComma : DecimalMark::kPoint;
}

}  // namespace magscan::parser
