// magscan status: how far a job is.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "tools/queue/amqp_queue.h"

namespace magscan::tools::queue {

struct StatusOptions {
    AmqpOptions broker;
    std::string job;
    bool json = false;
};

struct Status {
    std::string job;
    std::size_t total = 0, waiting = 0, running = 0, done = 0, failed = 0, collected = 0;
    std::size_t workers = 0;           // that answered, whatever they read
    std::optional<double> per_second;  // of this job, over the last minute; nothing where nobody reads it
    std::optional<double> seconds_left;
};

std::string status_text(const Status& status);
std::string status_json(const Status& status);

// Asks the broker for its counts and the workers for what they are at. The exit code.
int run_status(const StatusOptions& options);

}  // namespace magscan::tools::queue
