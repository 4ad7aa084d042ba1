#include "calc/intakes.h"

#include <algorithm>

#include "calc/sources.h"
#include "calc/table.h"
#include "magscan_calc_data.h"

namespace magscan::calc {
namespace {

using nlohmann::json;

template <typename T>
bool contains(const std::vector<T>& all, T one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

IntakeRow row_of(const json& from) {
    IntakeRow row;
    from.at("id").get_to(row.id);
    for (const auto& place : from.at("jurisdictions")) {
        row.places.push_back(parse_jurisdiction(place.get<std::string>()).value());
    }
    from.at("authority").get_to(row.authority);
    from.at("year").get_to(row.year);
    from.at("kind").get_to(row.kind);
    from.at("age_from").get_to(row.age_from);
    read_if_any(from.at("age_below"), row.age_below);
    if (!from.at("sex").is_null()) row.sex = from.at("sex") == "female" ? Sex::kFemale : Sex::kMale;
    for (const auto& stage : from.at("life_stages")) row.stages.push_back(*life_stage_of(stage.get<std::string>()));
    from.at("mg").get_to(row.mg);
    from.at("sources").get_to(row.sources);
    return row;
}

// An adult of unstated age may have any.
bool fits_age(const IntakeRow& row, const std::optional<double>& age) {
    if (!age) return !row.age_below || *row.age_below > kAdultFrom;
    return *age >= row.age_from && (!row.age_below || *age < *row.age_below);
}

bool is_for(const IntakeRow& row, const Profile& profile) {
    const bool sex = row.sex == Sex::kUnstated || profile.sex == Sex::kUnstated || row.sex == profile.sex;
    return sex && contains(row.stages, profile.stage) && fits_age(row, profile.age_years);
}

}  // namespace

const std::vector<IntakeRow>& intake_rows() {
    static const std::vector<IntakeRow> table = rows_of(data::intakes, "intakes", row_of);
    return table;
}

std::optional<Intake> intake_for(const Profile& profile, Jurisdiction place) {
    const Jurisdiction whole = part_of(place).value_or(place);
    std::optional<Intake> found;
    for (const IntakeRow& row : intake_rows()) {
        if (!contains(row.places, whole) || !is_for(row, profile)) continue;
        if (!found) found = Intake{row.authority, row.kind, row.mg, row.mg, whole, source_words(row.sources)};
        found->low_mg = std::min(found->low_mg, row.mg);
        found->high_mg = std::max(found->high_mg, row.mg);
    }
    return found;
}

}  // namespace magscan::calc
