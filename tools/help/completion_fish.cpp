#include "tools/help/completion.h"

namespace magscan::tools::help {
namespace {

std::string in_quotes(const std::string& text) {
    std::string out = "'";
    for (const char letter : text) {
        if (letter == '\'' || letter == '\\') out += '\\';
        out += letter;
    }
    return out + "'";
}

// What completes a value: -F are files, -x is nothing but what -a gives.
std::string value_part(const Argument& argument) {
    std::string choices;
    for (const std::string& choice : argument.choices) choices += (choices.empty() ? "" : " ") + choice;
    switch (argument.value) {
        case Value::kNone:
            return "";
        case Value::kFile:
            return " -r -F";
        case Value::kFolder:
            return " -x -a '(__fish_complete_directories)'";
        case Value::kChoice:
            return " -x -a " + in_quotes(choices);
        case Value::kWord:
            return " -x";
    }
    return "";
}

std::string option_line(const std::string& start, const Argument& option) {
    std::string out = start;
    for (const std::string& name : option.names) {
        out += name.compare(0, 2, "--") == 0 ? " -l " + name.substr(2) : " -s " + name.substr(1);
    }
    return out + value_part(option) + " -d " + in_quotes(option.description) + "\n";
}

std::string positional_line(const std::string& start, const Argument& positional) {
    if (positional.value == Value::kWord) return "";
    if (positional.value == Value::kFile) return start + " -F\n";
    return start + value_part(positional).substr(3) + "\n";  // without -x, which is for options
}

}  // namespace

std::string fish_completion(const Command& program) {
    const std::string complete = "complete -c " + program.name;
    const std::string is_command = "__" + program.name + "_command_is";
    std::string out = "# fish completion of " + program.name + ", written by: " + program.name +
                      " completion fish\n"
                      "# Whether the command, the first word after the program, is this one; without one: none yet.\n"
                      "function " +
                      is_command +
                      "\n"
                      "    set -l words (commandline -opc)\n"
                      "    test \"$words[2]\" = \"$argv[1]\"\n"
                      "end\n" +
                      complete + " -f\n";
    const std::string none = complete + " -n " + is_command;
    for (const Argument& option : program.options) out += option_line(none, option);
    for (const Command& command : program.commands) {
        out.append(none).append(" -a ").append(command.name).append(" -d ");
        out.append(in_quotes(command.description)).append("\n");
    }
    for (const Command& command : program.commands) {
        std::string start = complete;
        start.append(" -n '").append(is_command).append(" ").append(command.name).append("'");
        for (const Argument& option : command.options) out += option_line(start, option);
        if (!command.positionals.empty()) out += positional_line(start, command.positionals.front());
    }
    return out;
}

}  // namespace magscan::tools::help
