#include "calc/purposes.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include <nlohmann/json.hpp>

#include "magscan_calc_data.h"

namespace magscan::calc {
namespace {

constexpr std::array<std::pair<Rating, std::string_view>, 5> kRatings = {{{Rating::kGood, "good"},
                                                                          {Rating::kOk, "ok"},
                                                                          {Rating::kWeak, "weak"},
                                                                          {Rating::kPoor, "poor"},
                                                                          {Rating::kUnknown, "unknown"}}};

constexpr std::array<std::pair<EvidenceStrength, std::string_view>, 6> kStrengths = {
    {{EvidenceStrength::kStrong, "strong"},
     {EvidenceStrength::kModerate, "moderate"},
     {EvidenceStrength::kLimited, "limited"},
     {EvidenceStrength::kNegative, "negative"},
     {EvidenceStrength::kMechanismOnly, "mechanism_only"},
     {EvidenceStrength::kNone, "none"}}};

template <class Names>
auto value_of(const Names& names, std::string_view wanted) {
    for (const auto& [value, name] : names) {
        if (name == wanted) return value;
    }
    throw std::out_of_range("no such word: " + std::string(wanted));
}

template <class Names, class Value>
std::string_view word_of(const Names& names, Value wanted) {
    for (const auto& [value, name] : names) {
        if (value == wanted) return name;
    }
    return {};
}

}  // namespace

std::string_view name_of(Rating rating) {
    return word_of(kRatings, rating);
}

std::string_view name_of(EvidenceStrength strength) {
    return word_of(kStrengths, strength);
}

Rating rating_of(std::string_view name) {
    return value_of(kRatings, name);
}

EvidenceStrength evidence_strength_of(std::string_view name) {
    return value_of(kStrengths, name);
}

const std::vector<Purpose>& purposes() {
    static const std::vector<Purpose> table = [] {
        std::vector<Purpose> rows;
        const nlohmann::json file = nlohmann::json::parse(data::purposes);
        for (const auto& row : file.at("purposes")) {
            Purpose purpose;
            row.at("id").get_to(purpose.id);
            row.at("name").get_to(purpose.name);
            row.at("question").get_to(purpose.question);
            const auto& any_form = row.at("default");
            purpose.rating = rating_of(any_form.at("rating").get<std::string>());
            purpose.evidence = evidence_strength_of(any_form.at("evidence").get<std::string>());
            any_form.at("note").get_to(purpose.note);
            row.at("sources").get_to(purpose.sources);
            rows.push_back(std::move(purpose));
        }
        return rows;
    }();
    return table;
}

const Purpose* find_purpose(std::string_view id) {
    const auto& table = purposes();
    const auto found = std::find_if(table.begin(), table.end(), [&](const Purpose& row) { return row.id == id; });
    return found == table.end() ? nullptr : &*found;
}

}  // namespace magscan::calc
