#include "scan/compound_table.h"
#include "parser/figures.h"
#include "scan/csv.h"

#include <cmath>
#include <optional>
#include <vector>

namespace magscan::scan {
namespace {

using calc::Compound;
using nlohmann::ordered_json;

double rounded(double value, double scale) {
    return std::round(value * scale) / scale;
}

ordered_json text(const std::optional<std::string>& value) {
    return value ? ordered_json(*value) : ordered_json(nullptr);
}

std::string percent(double share) {
    return parser::fixed(100 * share, 2);
}

std::string padded(std::string text, std::size_t width, bool to_the_right = false) {
    if (text.size() < width) text.insert(to_the_right ? 0 : text.size(), width - text.size(), ' ');
    return text;
}

void add_row(std::string& out, const std::vector<std::string>& cells) {
    constexpr std::size_t id = 34, formula = 7, declared = 19, definition = 9, family = 19;
    std::string line = padded(cells[0], id) + "  " + padded(cells[1], formula, true) + "  " +
                       padded(cells[2], declared, true) + "  " + padded(cells[3], definition) + "  " +
                       padded(cells[4], family);
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
}

// The value of a key as a cell: lists are joined by ';', null is empty.
std::string cell(const ordered_json& value) {
    if (value.is_null()) return "";
    if (value.is_string()) return value.get<std::string>();
    if (!value.is_array()) return value.dump();
    std::string out;
    for (const auto& part : value) out += (out.empty() ? "" : ";") + cell(part);
    return out;
}

}  // namespace

ordered_json compound_json(const Compound& compound) {
    const bool computed = compound.fraction > 0;
    return {{"id", compound.id},
            {"name", compound.name},
            {"family", compound.family},
            {"names_family", compound.names_family},
            {"definition", calc::name_of(compound.definition)},
            {"formula", computed ? ordered_json(compound.formula) : ordered_json(nullptr)},
            {"molar_mass", computed ? ordered_json(rounded(compound.molar_mass, 1e3)) : ordered_json(nullptr)},
            {"fraction", computed ? ordered_json(rounded(compound.fraction, 1e5)) : ordered_json(nullptr)},
            {"declared_low", compound.declared_low},
            {"declared_typical", compound.declared_typical},
            {"declared_high", compound.declared_high},
            {"covers", compound.covers},
            {"cas", text(compound.cas)},
            {"cas_status", compound.cas ? ordered_json(calc::name_of(compound.cas_status)) : ordered_json(nullptr)},
            {"additive", text(compound.additive)},
            {"eu_status", calc::name_of(compound.eu_status)},
            {"why", compound.why},
            {"sources", compound.sources}};
}

std::string compound_table() {
    std::string out;
    add_row(out, {"ID", "FORMULA", "DECLARED", "", "FAMILY"});
    for (const Compound& compound : calc::compounds()) {
        add_row(out, {compound.id, compound.fraction > 0 ? percent(compound.fraction) : "-",
                      percent(compound.declared_low) + " to " + percent(compound.declared_high),
                      std::string(calc::name_of(compound.definition)), compound.family});
    }
    out +=
        "\nPercent of the weight that is magnesium: by the formula, and as labels and suppliers declare it.\n"
        "magscan compounds ID shows all of one.\n";
    return out;
}

std::string compound_csv() {
    std::string out;
    for (const Compound& compound : calc::compounds()) {
        const ordered_json row = compound_json(compound);
        std::string head, line;
        for (const auto& [key, value] : row.items()) {
            head += (head.empty() ? "" : ",") + key;
            line += (head.size() == key.size() ? "" : ",") + csv_cell(cell(value));
        }
        if (out.empty()) out = head + "\r\n";
        out += line + "\r\n";
    }
    return out;
}

}  // namespace magscan::scan
