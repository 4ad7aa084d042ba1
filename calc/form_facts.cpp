#include "calc/form_facts.h"

#include <algorithm>

#include "calc/table.h"
#include "magscan_calc_data.h"

namespace magscan::calc {
namespace {

using nlohmann::json;

PurposeNote default_note(const Purpose& purpose) {
    return {purpose.id, purpose.rating, purpose.evidence, std::nullopt, purpose.note, {}, purpose.sources};
}

void read_cell(const json& row, PurposeNote& note) {
    note.rating = rating_of(row.at("rating").get<std::string>());
    note.evidence = evidence_strength_of(row.at("evidence").get<std::string>());
    row.at("note").get_to(note.note);
    read_if_any(row.at("conflict"), note.conflict);
    row.at("studies").get_to(note.studies);
    row.at("sources").get_to(note.sources);
}

Absorption absorption_of(const json& row) {
    Absorption absorption;
    read_if_any(row.at("low_percent"), absorption.low_percent);
    read_if_any(row.at("high_percent"), absorption.high_percent);
    absorption.evidence = row.at("measured").get<std::string>() + " " + row.at("spread").get<std::string>();
    row.at("sources").get_to(absorption.sources);
    return absorption;
}

std::vector<FormFacts> load() {
    std::vector<FormFacts> table;
    const json file = json::parse(data::suitability);
    for (const auto& row : file.at("forms")) {
        FormFacts facts;
        row.at("form").get_to(facts.form);
        row.at("family").get_to(facts.family);
        row.at("name").get_to(facts.name);
        row.at("gist").get_to(facts.gist);
        row.at("sources").get_to(facts.sources);
        for (const Purpose& purpose : purposes()) facts.purposes.push_back(default_note(purpose));
        table.push_back(std::move(facts));
    }
    for (const auto& row : file.at("cells")) {
        const auto form = row.at("form").get<std::string>(), purpose = row.at("purpose").get<std::string>();
        for (FormFacts& facts : table) {
            if (facts.form != form) continue;
            for (PurposeNote& note : facts.purposes) {
                if (note.purpose == purpose) read_cell(row, note);
            }
        }
    }
    const json absorption = json::parse(data::absorption);
    for (const auto& row : absorption.at("absorption")) {
        for (FormFacts& facts : table) {
            if (facts.form == row.at("family").get<std::string>()) facts.absorption = absorption_of(row);
        }
    }
    return table;
}

}  // namespace

const std::vector<FormFacts>& form_facts() {
    static const std::vector<FormFacts> table = load();
    return table;
}

const FormFacts& facts_of(std::string_view form, bool buffered) {
    const auto& table = form_facts();
    const auto find = [&](auto&& wanted) { return std::find_if(table.begin(), table.end(), wanted); };
    if (buffered) {
        const auto variant =
            find([&](const FormFacts& facts) { return facts.family == form && facts.form != facts.family; });
        if (variant != table.end()) return *variant;
    }
    const auto found = find([&](const FormFacts& facts) { return facts.form == form; });
    return found != table.end() ? *found : *find([](const FormFacts& facts) { return facts.form == "other"; });
}

}  // namespace magscan::calc
