// Loads calc/data/limits.json.
#include <map>

#include <nlohmann/json.hpp>

#include "calc/limits.h"
#include "magscan_calc_data.h"

namespace magscan::calc {
namespace {

using nlohmann::json;

template <typename T>
std::optional<T> if_any(const json& value) {
    return value.is_null() ? std::nullopt : std::optional(value.get<T>());
}

LimitKind kind_of(const std::string& name) {
    static const std::map<std::string, LimitKind> kinds = {{"upper_level", LimitKind::kUpperLevel},
                                                           {"guidance_level", LimitKind::kGuidanceLevel},
                                                           {"product_maximum", LimitKind::kProductMaximum},
                                                           {"label_warning", LimitKind::kLabelWarning},
                                                           {"observed_effect", LimitKind::kObservedEffect}};
    return kinds.at(name);
}

LimitRow row_of(const json& from) {
    LimitRow row;
    from.at("id").get_to(row.id);
    row.place = parse_jurisdiction(from.at("jurisdiction").get<std::string>()).value();
    from.at("authority").get_to(row.authority);
    row.year = if_any<int>(from.at("year"));
    row.kind = kind_of(from.at("kind"));
    from.at("age_from").get_to(row.age_from);
    row.age_below = if_any<double>(from.at("age_below"));
    for (const auto& stage : from.at("stages_excluded"))
        row.stages_excluded.push_back(*life_stage_of(stage.get<std::string>()));
    row.mg = if_any<double>(from.at("mg"));
    row.mg_per_kg = if_any<double>(from.at("mg_per_kg"));
    from.at("reached_counts").get_to(row.reached_counts);
    from.at("counts").get_to(row.counts);
    from.at("applies_to").get_to(row.applies_to);
    from.at("families").get_to(row.families);
    row.note = if_any<std::string>(from.at("note")).value_or("");
    from.at("sources").get_to(row.sources);
    return row;
}

}  // namespace

const std::vector<LimitRow>& limit_rows() {
    static const std::vector<LimitRow> table = [] {
        std::vector<LimitRow> rows;
        const json file = json::parse(data::limits);
        for (const auto& row : file.at("limits")) rows.push_back(row_of(row));
        return rows;
    }();
    return table;
}

}  // namespace magscan::calc
