// Reads photos in this process, one at a time and on one thread.
#pragma once

#include "tools/batch/worker.h"

namespace magscan::tools::batch {

// Loads the models, which all workers of the factory share; one that works takes another 200 to 400 MB. The problem is
// a broken set-up.
Expected<WorkerFactory> scan_workers(const ScanSettings& settings);

}  // namespace magscan::tools::batch
