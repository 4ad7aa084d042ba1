#include "calc/profile.h"

#include <charconv>
#include <cmath>
#include <set>

namespace magscan::calc {
namespace {

constexpr double kMaxAge = 120;
constexpr double kYoungestMother = 10;
constexpr double kMonths = 12;
constexpr const char* kAllowed =
    "Join by commas: adult, pregnant, lactating, age=YEARS (age=6m: months), sex=f or sex=m, such as age=12,sex=f";

tl::unexpected<std::string> wrong(const std::string& what) {
    return tl::unexpected(what + ". " + kAllowed);
}

std::string plain(std::string_view text) {
    std::string out;
    for (const char letter : text) {
        if (letter == ' ' || letter == '\t') continue;
        out += letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    }
    return out;
}

// "12", "12.5", "6m" in years; nothing for what is no age of a person.
std::optional<double> age_of(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const std::string_view rest(end, static_cast<std::size_t>(text.data() + text.size() - end));
    if (error != std::errc() || !std::isfinite(value) || std::signbit(value)) return std::nullopt;
    if (rest == "m") value /= kMonths;
    const bool is_age = (rest.empty() || rest == "m" || rest == "y") && value <= kMaxAge;
    return is_age ? std::optional(value) : std::nullopt;
}

// What one part says goes into the profile; the key of what it says comes back.
tl::expected<std::string, std::string> read_part(const std::string& part, Profile& profile) {
    if (part == "adult") return "adult";
    if (const auto stage = life_stage_of(part); stage && stage != LifeStage::kNone) {
        profile.stage = *stage;
        return "life stage";
    }
    if (part.rfind("age=", 0) == 0) {
        profile.age_years = age_of(std::string_view(part).substr(4));
        if (!profile.age_years) return wrong("\"" + part + "\" is no age from 0 to 120 years");
        return "age";
    }
    if (part == "sex=f" || part == "sex=female" || part == "sex=m" || part == "sex=male") {
        profile.sex = part[4] == 'f' ? Sex::kFemale : Sex::kMale;
        return "sex";
    }
    if (part.rfind("sex=", 0) == 0) return wrong("\"" + part + "\" is neither sex=f nor sex=m");
    return wrong(part.empty() ? "a part of the profile is empty" : "\"" + part + "\" says nothing of a person here");
}

std::optional<std::string> contradiction(const Profile& profile, bool says_adult) {
    const bool mother = profile.stage != LifeStage::kNone;
    if (says_adult && profile.age_years && *profile.age_years < kMajority) return "an adult is 18 or older";
    if (mother && profile.sex == Sex::kMale) return "pregnant and lactating go with sex=f only";
    if (mother && profile.age_years && *profile.age_years < kYoungestMother) {
        return "pregnant and lactating do not go with this age";
    }
    return std::nullopt;
}

std::string number(double value) {
    char text[32];
    const auto [end, error] = std::to_chars(text, text + sizeof text, std::round(value * 10) / 10);
    return error == std::errc() ? std::string(text, end) : std::string();
}

std::string age_words(double years) {
    const bool infant = years < 2 && years != 1;
    const std::string count = number(infant ? years * kMonths : years);
    return count + (infant ? " month" : " year") + (count == "1" ? "" : "s");
}

std::string noun(const Profile& profile) {
    const bool child = profile.age_years && *profile.age_years < kMajority;
    const std::string stage = profile.stage == LifeStage::kPregnant    ? "pregnant "
                              : profile.stage == LifeStage::kLactating ? "breastfeeding "
                                                                       : "";
    if (profile.sex == Sex::kFemale || !stage.empty()) return "a " + stage + (child ? "girl" : "woman");
    if (profile.sex == Sex::kMale) return child ? "a boy" : "a man";
    return child ? "a child" : "an adult";
}

}  // namespace

tl::expected<Profile, std::string> parse_profile(std::string_view text) {
    Profile profile;
    std::set<std::string> said;
    std::string rest = plain(text);
    for (bool more = true; more;) {
        const std::size_t comma = rest.find(',');
        more = comma != std::string::npos;
        const auto key = read_part(rest.substr(0, comma), profile);
        if (!key) return tl::unexpected(key.error());
        if (!said.insert(*key).second) return wrong("the " + *key + " is given twice");
        if (more) rest.erase(0, comma + 1);
    }
    if (const auto error = contradiction(profile, said.contains("adult"))) return wrong(*error);
    return profile;
}

std::optional<LifeStage> life_stage_of(std::string_view name) {
    if (name == "none") return LifeStage::kNone;
    if (name == "pregnant") return LifeStage::kPregnant;
    if (name == "lactating") return LifeStage::kLactating;
    return std::nullopt;
}

std::string profile_words(const Profile& profile) {
    return noun(profile) + (profile.age_years ? " of " + age_words(*profile.age_years) : "");
}

bool is_default(const Profile& profile) {
    return !profile.age_years && profile.sex == Sex::kUnstated && profile.stage == LifeStage::kNone;
}

}  // namespace magscan::calc
