// The outputs of several runs as one: of the shares of a batch, or of batches of different photos.
#pragma once

#include <string>
#include <vector>

#include "tools/batch/progress.h"

namespace magscan::tools::batch {

struct MergeOptions {
    std::vector<std::string> outs;  // output folders of magscan batch or magscan merge
    std::string out;
    bool overwrite = false;
    bool html = false;
    ProgressKind progress = ProgressKind::kNone;
};

// Of an item that several of them hold, a report counts more than a failure, and else the one that was named last.
// Items without a result, and shares that are missing, are named on standard error; the items stand in missing.jsonl.
// The exit code.
int run_merge(const MergeOptions& options);

}  // namespace magscan::tools::batch
