#include "calc/sources.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "magscan_calc_data.h"

namespace magscan::calc {
namespace {

const std::vector<Source>& all_sources() {
    static const std::vector<Source> table = [] {
        std::vector<Source> rows;
        const nlohmann::json file = nlohmann::json::parse(data::sources);
        for (const auto& row : file.at("sources")) {
            rows.push_back({row.at("id"), row.at("title"), row.at("where"), row.at("kind")});
        }
        return rows;
    }();
    return table;
}

}  // namespace

const Source* find_source(std::string_view id) {
    const auto& table = all_sources();
    const auto found = std::find_if(table.begin(), table.end(), [&](const Source& row) { return row.id == id; });
    return found == table.end() ? nullptr : &*found;
}

std::string source_words(const std::vector<std::string>& ids) {
    std::string out;
    for (const std::string& id : ids) {
        const Source* source = find_source(id);
        if (source == nullptr) continue;
        out += (out.empty() ? "" : "; ") + source->title;
        if (!source->where.empty()) out += " (" + source->where + ")";
    }
    return out;
}

}  // namespace magscan::calc
