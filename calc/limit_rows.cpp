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

std::string years(double age) {
    return std::to_string(static_cast<int>(age));
}

// Bands of whole years, as the table has them: 4 to below 9 are "4 to 8 years".
std::string people_words(const LimitRow& row) {
    std::string out = row.age_below ? years(row.age_from) + " to " + years(*row.age_below - 1) + " years"
                                    : "from " + years(row.age_from) + " years";
    if (!row.stages_excluded.empty()) out += ", not pregnant or breastfeeding";
    return out;
}

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
    row.people = people_words(row);
    return row;
}

}  // namespace

const std::vector<LimitRow>& limit_rows() {
    static const std::vector<LimitRow> table = rows_of(data::limits, "limits", row_of);
    return table;
}

}  // namespace magscan::calc
