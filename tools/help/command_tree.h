// What the command line takes, as plain values: taken from the parser itself, so that the manual and the completions of
// shells never tell anything else than --help does. Hidden commands and options are left out.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

namespace magscan::tools::help {

enum class Value {
    kNone,    // a flag
    kWord,    // a word or number that nobody can guess
    kFile,    // an existing file, or one to write
    kFolder,  // an existing folder, or one to write
    kChoice,  // one of Argument::choices
};

// An option or a positional argument.
struct Argument {
    std::vector<std::string> names;  // "-h", "--help"; of a positional its one name
    std::string placeholder;         // what stands for the value: "DIR", "auto|none|bar|json"; empty for a flag
    Value value = Value::kNone;
    std::vector<std::string> choices;
    std::string description;
    std::string fallback;               // the default; empty where none is named
    std::vector<std::string> excludes;  // names of arguments that must not stand beside it
    bool required = false;
    bool repeats = false;  // takes any number of values
};

struct Command {
    std::string name;         // "scan"
    std::string description;  // in one sentence, without a full stop
    std::string footer;       // the lines after the options
    std::vector<Argument> options;
    std::vector<Argument> positionals;
    std::vector<Command> commands;
};

// Throws std::logic_error where an option takes a placeholder that value_of does not know.
Command command_tree(const CLI::App& app);

// What a placeholder stands for; nothing where it is none that is known. "a|b|c" are choices.
std::optional<Value> value_of(const std::string& placeholder);

}  // namespace magscan::tools::help
