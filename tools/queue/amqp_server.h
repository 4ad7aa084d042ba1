// Where a RabbitMQ node is and how to get in.
#pragma once

#include <string>
#include <tl/expected.hpp>

namespace magscan::tools::queue {

struct AmqpServer {
    std::string host;
    int port = 5672;
    std::string user, password, vhost;
    bool tls = false;

    // "amqp://HOST:PORT/VHOST", without user and password: for messages.
    std::string title() const;
};

// amqp:// or amqps://USER:PASSWORD@HOST:PORT/VHOST, with %XX for special characters; what is left out is guest, guest,
// localhost, 5672 (5671) and /. The error is a sentence that does not repeat the password.
tl::expected<AmqpServer, std::string> parse_amqp_url(const std::string& url);

struct AmqpTls {
    std::string ca;         // certificates that are trusted; empty: the system's
    std::string cert, key;  // this client's; empty: none
};

}  // namespace magscan::tools::queue
