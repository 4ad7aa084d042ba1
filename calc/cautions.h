// Who has to be careful with magnesium. Loaded once from calc/data/cautions.json; safe to read from any number of
// threads.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "calc/profile.h"
#include "parser/label.h"

namespace magscan::calc {

enum class Severity { kStop, kHigh, kMedium, kLow, kInfo };

struct Caution {
    std::string id;
    std::string group;                      // "medicine", "nutrient", "condition"
    std::string who;                        // "people who take levothyroxine for the thyroid"
    std::string effect;                     // what happens
    std::optional<double> hours_before;     // the medicine at least so long before the magnesium; missing where no time
    std::optional<double> hours_after;      // helps or none is needed
    std::optional<std::string> hours_note;  // where sources disagree on the hours: the longest is used
    Severity severity = Severity::kInfo;
    std::string text;  // the sentence for people
    std::vector<std::string> sources;

    // When it makes sense for a product; see the head of cautions.json.
    enum class When { kAlways, kForm, kProfile, kLabelWord, kReference };
    enum class Who { kAnyone, kChild, kPregnant, kOld };
    When when = When::kReference;
    std::vector<std::string> families;
    double from_mg = 0;
    std::vector<std::string> other_families;
    double other_from_mg = 0;
    bool not_for_men = false;
    Who profile = Who::kAnyone;
    std::string label_word;
};

// The severe ones first.
const std::vector<Caution>& cautions();

// nullptr for an id that the table does not hold.
const Caution* find_caution(std::string_view id);

// What a product and its buyer are, as far as cautions ask.
struct CautionCase {
    std::span<const std::string_view> families;
    std::optional<double> mg_a_day;  // the most that the label leaves possible
    std::span<const parser::LabelWord> words;
    Profile profile;
};

// Those that make sense for the product, the severe ones first. Pointers into cautions().
std::vector<const Caution*> cautions_for(const CautionCase& product);

// The one under every note.
const std::string& disclaimer();

}  // namespace magscan::calc
