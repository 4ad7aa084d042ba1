#include "calc/broad_names.h"

#include <algorithm>

#include "calc/table.h"
#include "magscan_calc_data.h"

namespace magscan::calc {
namespace {

BroadName row_of(const nlohmann::json& row) {
    BroadName name;
    row.at("family").get_to(name.family);
    row.at("may_be").get_to(name.may_be);
    row.at("why").get_to(name.why);
    row.at("sources").get_to(name.sources);
    return name;
}

}  // namespace

const std::vector<BroadName>& broad_names() {
    static const std::vector<BroadName> table = rows_of(data::broad_names, "names", row_of);
    return table;
}

bool stands_for_any(std::string_view family) {
    return std::any_of(broad_names().begin(), broad_names().end(),
                       [&](const BroadName& name) { return name.family == family && name.may_be.empty(); });
}

bool may_be_same(std::string_view a, std::string_view b) {
    const auto stands_for = [](std::string_view broad, std::string_view exact) {
        return std::any_of(broad_names().begin(), broad_names().end(), [&](const BroadName& name) {
            const auto& all = name.may_be;
            return name.family == broad && (all.empty() || std::find(all.begin(), all.end(), exact) != all.end());
        });
    };
    return a == b || stands_for(a, b) || stands_for(b, a);
}

}  // namespace magscan::calc
