#include "scan/score.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <set>

#include "parser/figures.h"

namespace magscan::scan {
namespace {

using nlohmann::json;
using Forms = std::set<std::string>;

constexpr std::array<const char*, kFigureCount> kFigureNames = {"found", "form", "elemental", "serving", "label"};
constexpr std::array<const char*, 4> kBreakdowns = {"kind", "tier", "side", "lang"};
constexpr double kHarmConfidence = 0.8;
constexpr double kToleranceMg = 1.0;
constexpr double kToleranceShare = 0.01;

// nullptr where the key is missing or null, or `of` is no object.
const json* get(const json* of, const char* key) {
    if (of == nullptr || !of->is_object()) return nullptr;
    const auto at = of->find(key);
    return at == of->end() || at->is_null() ? nullptr : &*at;
}

std::optional<double> get_number(const json* of, const char* key) {
    const json* value = get(of, key);
    return value != nullptr && value->is_number() ? std::optional(value->get<double>()) : std::nullopt;
}

std::string get_string(const json* of, const char* key) {
    const json* value = get(of, key);
    return value != nullptr && value->is_string() ? value->get<std::string>() : std::string();
}

// Whether something is there at all: null, false, 0, "", [] and {} are nothing.
bool is_something(const json* value) {
    if (value == nullptr || value->is_null()) return false;
    if (value->is_boolean()) return value->get<bool>();
    if (value->is_number()) return value->get<double>() != 0;
    if (value->is_string()) return !value->get_ref<const std::string&>().empty();
    return !value->empty();
}

std::string base_name(const std::string& path) {
    return path.substr(path.rfind('/') + 1);
}

// Two names of one family.
std::string family(const std::string& form) {
    if (form == "glycinate") return "bisglycinate";
    if (form == "threonate") return "l-threonate";
    return form;
}

void add_forms(Forms& out, const json* list) {
    if (list == nullptr || !list->is_array()) return;
    for (const json& form : *list) {
        if (form.is_string()) out.insert(family(form.get<std::string>()));
    }
}

Forms forms_of_truth(const json& truth) {
    Forms out;
    add_forms(out, get(&truth, "forms"));
    out.erase("unspecified");
    out.erase("other");
    return out;
}

Forms forms_of_report(const json& report) {
    Forms out;
    if (const json* entries = get(&report, "magnesium"); entries != nullptr && entries->is_array()) {
        for (const json& entry : *entries) add_forms(out, get(&entry, "forms"));
    }
    out.erase("unspecified");
    return out;
}

bool close(double got, double want) {
    return std::abs(got - want) <= std::max(kToleranceMg, kToleranceShare * std::abs(want));
}

// Missing figures agree with each other.
bool agrees(const std::optional<double>& got, const json* want) {
    if (want == nullptr || !want->is_number()) return !got;
    return got && close(*got, want->get<double>());
}

// The figure that the report stands by: none where it is an estimate.
std::optional<double> firm_figure(const json& truth, const json* elemental) {
    const std::string status = get_string(elemental, "status");
    if (status != "stated" && status != "derived") return std::nullopt;
    std::optional<double> value = get_number(get(elemental, "per_serving_mg"), "value");
    if (!value && get(&truth, "units_per_serving") == nullptr) {
        value = get_number(get(elemental, "per_unit_mg"), "value");
    }
    return value;
}

// Names and numbers in --list are written as in the truth file.
std::string shown(const json* value) {
    if (value == nullptr || value->is_null()) return "None";
    if (value->is_boolean()) return value->get<bool>() ? "True" : "False";
    if (value->is_string()) return value->get<std::string>();
    if (value->is_number_float()) {
        std::array<char, 64> buffer{};
        const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value->get<double>()).ptr;
        std::string out(buffer.data(), end);
        return out.find_first_of(".en") == std::string::npos ? out + ".0" : out;
    }
    return value->dump();
}

std::string in_quotes(const std::string& item) {
    return "'" + item + "'";
}

std::string shown_list(const json* list) {
    if (list == nullptr || !list->is_array()) return shown(list);
    std::string out = "[";
    for (const json& item : *list) {
        if (out.size() > 1) out += ", ";
        out += item.is_string() ? in_quotes(item.get<std::string>()) : shown(&item);
    }
    return out + "]";
}

std::string shown_list(const Forms& forms) {
    std::string out = "[";
    for (const std::string& form : forms) {
        if (out.size() > 1) out += ", ";
        out += in_quotes(form);
    }
    return out + "]";
}

std::string key_of(const json& truth) {
    const json* file = get(&truth, "file");
    return is_something(file) ? shown(file) : shown(get(&truth, "id"));
}

std::string wrong_line(const json& truth, const json* report, const Judgement& judgement) {
    const json* elemental = get(report, "elemental_magnesium");
    return (judgement.harm ? "HARM " : "") + key_of(truth) + " want forms=" + shown_list(get(&truth, "forms")) +
           " mg=" + shown(get(&truth, "elemental_mg_per_serving")) +
           " got forms=" + (report != nullptr ? shown_list(forms_of_report(*report)) : "no report") +
           " mg=" + shown(get(get(elemental, "per_serving_mg"), "value")) + " (" + shown(get(elemental, "status")) +
           ", conf " + shown(get(elemental, "confidence")) + ")";
}

bool is_legible(const json& truth) {
    for (const char* key : {"legible", "visible"}) {
        if (truth.contains(key)) return is_something(get(&truth, key));
    }
    return true;
}

std::vector<std::string> groups_of(const json& truth) {
    std::vector<std::string> names = {"all", is_something(get(&truth, "forms")) ? "magnesium" : "no-magnesium"};
    if (get(&truth, "elemental_mg_per_serving") != nullptr) names.emplace_back("with-elemental");
    for (const char* key : kBreakdowns) {
        const json* value = get(&truth, key);
        if (is_something(value)) names.push_back(std::string(key) + "=" + shown(value));
    }
    return names;
}

void count(Group& group, const Judgement& judgement, bool legible) {
    ++group.labels;
    group.harm += judgement.harm ? 1 : 0;
    group.missing += judgement.missing ? 1 : 0;
    if (!legible) return;
    for (std::size_t figure = 0; figure < kFigureCount; ++figure) {
        if (!judgement.figures[figure]) continue;
        ++group.judged[figure];
        group.right[figure] += *judgement.figures[figure] ? 1 : 0;
    }
}

Group& group_named(std::vector<Group>& groups, const std::string& name) {
    const auto at = std::find_if(groups.begin(), groups.end(), [&](const Group& g) { return g.name == name; });
    if (at != groups.end()) return *at;
    groups.emplace_back().name = name;
    return groups.back();
}

std::map<std::string, const json*> by_name(const std::vector<json>& reports) {
    std::map<std::string, const json*> out;
    for (const json& report : reports) {
        const std::string name = get_string(get(&report, "source"), "name");
        out[name] = &report;
        out[base_name(name)] = &report;
    }
    return out;
}

std::string padded(const std::string& text, int width, bool left = false) {
    const auto letters = std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; });
    const std::string fill(static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, width - letters)), ' ');
    return left ? text + fill : fill + text;
}

std::string one_decimal(double value) {
    return parser::fixed(value, 1);
}

std::string table_row(const std::array<std::string, 9>& cells) {
    constexpr std::array<int, 9> widths = {24, 5, 7, 6, 11, 9, 7, 5, 8};
    std::string out;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        out += (i > 0 ? " " : "") + padded(cells[i], widths[i], i == 0);
    }
    return out + "\n";
}

}  // namespace

std::optional<double> Group::percent(Figure figure) const {
    if (judged[figure] == 0) return std::nullopt;
    const std::string shown = one_decimal(100.0 * right[figure] / judged[figure]);
    double percent = 0;
    std::from_chars(shown.data(), shown.data() + shown.size(), percent);  // std::stod follows the locale
    return percent;
}

tl::expected<std::vector<json>, LineError> read_json_lines(std::istream& in) {
    std::vector<json> out;
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
        if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
        json value = json::parse(line, nullptr, false);
        if (!value.is_object()) return tl::unexpected(LineError{number, "not a JSON object"});
        out.push_back(std::move(value));
    }
    return out;
}

Judgement judge(const json& truth, const json* report) {
    Judgement out;
    if (report == nullptr) {
        out.missing = true;
        out.figures = {false, false, false, std::nullopt, false};
        return out;
    }
    const json* elemental = get(report, "elemental_magnesium");
    const std::optional<double> got = firm_figure(truth, elemental);
    const std::string outcome = get_string(report, "outcome");
    const bool says_magnesium = outcome == "complete" || outcome == "partial";

    const bool found = says_magnesium == is_something(get(&truth, "forms"));
    const bool form = found && forms_of_report(*report) == forms_of_truth(truth);
    bool right = agrees(got, get(&truth, "elemental_mg_per_serving"));
    if (const json* accept = get(&truth, "accept"); accept != nullptr && accept->is_array()) {
        for (const json& figure : *accept) right = right || agrees(got, &figure);
    }
    std::optional<bool> serving;
    if (const std::optional<double> want = get_number(&truth, "units_per_serving")) {
        const std::optional<double> have = get_number(get(report, "serving"), "units");
        serving = have && std::abs(*have - *want) < 1e-6;
    }
    out.harm = got && !right && get_number(elemental, "confidence").value_or(0) >= kHarmConfidence;
    out.figures = {found, form, right, serving, form && right};
    return out;
}

ScoreCard score(const std::vector<json>& truths, const std::vector<json>& reports) {
    const std::map<std::string, const json*> named = by_name(reports);
    ScoreCard card;
    for (const json& truth : truths) {
        const std::string key = key_of(truth);
        auto at = named.find(key);
        if (at == named.end()) at = named.find(base_name(key));
        const json* report = at == named.end() ? nullptr : at->second;

        const Judgement judgement = judge(truth, report);
        const bool legible = is_legible(truth);
        for (const std::string& name : groups_of(truth)) count(group_named(card.groups, name), judgement, legible);
        if ((legible && !judgement.figures[kLabel].value_or(false)) || judgement.harm) {
            card.wrong.push_back(wrong_line(truth, report, judgement));
        }
    }
    return card;
}

std::string score_table(const ScoreCard& card) {
    std::string out = table_row({"", "n", "found%", "form%", "elemental%", "serving%", "label%", "harm", "missing"});
    for (const Group& group : card.groups) {
        std::array<std::string, kFigureCount> shares;
        for (std::size_t figure = 0; figure < kFigureCount; ++figure) {
            const std::optional<double> share = group.percent(static_cast<Figure>(figure));
            shares[figure] = share ? one_decimal(*share) : "-";
        }
        out += table_row({group.name, std::to_string(group.labels), shares[kFound], shares[kForm], shares[kElemental],
                          shares[kServing], shares[kLabel], std::to_string(group.harm), std::to_string(group.missing)});
    }
    return out;
}

std::string score_json(const ScoreCard& card) {
    std::string out;
    for (const Group& group : card.groups) {
        out += (out.empty() ? "{" : ", ") + json(group.name).dump(-1, ' ', true) +
               ": {\"n\": " + std::to_string(group.labels) + ", \"missing\": " + std::to_string(group.missing) +
               ", \"harm\": " + std::to_string(group.harm);
        for (std::size_t figure = 0; figure < kFigureCount; ++figure) {
            const std::optional<double> share = group.percent(static_cast<Figure>(figure));
            out += std::string(", \"") + kFigureNames[figure] + "\": " + (share ? one_decimal(*share) : "null");
        }
        out += "}";
    }
    return (out.empty() ? "{" : out) + "}\n";
}

}  // namespace magscan::scan
