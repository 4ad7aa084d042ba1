// For whom limits and daily needs are looked up. Nothing of it changes how a label is read.
#pragma once

#include <optional>

namespace magscan::calc {

enum class Sex { kUnstated, kFemale, kMale };
enum class LifeStage { kNone, kPregnant, kLactating };

// A default one is an adult of whom nothing else is known.
struct Profile {
    std::optional<double> age_years;  // 0..120
    Sex sex = Sex::kUnstated;
    LifeStage stage = LifeStage::kNone;
};

}  // namespace magscan::calc
