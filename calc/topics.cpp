#include "calc/topics.h"

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

#include "calc/compounds.h"
#include "magscan_calc_data.h"
#include "parser/figures.h"

namespace magscan::calc {
namespace {

using nlohmann::ordered_json;

// Where the topics of a kind come from. Ids of two parts ("capsule 00") are joined by a space; a part may be missing.
struct List {
    const char* kind;
    const char* heading;
    const char* file;
    const std::string_view& content;
    const char* rows;  // key of the list in the file
    std::vector<const char*> id;
    const char* title;
};

const std::vector<List>& lists() {
    static const std::vector<List> all = {
        {"compound", "Compounds", "compounds", data::compounds, "compounds", {"id"}, "name"},
        {"broad name", "Broad names", "broad_names", data::broad_names, "names", {"family"}, "why"},
        {"rule", "Rules", "rules", data::rules, "rules", {"id"}, "pattern"},
        {"reference value",
         "Reference values",
         "reference_values",
         data::reference_values,
         "reference_values",
         {"id"},
         "scheme"},
        {"limit", "Limits", "limits", data::limits, "limits", {"id"}, "authority"},
        {"intake", "Recommended intakes", "intakes", data::intakes, "intakes", {"id"}, "authority"},
        {"purpose", "Purposes", "purposes", data::purposes, "purposes", {"id"}, "name"},
        {"form", "What each form is good for", "suitability", data::suitability, "forms", {"form"}, "gist"},
        {"suitability", "Form and purpose", "suitability", data::suitability, "cells", {"form", "purpose"}, "note"},
        {"study", "Studies", "studies", data::studies, "studies", {"id"}, "citation"},
        {"absorption", "Absorption", "absorption", data::absorption, "absorption", {"family"}, "measured"},
        {"caution", "Cautions", "cautions", data::cautions, "cautions", {"id"}, "who"},
        {"label note", "Other words on labels", "label_notes", data::label_notes, "notes", {"id"}, "name"},
        {"dosage unit", "Dosage units", "unit_capacity", data::unit_capacity, "units", {"unit", "size"}, "note"},
        {"warning", "Warnings", "warnings", data::warnings, "warnings", {"code"}, "means"},
        {"atomic weight",
         "Atomic weights",
         "atomic_weights",
         data::atomic_weights,
         "atomic_weights",
         {"element"},
         nullptr},
        {"calibration", "Calibration", "calibration", data::calibration, "knots", {"medium", "score"}, nullptr},
        {"source", "Sources", "sources", data::sources, "sources", {"id"}, "title"},
    };
    return all;
}

std::string figure(double value) {
    return parser::significant(value, 10);
}

std::string words(const ordered_json& value) {
    if (value.is_string()) return value.get<std::string>();
    if (value.is_boolean()) return value.get<bool>() ? "yes" : "no";
    if (value.is_number()) return figure(value.get<double>());
    std::string out;
    for (const auto& [key, part] : value.items()) {
        if (part.is_null()) continue;
        out += out.empty() ? "" : value.is_object() ? "; " : ", ";
        out += (value.is_object() ? key + ": " : "") + words(part);
    }
    return out;
}

std::string name_of_key(std::string key) {
    if (key == "cas") return "CAS number";
    if (key == "cas_status") return "CAS status";
    if (key == "eu_status") return "EU status";
    for (char& letter : key)
        if (letter == '_') letter = ' ';
    return key;
}

std::string percent(double share) {
    return figure(std::round(share * 1e4) / 100);
}

// What a row of the table of compounds says in the units of people, with what follows from its formula.
void complete_compound(Topic& topic) {
    const Compound& compound = *find_compound(topic.id);
    for (Fact& fact : topic.facts) {
        if (fact.name != "declared") continue;
        fact.name = "declared %";
        fact.text = percent(compound.declared_low) + " / " + percent(compound.declared_typical) + " / " +
                    percent(compound.declared_high);
    }
    if (compound.formula.empty()) return;
    topic.facts.push_back({"molar mass g/mol", figure(std::round(compound.molar_mass * 1000) / 1000)});
    topic.facts.push_back({"magnesium % by the formula", percent(compound.fraction)});
}

Topic topic_of(const List& list, const ordered_json& row) {
    Topic topic;
    topic.kind = list.kind;
    for (const char* key : list.id) {
        if (!row.contains(key)) continue;
        topic.id += (topic.id.empty() ? "" : " ") + words(row.at(key));
    }
    if (list.title != nullptr) topic.title = row.at(list.title).get<std::string>();
    for (const auto& [key, value] : row.items()) {
        const bool in_id = std::find(list.id.begin(), list.id.end(), key) != list.id.end();
        const bool is_title = list.title != nullptr && key == list.title;
        if (in_id || is_title || value.is_null()) continue;
        if (key == "sources") {
            value.get_to(topic.sources);
        } else if (std::string text = words(value); !text.empty()) {
            topic.facts.push_back({name_of_key(key), std::move(text)});
        }
    }
    if (topic.kind == "compound") complete_compound(topic);
    return topic;
}

char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool same_id(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

const std::vector<TopicTable>& topic_tables() {
    static const std::vector<TopicTable> tables = [] {
        std::vector<TopicTable> out;
        for (const List& list : lists()) {
            const ordered_json file = ordered_json::parse(list.content);
            TopicTable table{
                list.kind, list.heading, std::string("calc/data/") + list.file + ".json", file.at("about"), {}};
            for (const auto& row : file.at(list.rows)) table.topics.push_back(topic_of(list, row));
            out.push_back(std::move(table));
        }
        return out;
    }();
    return tables;
}

std::vector<const Topic*> find_topics(std::string_view id) {
    std::vector<const Topic*> out;
    for (const TopicTable& table : topic_tables())
        for (const Topic& topic : table.topics)
            if (same_id(topic.id, id)) out.push_back(&topic);
    return out;
}

}  // namespace magscan::calc
