#include "calc/compounds.h"

#include <algorithm>
#include <stdexcept>

#include <nlohmann/json.hpp>

#include "calc/formula.h"
#include "magscan_calc_data.h"

namespace magscan::calc {
namespace {

Definition definition_of(const std::string& word) {
    if (word == "defined") return Definition::kDefined;
    if (word == "range") return Definition::kRange;
    if (word == "ambiguous") return Definition::kAmbiguous;
    if (word == "excipient") return Definition::kExcipient;
    throw std::runtime_error("compounds.json: unknown definition " + word);
}

Compound compound_of(const nlohmann::json& row) {
    Compound compound;
    compound.id = row.at("id");
    compound.name = row.at("name");
    compound.family = row.at("family");
    compound.formula = row.value("formula", "");
    compound.definition = definition_of(row.at("definition"));
    compound.declared_low = row.at("declared").at(0);
    compound.declared_typical = row.at("declared").at(1);
    compound.declared_high = row.at("declared").at(2);
    compound.pure_high = row.value("pure_high", compound.declared_high);
    compound.why = row.at("why");
    compound.sources = row.at("sources").get<std::vector<std::string>>();
    if (!compound.formula.empty()) {
        const auto composition = parse_formula(compound.formula);
        if (!composition) throw std::runtime_error("compounds.json: " + compound.id + ": " + composition.error());
        compound.molar_mass = molar_mass(*composition);
        compound.fraction = magnesium_fraction(*composition);
    }
    return compound;
}

}  // namespace

const std::vector<Compound>& compounds() {
    // The table is part of the program and checked by the tests: it always loads.
    static const std::vector<Compound> table = [] {
        std::vector<Compound> rows;
        const nlohmann::json file = nlohmann::json::parse(data::compounds);
        for (const auto& row : file.at("compounds")) rows.push_back(compound_of(row));
        return rows;
    }();
    return table;
}

bool fits_declared(double share, double low, double high) {
    return share >= low * (1 - kDeclaredSlack) && share <= high * (1 + kDeclaredSlack);
}

const Compound* find_compound(std::string_view id) {
    const auto& table = compounds();
    const auto found = std::find_if(table.begin(), table.end(), [&](const Compound& row) { return row.id == id; });
    return found == table.end() ? nullptr : &*found;
}

}  // namespace magscan::calc
