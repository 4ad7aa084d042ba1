#include "calc/unit_capacity.h"

#include <algorithm>

#include "calc/table.h"
#include "magscan_calc_data.h"

namespace magscan::calc {
namespace {

UnitCapacity row_of(const nlohmann::json& row) {
    UnitCapacity capacity;
    row.at("unit").get_to(capacity.unit);
    capacity.size = row.value("size", "");
    row.at("soft_g").get_to(capacity.soft_g);
    row.at("hard_g").get_to(capacity.hard_g);
    row.at("note").get_to(capacity.note);
    row.at("sources").get_to(capacity.sources);
    return capacity;
}

}  // namespace

const std::vector<UnitCapacity>& unit_capacities() {
    static const std::vector<UnitCapacity> table = rows_of(data::unit_capacity, "units", row_of);
    return table;
}

const UnitCapacity* find_unit_capacity(std::string_view unit, std::string_view size) {
    const auto& table = unit_capacities();
    const auto found = std::find_if(table.begin(), table.end(),
                                    [&](const UnitCapacity& row) { return row.unit == unit && row.size == size; });
    return found == table.end() ? nullptr : &*found;
}

}  // namespace magscan::calc
