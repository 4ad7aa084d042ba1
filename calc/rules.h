// The rules by which a printed amount is the element or the compound. Loaded once from calc/data/rules.json; safe to
// read from any number of threads.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace magscan::calc {

struct Rule {
    std::string id;            // "US-1"
    std::string jurisdiction;  // us, eu, ca, au, jp, ru, any
    std::string pattern;       // when it holds, in words
    std::string decision;      // elemental, compound, outer_compound_inner_elemental, excipient, ambiguous, unknown,
                               // by_percent, reject_elemental, suspect, do_not_add, choose_column
    double confidence = 0.5;   // 0..1, of the decision where the pattern holds; 0.5 where the numbers decide
    std::string reason;
    std::string citation;
    std::vector<std::string> sources;
};

// nullptr for an id that the table does not hold.
const Rule* find_rule(std::string_view id);
const std::vector<Rule>& rules();

}  // namespace magscan::calc
