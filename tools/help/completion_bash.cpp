#include "tools/help/completion.h"

namespace magscan::tools::help {
namespace {

// Quoted for sh: 'it'\''s'
std::string in_quotes(const std::string& text) {
    std::string out = "'";
    for (const char letter : text) out += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
    return out + "'";
}

std::string joined(const std::vector<std::string>& words, const std::string& between = " ") {
    std::string out;
    for (const std::string& word : words) out += (out.empty() ? "" : between) + word;
    return out;
}

// How a value is completed: words to choose from, or what bash itself completes.
std::string answer(const Argument& argument) {
    switch (argument.value) {
        case Value::kChoice:
            return "words=" + in_quotes(joined(argument.choices));
        case Value::kFile:
            return "compopt -o default";
        case Value::kFolder:
            return "compopt -o dirnames";
        default:
            return ":";
    }
}

// The branches of one command: the value of the option before, else options or arguments. `argument` completes those.
std::string branches(const Command& command, const std::string& name, const std::string& argument) {
    std::string out;
    std::vector<std::string> options;
    for (const Argument& option : command.options) {
        std::vector<std::string> patterns;
        for (const std::string& spelling : option.names) {
            options.push_back(spelling);
            patterns.push_back(std::string(name).append("/").append(spelling));
        }
        if (option.value != Value::kNone) out += "        " + joined(patterns, " | ") + ") " + answer(option) + " ;;\n";
    }
    return out + "        " + name + "/*) if [[ $current == -* ]]; then words=" + in_quotes(joined(options)) +
           "; else " + argument + "; fi ;;\n";
}

constexpr const char* kBegin =
    "    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command='' words=''\n"
    "    COMPREPLY=()\n"
    "    if [[ $current == '=' ]]; then  # \"--option=value\" comes as three words\n"
    "        current=''\n"
    "    elif [[ $previous == '=' ]]; then\n"
    "        previous=${COMP_WORDS[COMP_CWORD - 2]}\n"
    "    fi\n"
    "    ((COMP_CWORD == 1)) || command=${COMP_WORDS[1]}\n"
    "    case $command/$previous in\n";

constexpr const char* kEnd =
    "    esac\n"
    "    [[ -z $words ]] || mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\")\n"
    "}\n";

}  // namespace

std::string bash_completion(const Command& program) {
    std::string cases;
    std::vector<std::string> names;
    for (const Command& command : program.commands) {
        names.push_back(command.name);
        // All arguments of a command are of one kind.
        const std::string argument = command.positionals.empty() ? ":" : answer(command.positionals.front());
        cases += branches(command, command.name, argument);
    }
    cases += branches(program, "", "words=" + in_quotes(joined(names)));
    const std::string function = "_" + program.name;
    return "# bash completion of " + program.name + ", written by: " + program.name + " completion bash\n" + function +
           "() {\n" + kBegin + cases + kEnd + "complete -F " + function + " " + program.name + "\n";
}

}  // namespace magscan::tools::help
