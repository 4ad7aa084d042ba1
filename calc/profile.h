// For whom limits and daily needs are looked up. Nothing of it changes how a label is read.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace magscan::calc {

enum class Sex { kUnstated, kFemale, kMale };
enum class LifeStage { kNone, kPregnant, kLactating };

// A default one is an adult of whom nothing else is known.
struct Profile {
    std::optional<double> age_years;  // 0..120
    Sex sex = Sex::kUnstated;
    LifeStage stage = LifeStage::kNone;
};

inline constexpr double kMajority = 18;  // years from which a person is an adult

// What is known of an adult's age where none is given: limits and needs of adults begin there.
inline constexpr double kAdultFrom = 19;

// "adult", "pregnant", "lactating", "age=12", "age=6m" (months), "sex=f" or "sex=m", joined by commas in any order and
// any case of letters. "adult" alone is the default one. The error says what is wrong and what is allowed.
tl::expected<Profile, std::string> parse_profile(std::string_view text);

// "none", "pregnant", "lactating": in the data files. Nothing for another word.
std::optional<LifeStage> life_stage_of(std::string_view name);

// In a sentence: "an adult", "a pregnant woman of 25 years", "a girl of 12 years", "a child of 6 months".
std::string profile_words(const Profile& profile);

// True where nothing but an adult was asked for.
bool is_default(const Profile& profile);

}  // namespace magscan::calc
