#include "tools/batch/row.h"

#include <algorithm>

namespace magscan::tools::batch {
namespace {

using nlohmann::ordered_json;

const ordered_json& member(const ordered_json& object, const char* name) {
    static const ordered_json none;
    if (!object.is_object()) return none;
    const auto found = object.find(name);
    return found == object.end() ? none : *found;
}

std::string text(const ordered_json& value) {
    return value.is_string() ? value.get<std::string>() : std::string();
}

std::optional<double> number(const ordered_json& value) {
    return value.is_number() ? std::optional(value.get<double>()) : std::nullopt;
}

void add_once(std::vector<std::string>& to, const std::string& item) {
    if (!item.empty() && std::find(to.begin(), to.end(), item) == to.end()) to.push_back(item);
}

RowMass mass(const ordered_json& interval) {
    return {number(member(interval, "value")), number(member(interval, "low")), number(member(interval, "high"))};
}

}  // namespace

Row row_of(const ordered_json& line) {
    Row row;
    const ordered_json& source = member(line, "source");
    row.id = text(member(source, "name"));
    for (const ordered_json& image : member(source, "images")) row.files.push_back(text(member(image, "name")));
    if (member(source, "columns").is_object()) row.columns = member(source, "columns");
    if (line.contains("error")) {
        row.outcome = "failed";
        row.error = text(member(member(line, "error"), "message"));
        row.exit_code = static_cast<int>(number(member(member(line, "error"), "exit_code")).value_or(0));
        return row;
    }
    row.outcome = text(member(line, "outcome"));
    const ordered_json& serving = member(line, "serving");
    row.units_per_serving = number(member(serving, "units"));
    row.unit = text(member(serving, "unit"));
    for (const ordered_json& entry : member(line, "magnesium")) {
        for (const ordered_json& form : member(entry, "forms")) add_once(row.forms, text(form));
        add_once(row.basis, text(member(member(entry, "amount"), "basis")));
    }
    const ordered_json& elemental = member(line, "elemental_magnesium");
    row.status = text(member(elemental, "status"));
    row.per_serving = mass(member(elemental, "per_serving_mg"));
    row.per_unit = mass(member(elemental, "per_unit_mg"));
    row.per_day = mass(member(elemental, "per_day_mg"));
    row.confidence = number(member(elemental, "confidence"));
    for (const ordered_json& warning : member(line, "warnings")) add_once(row.warnings, text(member(warning, "code")));
    return row;
}

std::string joined(const std::vector<std::string>& items) {
    std::string out;
    for (const std::string& item : items) out += (out.empty() ? "" : "; ") + item;
    return out;
}

}  // namespace magscan::tools::batch
