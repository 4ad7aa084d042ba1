// magscan enqueue: items into the broker.
#pragma once

#include <string>
#include <vector>

#include "tools/batch/progress.h"
#include "tools/queue/amqp_queue.h"

namespace magscan::tools::queue {

struct EnqueueOptions {
    AmqpOptions broker;
    std::string job;
    std::vector<std::string> inputs;    // as of a batch (tools/batch/listing.h), and URLs
    bool inline_pictures = false;       // the pictures go along
    std::string profile, jurisdiction;  // as ScanSettings'
    batch::ProgressKind progress = batch::ProgressKind::kNone;
};

// First the list of the items, so that none of them can be missing unnoticed, then the items. The exit code.
int run_enqueue(const EnqueueOptions& options);

}  // namespace magscan::tools::queue
