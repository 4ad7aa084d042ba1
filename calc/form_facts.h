// What is known of each form of magnesium: what it is good for, and how much of it the body takes up. Loaded once from
// calc/data/suitability.json, purposes.json and absorption.json; safe to read from any number of threads.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calc/purposes.h"

namespace magscan::calc {

// One form for one purpose.
struct PurposeNote {
    std::string purpose;  // id of purposes.json
    Rating rating = Rating::kUnknown;
    EvidenceStrength evidence = EvidenceStrength::kNone;
    std::optional<std::string> conflict;  // where popular articles, trials or sources disagree: both sides, a sentence
    std::string note;                     // a sentence or two for people
    std::vector<std::string> studies;     // ids of studies.json
    std::vector<std::string> sources;     // ids of sources.json; the studies are among them
};

// Percentages of people only, bound to how they were measured: to be shown, never to be multiplied into milligrams.
struct Absorption {
    std::optional<double> low_percent;  // missing where no trial in people gives a percentage
    std::optional<double> high_percent;
    std::string evidence;  // how it was measured, and why the figures differ; for people
    std::vector<std::string> sources;
};

struct FormFacts {
    std::string form;    // "bisglycinate-buffered"; the family's id but for a variant
    std::string family;  // "bisglycinate"
    std::string name;    // "magnesium bisglycinate"
    std::string gist;    // what it is and is not good for, and what is not known: two or three sentences
    std::vector<std::string> sources;
    std::vector<PurposeNote> purposes;     // every purpose, in the order of purposes()
    std::optional<Absorption> absorption;  // missing where nothing is known
};

// In the order of the file.
const std::vector<FormFacts>& form_facts();

// Of a family or a variant; those of "other" for an id that the table does not hold. `buffered`: the variant that is
// mixed with an oxide, where the family has one.
const FormFacts& facts_of(std::string_view form, bool buffered = false);

}  // namespace magscan::calc
