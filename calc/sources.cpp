#include "calc/sources.h"

#include "calc/table.h"
#include "magscan_calc_data.h"

namespace magscan::calc {
namespace {

Source row_of(const nlohmann::json& row) {
    return {row.at("id"), row.at("title"), row.at("where"), row.at("kind")};
}

}  // namespace

const Source* find_source(std::string_view id) {
    static const std::vector<Source> table = rows_of(data::sources, "sources", row_of);
    return find_by_id(table, id);
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
