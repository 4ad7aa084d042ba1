// Answers onto the connection.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "tools/service/exchange.h"

namespace magscan::service {

struct ReplyStyle {
    unsigned version = 11;  // of HTTP: 10 or 11
    bool keep_alive = true;
    bool head_only = false;  // to HEAD: the header as GET has it
};

// False where the client did not take all of it.
boost::asio::awaitable<bool> write_reply(boost::asio::ip::tcp::socket& socket, const Reply& reply, ReplyStyle style);

// For a client that waits to be told before it sends its body.
boost::asio::awaitable<void> write_continue(boost::asio::ip::tcp::socket& socket);

}  // namespace magscan::service
