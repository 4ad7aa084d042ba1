// What people take magnesium for. Loaded once from calc/data/purposes.json; safe to read from any number of threads.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace magscan::calc {

// How well a form of magnesium suits a purpose.
enum class Rating { kGood, kOk, kWeak, kPoor, kUnknown };

// How sure that is: see the head of purposes.json.
enum class EvidenceStrength { kStrong, kModerate, kLimited, kNegative, kMechanismOnly, kNone };

// As in the report: "good", "mechanism_only" ...
std::string_view name_of(Rating rating);
std::string_view name_of(EvidenceStrength strength);

// The other way round. Throws std::out_of_range for any other word: the tables are checked by the tests.
Rating rating_of(std::string_view name);
EvidenceStrength evidence_strength_of(std::string_view name);

struct Purpose {
    std::string id;        // "sleep-onset"
    std::string name;      // "falling asleep", to be read behind "good for"
    std::string question;  // as a buyer asks it

    // What can be said of any form of magnesium.
    Rating rating = Rating::kUnknown;
    EvidenceStrength evidence = EvidenceStrength::kNone;
    std::string note;
    std::vector<std::string> sources;
};

// In the order of the file, which is the report's.
const std::vector<Purpose>& purposes();

// nullptr for an id that the table does not hold.
const Purpose* find_purpose(std::string_view id);

}  // namespace magscan::calc
