// magscan collect: a job's results from the broker into a folder like that of magscan batch.
#pragma once

#include <string>

#include "tools/batch/progress.h"
#include "tools/queue/amqp_queue.h"

namespace magscan::tools::queue {

struct CollectOptions {
    AmqpOptions broker;
    std::string job, out;
    bool now = false;     // takes what is there, and does not wait for the rest
    bool forget = false;  // once all is collected, the job's queues are removed from the broker
    bool html = false;
    batch::ProgressKind progress = batch::ProgressKind::kNone;
};

// A line is on the disk before the broker forgets it. The exit code: as of a batch; 1 too where items have no result.
int run_collect(const CollectOptions& options);

}  // namespace magscan::tools::queue
