#include "calc/unit_capacity.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "magscan_calc_data.h"

namespace magscan::calc {

const std::vector<UnitCapacity>& unit_capacities() {
    static const std::vector<UnitCapacity> table = [] {
        std::vector<UnitCapacity> rows;
        const nlohmann::json file = nlohmann::json::parse(data::unit_capacity);
        for (const auto& row : file.at("units")) {
            UnitCapacity capacity;
            row.at("unit").get_to(capacity.unit);
            capacity.size = row.value("size", "");
            row.at("soft_g").get_to(capacity.soft_g);
            row.at("hard_g").get_to(capacity.hard_g);
            row.at("note").get_to(capacity.note);
            row.at("sources").get_to(capacity.sources);
            rows.push_back(std::move(capacity));
        }
        return rows;
    }();
    return table;
}

const UnitCapacity* find_unit_capacity(std::string_view unit, std::string_view size) {
    const auto& table = unit_capacities();
    const auto found = std::find_if(table.begin(), table.end(),
                                    [&](const UnitCapacity& row) { return row.unit == unit && row.size == size; });
    return found == table.end() ? nullptr : &*found;
}

}  // namespace magscan::calc
