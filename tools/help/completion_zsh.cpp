#include "tools/help/completion.h"

namespace magscan::tools::help {
namespace {

// Text within an argument of _arguments, which takes brackets and colons for its own, inside single quotes.
std::string escaped(const std::string& text) {
    std::string out;
    for (const char letter : text) {
        if (letter == '\'') {
            out += "'\\''";
            continue;
        }
        if (letter == '[' || letter == ']' || letter == ':' || letter == '\\') out += '\\';
        out += letter;
    }
    return out;
}

std::string joined(const std::vector<std::string>& words, const char* between) {
    std::string out;
    for (const std::string& word : words) out += (out.empty() ? "" : between) + word;
    return out;
}

// ":DIR:_files -/": what the value is called, and what completes it.
std::string value_part(const Argument& argument) {
    std::string action = " ";
    if (argument.value == Value::kFile) action = "_files";
    if (argument.value == Value::kFolder) action = "_files -/";
    if (argument.value == Value::kChoice) action = "(" + joined(argument.choices, " ") + ")";
    const std::string message = argument.value == Value::kChoice ? argument.names.back() : argument.placeholder;
    return ":" + escaped(message) + ":" + action;
}

std::string option_line(const Argument& option) {
    const bool ends_all = option.names.back() == "--help" || option.names.back() == "--version";
    std::vector<std::string> excludes = option.excludes;
    if (!option.repeats) excludes.insert(excludes.end(), option.names.begin(), option.names.end());
    std::string head = ends_all ? "(- *)" : option.repeats ? "*" : "(" + joined(excludes, " ") + ")";
    const bool takes_value = option.value != Value::kNone;
    std::string out;
    for (const std::string& name : option.names) {
        out.append(" \\\n                '").append(head).append(name).append(takes_value ? "=" : "");
        out.append("[").append(escaped(option.description)).append("]");
        out.append(takes_value ? value_part(option) : "").append("'");
    }
    return out;
}

std::string positional_line(const Argument& positional, std::size_t number) {
    const std::string place = positional.repeats ? "*" : std::to_string(number) + (positional.required ? "" : ":");
    return " \\\n                '" + place + value_part(positional) + "'";
}

std::string branch(const Command& command) {
    std::string out = "            " + command.name + ")\n                _arguments";
    for (const Argument& option : command.options) out += option_line(option);
    for (std::size_t i = 0; i < command.positionals.size(); ++i) out += positional_line(command.positionals[i], i + 1);
    return out + "\n                ;;\n";
}

}  // namespace

std::string zsh_completion(const Command& program) {
    std::string names, branches, options;
    for (const Command& command : program.commands) {
        names += "                '" + command.name + ":" + escaped(command.description) + "'\n";
        branches += branch(command);
    }
    for (const Argument& option : program.options) options += option_line(option);
    const std::string function = "_" + program.name;
    return "#compdef " + program.name + "\n# written by: " + program.name + " completion zsh\n" + function +
           "() {\n"
           "    local context state state_descr line\n"
           "    local -a commands\n"
           "    typeset -A opt_args\n"
           "    _arguments -C" +
           options +
           " \\\n                '1:command:->command' \\\n                '*::argument:->argument'\n"
           "    case $state in\n"
           "        command)\n"
           "            commands=(\n" +
           names +
           "            )\n"
           "            _describe -t commands 'command' commands\n"
           "            ;;\n"
           "        argument)\n"
           "            case $words[1] in\n" +
           branches +
           "            esac\n"
           "            ;;\n"
           "    esac\n"
           "}\n"
           "if [[ ${funcstack[1]} == " +
           function + " ]]; then  # loaded by the completion system, else sourced\n    " + function +
           " \"$@\"\nelse\n    compdef " + function + " " + program.name + "\nfi\n";
}

}  // namespace magscan::tools::help
