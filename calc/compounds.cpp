#include "calc/compounds.h"

#include <algorithm>
#include <stdexcept>

#include "calc/formula.h"
#include "calc/table.h"
#include "magscan_calc_data.h"

namespace magscan::calc {
namespace {

const Words<Definition> kDefinitions = {{"defined", Definition::kDefined},
                                        {"range", Definition::kRange},
                                        {"ambiguous", Definition::kAmbiguous},
                                        {"excipient", Definition::kExcipient}};
const Words<CasStatus> kCasStatuses = {{"verified", CasStatus::kVerified},
                                       {"sure", CasStatus::kSure},
                                       {"likely", CasStatus::kLikely},
                                       {"unsure", CasStatus::kUnsure}};
const Words<EuStatus> kEuStatuses = {{"listed", EuStatus::kListed},
                                     {"by_parts", EuStatus::kByParts},
                                     {"novel_food", EuStatus::kNovelFood},
                                     {"special_foods", EuStatus::kSpecialFoods},
                                     {"not_listed", EuStatus::kNotListed},
                                     {"unclear", EuStatus::kUnclear},
                                     {"not_applicable", EuStatus::kNotApplicable}};

std::optional<std::string> optional_text(const nlohmann::json& row, const char* key) {
    return row.contains(key) ? std::optional(row.at(key).get<std::string>()) : std::nullopt;
}

Compound compound_of(const nlohmann::json& row) {
    Compound compound;
    compound.id = row.at("id");
    compound.name = row.at("name");
    compound.family = row.at("family");
    compound.formula = row.value("formula", "");
    compound.definition = value_of(kDefinitions, row.at("definition").get<std::string>());
    compound.declared_low = row.at("declared").at(0);
    compound.declared_typical = row.at("declared").at(1);
    compound.declared_high = row.at("declared").at(2);
    compound.pure_high = row.value("pure_high", compound.declared_high);
    compound.names_family = row.value("names_family", false);
    compound.covers = row.value("covers", std::vector<std::string>());
    compound.cas = optional_text(row, "cas");
    if (compound.cas) compound.cas_status = value_of(kCasStatuses, row.at("cas_status").get<std::string>());
    compound.additive = optional_text(row, "additive");
    compound.eu_status = value_of(kEuStatuses, row.at("eu_status").get<std::string>());
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
    static const std::vector<Compound> table = rows_of(data::compounds, "compounds", compound_of);
    return table;
}

bool fits_declared(double share, double low, double high) {
    return share >= low * (1 - kDeclaredSlack) && share <= high * (1 + kDeclaredSlack);
}

const Compound* find_compound(std::string_view id) {
    return find_by_id(compounds(), id);
}

const Compound* compound_of_family(std::string_view family) {
    const auto& table = compounds();
    const auto found = std::find_if(table.begin(), table.end(),
                                    [&](const Compound& row) { return row.names_family && row.family == family; });
    return found == table.end() ? nullptr : &*found;
}

std::string_view name_of(Definition definition) {
    return word_of(kDefinitions, definition);
}

std::string_view name_of(CasStatus status) {
    return word_of(kCasStatuses, status);
}

std::string_view name_of(EuStatus status) {
    return word_of(kEuStatuses, status);
}

}  // namespace magscan::calc
