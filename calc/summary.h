// The note's first sentences: how much magnesium is in the product and in which form, how that compares with the upper
// limits, what the form is good for, and what is not known.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "calc/assessment.h"
#include "calc/form_facts.h"
#include "calc/limits.h"

namespace magscan::calc {

// `forms` are the product's, each once; of the `limits` only upper limits are told (is_upper_limit). The assessment's
// outcome is complete or partial. A pure function; never fails.
std::string summary_of(const Assessment& assessment, const std::vector<const FormFacts*>& forms,
                       std::span<const Limit> limits);

}  // namespace magscan::calc
