#include "calc/rules.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "magscan_calc_data.h"

namespace magscan::calc {

const std::vector<Rule>& rules() {
    static const std::vector<Rule> table = [] {
        std::vector<Rule> rows;
        const nlohmann::json file = nlohmann::json::parse(data::rules);
        for (const auto& row : file.at("rules")) {
            Rule rule;
            row.at("id").get_to(rule.id);
            row.at("jurisdiction").get_to(rule.jurisdiction);
            row.at("pattern").get_to(rule.pattern);
            row.at("decision").get_to(rule.decision);
            if (!row.at("confidence").is_null()) row.at("confidence").get_to(rule.confidence);
            row.at("reason").get_to(rule.reason);
            row.at("citation").get_to(rule.citation);
            row.at("sources").get_to(rule.sources);
            rows.push_back(std::move(rule));
        }
        return rows;
    }();
    return table;
}

const Rule* find_rule(std::string_view id) {
    const auto& table = rules();
    const auto found = std::find_if(table.begin(), table.end(), [&](const Rule& row) { return row.id == id; });
    return found == table.end() ? nullptr : &*found;
}

}  // namespace magscan::calc
