// How much supplemental magnesium a day authorities accept, and whether a product goes over it. The figures and their
// sources are in calc/data/limits.json. They count supplements (and mostly medicines), never the magnesium of food:
// what is recommended in all is in calc/intakes.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calc/assessment.h"
#include "calc/jurisdiction.h"
#include "calc/profile.h"

namespace magscan::calc {

enum class LimitKind {
    kUpperLevel,      // what is taken to be safe for nearly all
    kGuidanceLevel,   // the same on weaker evidence
    kProductMaximum,  // what one product may hold a day
    kLabelWarning,    // from here the label must warn
    kObservedEffect,  // no limit: the lowest amount at which an effect was seen
};

// Whether going over it is too much: no threshold of a label's warning, no observed effect.
bool is_upper_limit(LimitKind kind);

// A row of the table.
struct LimitRow {
    std::string id;
    Jurisdiction place = Jurisdiction::kUs;
    std::string authority;
    std::optional<int> year;
    LimitKind kind = LimitKind::kUpperLevel;
    double age_from = 0;              // years, inclusive
    std::optional<double> age_below;  // years, exclusive
    std::vector<LifeStage> stages_excluded;
    std::optional<double> mg;  // a day; missing where the authority gives no figure for these people
    std::optional<double> mg_per_kg;
    bool reached_counts = false;        // broken where it is reached, else where it is exceeded
    std::string counts;                 // what counts against it, in short: "supplements"
    std::string applies_to;             // the same in plain words
    std::vector<std::string> families;  // it counts magnesium of these forms only; empty: of all
    std::string note;                   // why there is no figure, or for whom the form is not
    std::vector<std::string> sources;
    std::string source;  // the same in words
    std::string people;  // whom it is for, in words: "19 to 70 years, not pregnant or breastfeeding"
};

// Loaded once, in the order of the file; safe to read from any number of threads.
const std::vector<LimitRow>& limit_rows();

// What a day's amount rests on.
enum class DayBasis {
    kDirections,  // the label's
    kOneServing,  // there are none: one serving at least
    kOneUnit,     // nor is there a serving: one capsule, tablet ... at least
    kUnknown,
};

struct DayAmount {
    DayBasis basis = DayBasis::kUnknown;
    std::optional<Interval> mg;  // missing where the basis is not known
};

DayAmount day_amount(const Assessment& assessment);

// One authority's verdict on one product. The views are into limit_rows().
struct Limit {
    std::string_view authority;
    double limit_mg = 0;           // a day
    std::string applies_to;        // what counts, for whom, and what was assumed of the day
    std::optional<bool> exceeded;  // missing where the amount is not known or lies on both sides of the limit, and
                                   // where the day is open and one serving is below
    std::string_view source;       // in words

    Jurisdiction place = Jurisdiction::kUs;
    LimitKind kind = LimitKind::kUpperLevel;
    std::string_view counts;  // what counts, in short
    DayAmount taken;          // of the product, what counts against this limit
};

struct LimitVerdicts {
    std::vector<Limit> limits;
    std::vector<parser::Warning> warnings;  // which authorities set no limit for such a person
};

// Without a chosen place: the label's market first, then us, eu, uk, ca, au. With one: what holds there, then the
// strictest limit of any other place. Limits of single forms only where the label names such a form; an observed effect
// only where it is reached. A limit for other ages never stands in: a warning names the authority instead. Nothing
// where the label names no magnesium. A pure function; safe to call from any number of threads.
LimitVerdicts limits_for(const Assessment& assessment, const Profile& profile, std::optional<Jurisdiction> chosen);

}  // namespace magscan::calc
