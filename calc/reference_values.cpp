#include "calc/reference_values.h"

#include "calc/table.h"
#include "magscan_calc_data.h"

namespace magscan::calc {
namespace {

ReferenceValue row_of(const nlohmann::json& row) {
    ReferenceValue value;
    row.at("id").get_to(value.id);
    row.at("jurisdiction").get_to(value.jurisdiction);
    row.at("scheme").get_to(value.scheme);
    row.at("population").get_to(value.population);
    row.at("mg").get_to(value.mg);
    read_if_any(row.at("since"), value.since);
    read_if_any(row.at("until"), value.until);
    row.at("sources").get_to(value.sources);
    return value;
}

}  // namespace

const std::vector<ReferenceValue>& reference_values() {
    static const std::vector<ReferenceValue> table = rows_of(data::reference_values, "reference_values", row_of);
    return table;
}

const ReferenceValue* find_reference_value(std::string_view id) {
    return find_by_id(reference_values(), id);
}

}  // namespace magscan::calc
