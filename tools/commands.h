// The subcommands. Each add_* registers one with its options and returns; `run` is set to what it does when it was
// named on the command line, and gives the exit code.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

namespace magscan::tools {

using Run = std::function<int()>;

void add_scan_command(CLI::App& app, Run& run);
void add_parse_command(CLI::App& app, Run& run);
void add_batch_command(CLI::App& app, Run& run);
void add_merge_command(CLI::App& app, Run& run);
void add_batch_worker_command(CLI::App& app, Run& run);
void add_enqueue_command(CLI::App& app, Run& run);
void add_work_command(CLI::App& app, Run& run);
void add_collect_command(CLI::App& app, Run& run);
void add_status_command(CLI::App& app, Run& run);
void add_score_command(CLI::App& app, Run& run);
void add_calc_command(CLI::App& app, Run& run);
void add_compounds_command(CLI::App& app, Run& run);
void add_explain_command(CLI::App& app, Run& run);
void add_serve_command(CLI::App& app, Run& run);
void add_completion_command(CLI::App& app, Run& run);
void add_man_command(CLI::App& app, Run& run);

}  // namespace magscan::tools
