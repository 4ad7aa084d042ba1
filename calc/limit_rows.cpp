// Loads calc/data/limits.json.
#include "calc/limits.h"
#include "calc/sources.h"
#include "calc/table.h"
#include "magscan_calc_data.h"

namespace magscan::calc {
namespace {

using nlohmann::json;

const Words<LimitKind> kKinds = {{"upper_level", LimitKind::kUpperLevel},
                                 {"guidance_level", LimitKind::kGuidanceLevel},
                                 {"product_maximum", LimitKind::kProductMaximum},
                                 {"label_warning", LimitKind::kLabelWarning},
                                 {"observed_effect", LimitKind::kObservedEffect}};

LimitRow row_of(const json& from) {
    LimitRow row;
    from.at("id").get_to(row.id);
    row.place = parse_jurisdiction(from.at("jurisdiction").get<std::string>()).value();
    from.at("authority").get_to(row.authority);
    read_if_any(from.at("year"), row.year);
    row.kind = value_of(kKinds, from.at("kind").get<std::string>());
    from.at("age_from").get_to(row.age_from);
    read_if_any(from.at("age_below"), row.age_below);
    for (const auto& stage : from.at("stages_excluded"))
        row.stages_excluded.push_back(*life_stage_of(stage.get<std::string>()));
    read_if_any(from.at("mg"), row.mg);
    read_if_any(from.at("mg_per_kg"), row.mg_per_kg);
    from.at("reached_counts").get_to(row.reached_counts);
    from.at("counts").get_to(row.counts);
    from.at("applies_to").get_to(row.applies_to);
    from.at("families").get_to(row.families);
    if (!from.at("note").is_null()) from.at("note").get_to(row.note);
    from.at("sources").get_to(row.sources);
    row.source = source_words(row.sources);
    return row;
}

}  // namespace

const std::vector<LimitRow>& limit_rows() {
    static const std::vector<LimitRow> table = rows_of(data::limits, "limits", row_of);
    return table;
}

}  // namespace magscan::calc
