// What a label as a whole says that bears on each of its statements.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "parser/label.h"

namespace magscan::calc {

// What the rest of the label says that bears on one statement.
struct Context {
    parser::Jurisdiction market = parser::Jurisdiction::kUnknown;
    std::optional<double> units_per_serving;  // missing where the unit is a measure, g or ml
    std::optional<std::string> unit;          // dosage unit
    bool front_names_form =
        false;  // "GLYCINATE" in a headline of its own: what "MAGNESIUM 500 mg" beside it counts is open
    bool photos_name_other_forms = false;                      // see forms_disagree in photos.h
    std::optional<double> capacity_units = units_per_serving;  // of `unit` in a serving, also where that is g or ml
    std::optional<double> serving_grams = std::nullopt;        // what a serving weighs or measures, where it is known
    std::optional<double> serving_millilitres = std::nullopt;
    bool is_food = false;  // a Nutrition Facts panel
    // The label's amounts of compounds by name: a front may show one of those off.
    std::vector<double> compound_mg = {};
};

Context context_of(const parser::Label& label);

}  // namespace magscan::calc
