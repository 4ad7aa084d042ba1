#include "tools/help/command_tree.h"

#include <algorithm>
#include <map>
#include <sstream>
#include <stdexcept>

namespace magscan::tools::help {
namespace {

// Every word that the commands use for a value. A new one has to be entered here: the build, which makes the manual,
// stops at it otherwise.
const std::map<std::string, Value>& placeholders() {
    static const std::map<std::string, Value> table = {
        {"PHOTO", Value::kFile},   {"INPUT", Value::kFile},        {"FILE", Value::kFile},
        {"OUT.png", Value::kFile}, {"TRUTH.jsonl", Value::kFile},  {"REPORTS.jsonl", Value::kFile},
        {"DIR", Value::kFolder},   {"OUT", Value::kFolder},        {"N", Value::kWord},
        {"S", Value::kWord},       {"SECONDS", Value::kWord},      {"MB", Value::kWord},
        {"I/N", Value::kWord},     {"NAME", Value::kWord},         {"AMOUNT", Value::kWord},
        {"WHO", Value::kWord},     {"ADDRESS:PORT", Value::kWord}, {"ORIGIN", Value::kWord},
        {"URL", Value::kWord},     {"HOST", Value::kWord},         {"ID", Value::kWord},
        {"TOPIC", Value::kWord},
    };
    return table;
}

std::vector<std::string> parts_of(const std::string& text, char separator) {
    std::vector<std::string> out;
    std::istringstream in(text);
    for (std::string part; std::getline(in, part, separator);) out.push_back(part);
    return out;
}

std::vector<std::string> names_of(const CLI::Option& option) {
    if (option.get_positional()) return {option.get_name(true)};
    std::vector<std::string> out;
    for (const std::string& name : option.get_snames()) out.push_back("-" + name);
    for (const std::string& name : option.get_lnames()) out.push_back("--" + name);
    return out;
}

Argument argument_of(const CLI::Option& option) {
    Argument out;
    out.names = names_of(option);
    out.description = option.get_description();
    out.required = option.get_required();
    out.repeats = option.get_items_expected_max() > 1;
    for (const CLI::Option* other : option.get_excludes()) {
        for (const std::string& name : names_of(*other)) out.excludes.push_back(name);
    }
    std::sort(out.excludes.begin(), out.excludes.end());  // they come in the order of addresses
    if (option.get_items_expected_max() == 0) return out;
    out.placeholder = option.get_type_name();
    if (out.placeholder.empty()) out.placeholder = out.names.front();
    const auto value = value_of(out.placeholder);
    if (!value) {
        throw std::logic_error(out.names.back() + " takes " + out.placeholder +
                               ", which is not in the table of tools/help/command_tree.cpp. Enter it");
    }
    out.value = *value;
    if (out.value == Value::kChoice) out.choices = parts_of(out.placeholder, '|');
    out.fallback = option.get_default_str();
    return out;
}

}  // namespace

std::optional<Value> value_of(const std::string& placeholder) {
    if (placeholder.find('|') != std::string::npos) return Value::kChoice;
    const auto found = placeholders().find(placeholder);
    return found == placeholders().end() ? std::nullopt : std::optional(found->second);
}

Command command_tree(const CLI::App& app) {
    Command out;
    out.name = app.get_name();
    out.description = app.get_description();
    out.footer = app.get_footer();
    for (const CLI::Option* option : app.get_options()) {
        if (option->get_group().empty()) continue;
        (option->get_positional() ? out.positionals : out.options).push_back(argument_of(*option));
    }
    const auto is_shown = [](const CLI::App* command) { return !command->get_group().empty(); };
    for (const CLI::App* command : app.get_subcommands(is_shown)) out.commands.push_back(command_tree(*command));
    return out;
}

}  // namespace magscan::tools::help
