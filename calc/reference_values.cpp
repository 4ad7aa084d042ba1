#include "calc/reference_values.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "magscan_calc_data.h"

namespace magscan::calc {

const std::vector<ReferenceValue>& reference_values() {
    static const std::vector<ReferenceValue> table = [] {
        std::vector<ReferenceValue> rows;
        const nlohmann::json file = nlohmann::json::parse(data::reference_values);
        for (const auto& row : file.at("reference_values")) {
            ReferenceValue value;
            row.at("id").get_to(value.id);
            row.at("jurisdiction").get_to(value.jurisdiction);
            row.at("scheme").get_to(value.scheme);
            row.at("population").get_to(value.population);
            row.at("mg").get_to(value.mg);
            if (!row.at("since").is_null()) value.since = row.at("since").get<int>();
            if (!row.at("until").is_null()) value.until = row.at("until").get<int>();
            row.at("sources").get_to(value.sources);
            rows.push_back(std::move(value));
        }
        return rows;
    }();
    return table;
}

const ReferenceValue* find_reference_value(std::string_view id) {
    const auto& table = reference_values();
    const auto found =
        std::find_if(table.begin(), table.end(), [&](const ReferenceValue& row) { return row.id == id; });
    return found == table.end() ? nullptr : &*found;
}

}  // namespace magscan::calc
