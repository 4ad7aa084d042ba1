// RabbitMQ as a Queue: quorum queues, publisher confirms, manual acknowledgements, reconnecting with backoff.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tools/queue/amqp_server.h"
#include "tools/queue/queue.h"

namespace magscan::tools::queue {

struct AmqpOptions {
    std::vector<std::string> urls;  // nodes of one cluster, tried in turn
    AmqpTls tls;
    std::chrono::seconds heartbeat{20};  // a node that is silent for twice as long is given up
    std::chrono::seconds patience{60};   // how long a broker that can't be reached is waited for; 0: for ever
};

// Connects. A problem of use is a URL that is none; of kUnavailable a broker that refuses or can't be reached. What
// goes wrong later and is put right again is said on standard error.
Expected<std::unique_ptr<Queue>> make_amqp_queue(const AmqpOptions& options);

}  // namespace magscan::tools::queue
