// The words of directions ("take", "in the morning", "twice", "or") in running text, from parser/data/directions.json.
// Matched as they stand: small words lie too close to each other for repair. Safe to read from any number of threads.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "parser/lexicon.h"

namespace magscan::parser {

enum class DirectionRole {
    kTake,       // a dose follows: take, nehmen, prendre ...
    kServingOf,  // the dose behind it is what amounts are of: per, pro, pour ...
    kPer,        // the same of a single unit that stands without a number: per, pro, par ...
    kServing,    // stands behind the dose that it is: "2-tablet serving"
    kSize,       // what is left of "serving size" where the label is cut off
    kContains,   // stands behind the dose that amounts are of: provides, enthält, apporte ...
    kEach,       // one unit is spoken of: each, jede, chaque ...
    kTimes,      // a count stands before it: times, mal, fois ...
    kMorning,    // occasions of a day
    kNoon,
    kEvening,
    kNight,
    kMeals,  // meals, nobody says how many
    kPeople,
    kLimit,     // what not to exceed
    kNotFixed,  // as needed, every few hours, weekly: not the same each day
    kPurpose,   // begins a sentence that tells one of several uses: for, für, pour ...
    kUpTo,
    kOr,
    kAnd,
};

struct DirectionMatch {
    std::size_t first = 0;  // token range [first, last)
    std::size_t last = 0;
    DirectionRole role = DirectionRole::kTake;
};

// Left to right, the longest phrase at each place; a word with several roles gives a match for each.
std::vector<DirectionMatch> find_direction_words(const std::vector<Token>& tokens);

// Whether the normalised word alone has the role.
bool has_direction_role(std::string_view normalised_word, DirectionRole role);

// "twice", "zweimal" ... -> 2.
std::optional<double> multiple_word(std::string_view normalised_word);

}  // namespace magscan::parser
