// --profile and --jurisdiction: for whom and where a report is made, the same for photos and for text.
#pragma once

#include <CLI/CLI.hpp>

#include "scan/report_options.h"

namespace magscan::tools {

// Adds both to a command. `options` has to outlive the parsing.
void add_person_options(CLI::App& command, scan::ReportOptions& options);

// What --help says of them, below the examples.
extern const char* const kPersonHelp;

}  // namespace magscan::tools
