// Completion scripts for shells, of all commands, options and their values.
#pragma once

#include <string>

#include "tools/help/command_tree.h"

namespace magscan::tools::help {

// For bash (sourced, or in share/bash-completion/completions).
std::string bash_completion(const Command& program);

// For zsh (sourced after compinit, or as _magscan in a folder of $fpath).
std::string zsh_completion(const Command& program);

// For fish (sourced, or in share/fish/vendor_completions.d).
std::string fish_completion(const Command& program);

}  // namespace magscan::tools::help
