// --progress: how far the commands of many photos say that they are, and options as they were written.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "tools/batch/progress.h"

namespace magscan::tools {

// Adds the option; `word` has to outlive the parsing.
void add_progress_option(CLI::App& command, std::string& word);

// "auto" is a bar where standard error is a terminal.
batch::ProgressKind progress_of(const std::string& word);

// The last word that an option was given; empty where it was not named.
std::string written_option(const CLI::App& command, const std::string& option);

}  // namespace magscan::tools
