// A question such as "500 mg of citrate, two a day" as people and programs write it, made one that calc answers.
//
//   auto question = scan::dose_question({.form = "magnesium citrate", .amount = "500 mg"});
//   if (question) std::cout << scan::dose_json(*calc::dose(*question));
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "calc/dose.h"

namespace magscan::scan {

struct AskedDose {
    std::string form;                         // see compound_named
    std::string amount;                       // "500mg", "0,5 g", "400 mcg", "20 mmol", "40 mEq"; of one serving
    std::optional<std::string> basis;         // compound, elemental or unknown, which it is without one
    std::optional<double> units_per_serving;  // above 0, at most 1000
    std::optional<double> servings_per_day;   // above 0, at most 1000
};

// The question, which calc::dose can answer. The error is one sentence that says what is wrong and what to write
// instead.
tl::expected<calc::DoseQuestion, std::string> dose_question(const AskedDose& asked);

// What a name stands for: a spelling of a label in any of the lexicon's languages ("citrate", "Magnesiumcitrat",
// "Magtein", "buffered magnesium glycinate"), a family of the reports ("marine") or an id of calc/data/compounds.json.
// A name that labels use broadly is taken broadly, also where it is the id of one salt: "malate" is any malate.
// "id:malate" is exactly the row of that id. At most 200 bytes. Never null; the error names what may have been meant.
tl::expected<const calc::Compound*, std::string> compound_named(std::string_view name);

struct AskedAmount {
    double mg = 0;       // above 0, finite
    bool molar = false;  // in moles, which count atoms of magnesium
};

// "500mg", "1,000 mg", "0,5 g", "20 mmol". The error says what is wrong with it.
tl::expected<AskedAmount, std::string> asked_amount(std::string_view text);

}  // namespace magscan::scan
