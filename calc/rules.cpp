#include "calc/rules.h"

#include "calc/table.h"
#include "magscan_calc_data.h"

namespace magscan::calc {
namespace {

Rule row_of(const nlohmann::json& row) {
    Rule rule;
    row.at("id").get_to(rule.id);
    row.at("jurisdiction").get_to(rule.jurisdiction);
    row.at("pattern").get_to(rule.pattern);
    row.at("decision").get_to(rule.decision);
    if (!row.at("confidence").is_null()) row.at("confidence").get_to(rule.confidence);
    row.at("reason").get_to(rule.reason);
    row.at("citation").get_to(rule.citation);
    row.at("sources").get_to(rule.sources);
    return rule;
}

}  // namespace

const std::vector<Rule>& rules() {
    static const std::vector<Rule> table = rows_of(data::rules, "rules", row_of);
    return table;
}

const Rule* find_rule(std::string_view id) {
    return find_by_id(rules(), id);
}

}  // namespace magscan::calc
