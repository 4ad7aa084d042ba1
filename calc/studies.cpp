#include "calc/studies.h"

#include "calc/table.h"
#include "magscan_calc_data.h"

namespace magscan::calc {
namespace {

Study row_of(const nlohmann::json& row) {
    Study study;
    row.at("id").get_to(study.id);
    row.at("citation").get_to(study.citation);
    row.at("design").get_to(study.design);
    read_if_any(row.at("participants"), study.participants);
    row.at("who").get_to(study.who);
    row.at("form").get_to(study.form);
    row.at("dose").get_to(study.dose);
    read_if_any(row.at("elemental_mg"), study.elemental_mg);
    read_if_any(row.at("duration_days"), study.duration_days);
    read_if_any(row.at("time_of_day"), study.time_of_day);
    row.at("result").get_to(study.result);
    row.at("limits").get_to(study.limits);
    study.strength = evidence_strength_of(row.at("strength").get<std::string>());
    row.at("sources").get_to(study.sources);
    return study;
}

}  // namespace

const std::vector<Study>& studies() {
    static const std::vector<Study> table = rows_of(data::studies, "studies", row_of);
    return table;
}

const Study* find_study(std::string_view id) {
    return find_by_id(studies(), id);
}

}  // namespace magscan::calc
