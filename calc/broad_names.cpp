#include "calc/broad_names.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "magscan_calc_data.h"

namespace magscan::calc {

const std::vector<BroadName>& broad_names() {
    static const std::vector<BroadName> table = [] {
        std::vector<BroadName> rows;
        const nlohmann::json file = nlohmann::json::parse(data::broad_names);
        for (const auto& row : file.at("names")) {
            BroadName name;
            row.at("family").get_to(name.family);
            row.at("may_be").get_to(name.may_be);
            row.at("why").get_to(name.why);
            row.at("sources").get_to(name.sources);
            rows.push_back(std::move(name));
        }
        return rows;
    }();
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
