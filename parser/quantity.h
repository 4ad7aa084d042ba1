// Numbers with their units as labels print them: "2,000 mg", "1.500 mg", "81,9 mg", "½ tsp", "48 %", "2 mmol".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parser/label.h"
#include "parser/lexicon.h"

namespace magscan::parser {

struct Quantity {
    enum class Kind {
        kMass,     // value is mg
        kMolar,    // value is mg of magnesium
        kPercent,  // value is percent
        kVolume,   // value is ml
        kDose,     // "2 capsules": value is the count, unit the dosage unit
        kOther,    // IU, kcal, lb, ppm ...: a unit that is none of these
        kBare,     // no unit
    };
    std::size_t first = 0;  // token range [first, last)
    std::size_t last = 0;
    Kind kind = Kind::kBare;
    double value = 0;
    double high = 0;         // upper end of a range "1-2"; equals value otherwise
    double step = 1;         // weight of the last printed digit, in the unit of value
    std::string unit;        // dosage unit for kDose, "g" or "mg" ... as understood otherwise
    bool less_than = false;  // "<1 %"

    bool is_amount() const { return kind == Kind::kMass || kind == Kind::kMolar; }
};

// How a mark between digits is read. Labels in English write 1,000.5, most others 1.000,5.
enum class DecimalMark { kPoint, kComma };

struct Number {
    double value = 0;
    double step = 1;  // weight of the last printed digit
};

// The value of a printed number, or nothing: "2,000" "1.500" "81,9" "1/2" "2½". A mark followed by exactly three digits
// groups thousands if it isn't the decimal mark, or if `fine` is false: nobody prints thousandths of a milligram, and
// recognisers take the comma of "1,500" for a point.
std::optional<Number> parse_number(std::string_view text, DecimalMark mark, bool fine);

// All quantities in the tokens, left to right, not overlapping. Bare numbers are included.
std::vector<Quantity> find_quantities(const std::vector<Token>& tokens, std::string_view text, DecimalMark mark);

// A kMass or kMolar quantity as the amount of a statement.
Amount amount_of(const Quantity& quantity, const std::vector<Token>& tokens, std::string_view text);

// The way numbers are printed on this label, told by its own numbers and words.
DecimalMark decimal_mark_of(const std::vector<Token>& tokens, std::string_view text);

}  // namespace magscan::parser
