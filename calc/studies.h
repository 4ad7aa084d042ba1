// The trials and reviews that the notes rest on, for those who want to look them up. Loaded once from
// calc/data/studies.json; safe to read from any number of threads.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calc/purposes.h"

namespace magscan::calc {

struct Study {
    std::string id;        // also of sources.json
    std::string citation;  // "Abbasi et al. 2012, Journal ..."
    std::string design;    // "randomised trial", "crossover trial", "open trial", "meta-analysis", "review",
                           // "guideline", "authority", "cohort", "animals", "laboratory"
    std::optional<int> participants;
    std::string who;
    std::string form;                    // which form or forms, in words
    std::string dose;                    // as the study gives it
    std::optional<double> elemental_mg;  // of magnesium a day, where that is one known figure
    std::optional<int> duration_days;    // how long each person took it
    std::optional<std::string> time_of_day;
    std::string result;
    std::string limits;  // why it proves no more
    EvidenceStrength strength = EvidenceStrength::kLimited;
    std::vector<std::string> sources;
};

const std::vector<Study>& studies();

// nullptr for an id that the table does not hold.
const Study* find_study(std::string_view id);

}  // namespace magscan::calc
