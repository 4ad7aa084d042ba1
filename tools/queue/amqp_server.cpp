#include "tools/queue/amqp_server.h"

#include <amqp.h>

namespace magscan::tools::queue {

std::string AmqpServer::title() const {
    const bool six = host.find(':') != std::string::npos;
    const std::string shown = six ? "[" + host + "]" : host;
    return std::string(tls ? "amqps" : "amqp") + "://" + shown + ":" + std::to_string(port) + "/" +
           (vhost == "/" ? "" : vhost);
}

tl::expected<AmqpServer, std::string> parse_amqp_url(const std::string& url) {
    std::string text = url;  // is taken apart in place
    amqp_connection_info info{};
    if (text.find('\0') != std::string::npos || ::amqp_parse_url(text.data(), &info) != AMQP_STATUS_OK) {
        return tl::unexpected(
            std::string("is no amqp://USER:PASSWORD@HOST:PORT/VHOST or amqps://...; special characters are written "
                        "as %XX. Correct it"));
    }
    const std::string vhost = info.vhost;
    return AmqpServer{info.host, info.port, info.user, info.password, vhost.empty() ? "/" : vhost, info.ssl != 0};
}

}  // namespace magscan::tools::queue
