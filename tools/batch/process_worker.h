// Reads photos in a process of its own, so that a photo that crashes or hangs the reader costs that process and no
// more: it is set aside with its reason, and a new process goes on.
//
// The process is this program's own executable (`magscan batch-worker`), started anew, not forked. Lines of JSON go
// through pipes: {"ready": true} once its models are loaded, or {"problem": ..., "exit_code": ...}; then an item in
// (item.h), {"report": ...} or {"failure": ..., "again": ...} out.
#pragma once

#include <chrono>

#include "tools/batch/worker.h"

namespace magscan::tools::batch {

// `deadline`: for each photo of an item. The problem is a broken set-up, or a process that can't be started.
Expected<std::unique_ptr<Worker>> make_process_worker(const ScanSettings& settings, std::chrono::milliseconds deadline);

// The other end: what `magscan batch-worker` does until its input ends. The exit code.
int serve_batch(const ScanSettings& settings);

}  // namespace magscan::tools::batch
