// magscan completion: what shells complete magscan's own command line with.
#include <map>
#include <memory>
#include <string>

#include "tools/commands.h"
#include "tools/exit_code.h"
#include "tools/help/completion.h"
#include "tools/messages.h"

namespace magscan::tools {
namespace {

constexpr const char* kFooter =
    "Examples:\n"
    "  source <(magscan completion bash)                           in ~/.bashrc\n"
    "  source <(magscan completion zsh)                            in ~/.zshrc, after compinit\n"
    "  magscan completion fish | source                            in ~/.config/fish/config.fish\n"
    "  magscan completion zsh > /usr/local/share/zsh/site-functions/_magscan\n"
    "\n"
    "The Debian package brings them along.";

using Writer = std::string (*)(const help::Command&);
const std::map<std::string, Writer> kShells = {
    {"bash", help::bash_completion}, {"zsh", help::zsh_completion}, {"fish", help::fish_completion}};

}  // namespace

void add_completion_command(CLI::App& app, Run& run) {
    auto shell = std::make_shared<std::string>();
    CLI::App* command = app.add_subcommand("completion", "Print the completion script of a shell");
    command->add_option("SHELL", *shell, "The shell")
        ->required()
        ->check(CLI::IsMember(kShells).description(""))
        ->type_name("bash|zsh|fish");
    command->footer(kFooter);
    command->callback([shell, &app, &run] {
        run = [shell, &app] {
            return print_answer(kShells.at(*shell)(help::command_tree(app))) ? kAnswered : kCannotWrite;
        };
    });
}

}  // namespace magscan::tools
