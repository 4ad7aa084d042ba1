#include "calc/studies.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "magscan_calc_data.h"

namespace magscan::calc {
namespace {

template <class Value>
void read_if_known(const nlohmann::json& value, std::optional<Value>& to) {
    if (!value.is_null()) to = value.get<Value>();
}

}  // namespace

const std::vector<Study>& studies() {
    static const std::vector<Study> table = [] {
        std::vector<Study> rows;
        const nlohmann::json file = nlohmann::json::parse(data::studies);
        for (const auto& row : file.at("studies")) {
            Study study;
            row.at("id").get_to(study.id);
            row.at("citation").get_to(study.citation);
            row.at("design").get_to(study.design);
            read_if_known(row.at("participants"), study.participants);
            row.at("who").get_to(study.who);
            row.at("form").get_to(study.form);
            row.at("dose").get_to(study.dose);
            read_if_known(row.at("elemental_mg"), study.elemental_mg);
            read_if_known(row.at("duration_days"), study.duration_days);
            read_if_known(row.at("time_of_day"), study.time_of_day);
            row.at("result").get_to(study.result);
            row.at("limits").get_to(study.limits);
            study.strength = evidence_strength_of(row.at("strength").get<std::string>());
            row.at("sources").get_to(study.sources);
            rows.push_back(std::move(study));
        }
        return rows;
    }();
    return table;
}

const Study* find_study(std::string_view id) {
    const auto& table = studies();
    const auto found = std::find_if(table.begin(), table.end(), [&](const Study& row) { return row.id == id; });
    return found == table.end() ? nullptr : &*found;
}

}  // namespace magscan::calc
