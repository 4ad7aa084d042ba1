// Reads photos in this process, one at a time and on one thread.
#pragma once

#include "tools/batch/worker.h"

namespace magscan::tools::batch {

// Each worker holds models of its own (some 200 to 400 MB), so that several can work at once without waiting for each
// other. The problem is a broken set-up.
Expected<std::unique_ptr<Worker>> make_scan_worker(const ScanSettings& settings);

}  // namespace magscan::tools::batch
