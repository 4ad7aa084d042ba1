// A reader of the fleet: brings an item's pictures to this machine, where a process of its own reads them.
#pragma once

#include <chrono>

#include "tools/batch/worker.h"
#include "tools/queue/fetch.h"
#include "tools/queue/spool.h"

namespace magscan::tools::queue {

// `spool` has to outlive the workers; what is put there stands under the item's ticket.
batch::WorkerFactory fleet_workers(const batch::ScanSettings& settings, std::chrono::milliseconds deadline,
                                   const FetchLimits& limits, const Spool& spool);

}  // namespace magscan::tools::queue
