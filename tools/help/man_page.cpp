#include "tools/help/man_page.h"

#include <algorithm>
#include <cctype>

#include "tools/help/man_text.h"

namespace magscan::tools::help {
namespace {

std::string bold(const std::string& text) {
    return "\\fB" + roff(text) + "\\fR";
}
std::string italic(const std::string& text) {
    return "\\fI" + roff(text) + "\\fR";
}

std::string upper(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char letter) { return std::toupper(letter); });
    return text;
}

std::string begin(const std::string& name, const std::string& purpose, const ManFacts& facts) {
    return ".TH " + upper(roff(name)) + " 1 " + facts.date + " \"magscan " + facts.version + "\" \"User Commands\"\n" +
           ".SH NAME\n" + roff(name) + " \\- " + roff(purpose) + "\n";
}

// "--annotate=OUT.png", "auto|none": the placeholder set apart from what is typed.
std::string value_of(const Argument& option) {
    if (option.value == Value::kNone) return "";
    return " " + (option.value == Value::kChoice ? bold(option.placeholder) : italic(option.placeholder));
}

std::string option_item(const Argument& option) {
    std::string names;
    for (const std::string& name : option.names) names += (names.empty() ? "" : ", ") + bold(name);
    std::string out = ".TP\n" + names + value_of(option) + "\n" + roff(option.description) + ".";
    if (option.required) out += " Required.";
    if (!option.fallback.empty()) out += " Default: " + bold(option.fallback) + ".";
    std::string excludes;
    for (const std::string& name : option.excludes) excludes += (excludes.empty() ? "" : ", ") + bold(name);
    return out + (excludes.empty() ? "" : " Not with " + excludes + ".") + "\n";
}

std::string positional_item(const Argument& positional) {
    return ".TP\n" + italic(positional.names.front()) + (positional.repeats ? " ..." : "") + "\n" +
           roff(positional.description) + ".\n";
}

std::string blocks_text(const std::vector<Block>& blocks) {
    std::string out;
    bool is_first = true;  // right after the section's heading, where no .PP may stand
    for (const Block& block : blocks) {
        const std::string paragraph = is_first ? "" : ".PP\n";
        if (block.kind == Block::Kind::kProse) out += paragraph + roff(block.text) + "\n";
        if (block.kind == Block::Kind::kItem) out += ".TP\n" + bold(block.term) + "\n" + roff(block.text) + "\n";
        if (block.kind == Block::Kind::kLiteral) out += ".TP\n" + bold(block.text) + "\n";
        is_first = false;
    }
    return out;
}

std::string section(const std::string& title, const std::string& body) {
    return body.empty() ? "" : ".SH " + title + "\n" + body;
}

std::string options_text(const Command& command) {
    std::string out;
    for (const Argument& positional : command.positionals) out += positional_item(positional);
    for (const Argument& option : command.options) out += option_item(option);
    return out;
}

std::string synopsis(const std::string& program, const Command& command) {
    std::string out = bold(program) + " " + bold(command.name) + " [" + italic("OPTIONS") + "]";
    for (const Argument& option : command.options) {
        if (option.required) out += " " + bold(option.names.back()) + value_of(option);
    }
    for (const Argument& positional : command.positionals) {
        const std::string name = italic(positional.names.front()) + (positional.repeats ? " ..." : "");
        out += positional.required ? " " + name : " [" + name + "]";
    }
    return out + "\n";
}

// "magscan(1), magscan-parse(1)": all pages but the one that it stands on.
std::string see_also(const Command& program, const std::string& own) {
    std::string out;
    const auto add = [&](const std::string& name) {
        if (name != own) out += (out.empty() ? "" : ",\n") + bold(name) + "(1)";
    };
    add(program.name);
    for (const Command& command : program.commands) add(program.name + "-" + command.name);
    return out + "\n";
}

std::string lower_first(std::string text) {
    if (!text.empty()) text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
    return text;
}

}  // namespace

std::string man_page(const Command& program, const ManFacts& facts) {
    const FooterText footer = footer_text(program.footer);
    std::string commands;
    for (const Command& command : program.commands) {
        commands += ".TP\n" + bold(program.name + "-" + command.name) + "(1)\n" + roff(command.description) + ".\n";
    }
    return begin(program.name, "elemental magnesium from photos of supplement labels", facts) +
           section("SYNOPSIS", bold(program.name) + " " + italic("COMMAND") + " [" + italic("OPTIONS") + "] [" +
                                   italic("ARGUMENTS") + "]\n") +
           section("DESCRIPTION", roff(program.description) + "\n") + section("COMMANDS", commands) +
           section("OPTIONS", options_text(program)) + section("DETAILS", blocks_text(footer.details)) +
           section("EXIT STATUS", blocks_text(footer.exit_codes)) + section("EXAMPLES", blocks_text(footer.examples)) +
           section("SEE ALSO", see_also(program, program.name));
}

std::string man_page(const Command& program, const Command& command, const ManFacts& facts) {
    const FooterText footer = footer_text(command.footer);
    const std::string name = program.name + "-" + command.name;
    const std::string codes =
        footer.exit_codes.empty() ? "See " + bold(program.name) + "(1).\n" : blocks_text(footer.exit_codes);
    return begin(name, lower_first(command.description), facts) + section("SYNOPSIS", synopsis(program.name, command)) +
           section("DESCRIPTION", roff(command.description) + ".\n") + section("OPTIONS", options_text(command)) +
           section("DETAILS", blocks_text(footer.details)) + section("EXIT STATUS", codes) +
           section("EXAMPLES", blocks_text(footer.examples)) + section("SEE ALSO", see_also(program, name));
}

}  // namespace magscan::tools::help
