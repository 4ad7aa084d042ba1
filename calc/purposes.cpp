#include "calc/purposes.h"

#include "calc/table.h"
#include "magscan_calc_data.h"

namespace magscan::calc {
namespace {

const Words<Rating> kRatings = {{"good", Rating::kGood},
                                {"ok", Rating::kOk},
                                {"weak", Rating::kWeak},
                                {"poor", Rating::kPoor},
                                {"unknown", Rating::kUnknown}};
const Words<EvidenceStrength> kStrengths = {{"strong", EvidenceStrength::kStrong},
                                            {"moderate", EvidenceStrength::kModerate},
                                            {"limited", EvidenceStrength::kLimited},
                                            {"negative", EvidenceStrength::kNegative},
                                            {"mechanism_only", EvidenceStrength::kMechanismOnly},
                                            {"none", EvidenceStrength::kNone}};

Purpose row_of(const nlohmann::json& row) {
    Purpose purpose;
    row.at("id").get_to(purpose.id);
    row.at("name").get_to(purpose.name);
    row.at("question").get_to(purpose.question);
    const auto& any_form = row.at("default");
    purpose.rating = rating_of(any_form.at("rating").get<std::string>());
    purpose.evidence = evidence_strength_of(any_form.at("evidence").get<std::string>());
    any_form.at("note").get_to(purpose.note);
    row.at("sources").get_to(purpose.sources);
    return purpose;
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
    static const std::vector<Purpose> table = rows_of(data::purposes, "purposes", row_of);
    return table;
}

const Purpose* find_purpose(std::string_view id) {
    return find_by_id(purposes(), id);
}

}  // namespace magscan::calc
