// A batch from beginning to end.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "tools/batch/plan.h"
#include "tools/batch/progress.h"
#include "tools/batch/summary.h"
#include "tools/batch/worker.h"

namespace magscan::tools::batch {

struct BatchOptions {
    std::vector<std::string> inputs;  // listing.h; may be empty where an earlier run is resumed
    std::string out;
    std::optional<Shard> shard;                  // without it: all, or the share that the earlier run had
    int jobs = 0;                                // photos read at the same time; 0: one a core
    bool isolate = false;                        // each worker is a process of its own
    std::chrono::milliseconds deadline{60'000};  // for each photo; with `isolate` only
    bool resume = false;
    bool retry = false;  // with `resume`: what failed is tried again
    bool overwrite = false;
    bool html = false;
    ProgressKind progress = ProgressKind::kNone;
    ScanSettings settings;
};

// Prints what ends the batch on standard error; the answer is the exit code.
int run_batch(const BatchOptions& options);

// Writes what is made of the lines: summary.csv and, where wanted, report.html.
Expected<Tallied> write_overviews(const std::string& folder, const Plan& plan, bool html, ProgressKind progress);

// "magscan batch --resume --out 'DIR'", as a shell takes it.
std::string resume_command(const std::string& folder);

}  // namespace magscan::tools::batch
