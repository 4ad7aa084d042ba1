// The note's first sentences: how much magnesium is in the product and in which form, how that compares with the upper
// limits, what the form is good for, and what is not known.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "calc/assessment.h"
#include "calc/form_facts.h"

namespace magscan::calc {

// An authority's upper limit for supplements a day; no thresholds of label warnings or observed effects.
struct LimitVerdict {
    std::string authority;  // as short as a sentence needs it: "EU"
    double limit_mg = 0;
    std::optional<bool> exceeded;  // missing where the amount or the number of servings a day leaves it open
};

// `forms` are the product's, each once. The assessment's outcome is complete or partial. A pure function; never fails.
std::string summary_of(const Assessment& assessment, const std::vector<const FormFacts*>& forms,
                       std::span<const LimitVerdict> limits);

}  // namespace magscan::calc
