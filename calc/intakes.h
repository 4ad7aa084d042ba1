// How much magnesium a day is recommended in all, food included. The figures and their sources are in
// calc/data/intakes.json. What 100 % means on a label is another matter: calc/reference_values.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "calc/jurisdiction.h"
#include "calc/profile.h"

namespace magscan::calc {

// A row of the table.
struct IntakeRow {
    std::string id;
    std::vector<Jurisdiction> places;
    std::string authority;
    int year = 0;
    std::string kind;                 // "RDA", "AI", "RNI", "RDI"
    double age_from = 0;              // years, inclusive
    std::optional<double> age_below;  // years, exclusive
    Sex sex = Sex::kUnstated;         // kUnstated: one figure for both
    std::vector<LifeStage> stages;
    double mg = 0;  // a day
    std::vector<std::string> sources;
};

// Loaded once, in the order of the file; safe to read from any number of threads.
const std::vector<IntakeRow>& intake_rows();

struct Intake {
    std::string authority;
    std::string kind;
    double low_mg = 0;  // a day; the bounds differ where sex or age is open
    double high_mg = 0;
    Jurisdiction place = Jurisdiction::kUs;
    std::string source;  // in words
};

// What is recommended to such a person there; nothing where the table has no figure. Never another age's.
std::optional<Intake> intake_for(const Profile& profile, Jurisdiction place);

}  // namespace magscan::calc
