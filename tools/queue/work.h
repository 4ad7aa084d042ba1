// magscan work: a worker of the fleet.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "tools/batch/worker.h"
#include "tools/queue/amqp_queue.h"

namespace magscan::tools::queue {

struct WorkOptions {
    AmqpOptions broker;
    int jobs = 0;  // photos read at the same time; 0: one a core
    std::chrono::milliseconds deadline{60'000};
    std::vector<std::string> hosts;  // that pictures may be fetched from
    bool until_empty = false;
    batch::ScanSettings settings;
};

// The exit code: 0 after SIGTERM or Ctrl-C, and at the end with `until_empty`.
int run_work(const WorkOptions& options);

}  // namespace magscan::tools::queue
