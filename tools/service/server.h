// Accepts connections and heeds the system's signals.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <set>
#include <string>
#include <tl/expected.hpp>

#include "tools/service/service.h"
#include "tools/service/session.h"

namespace magscan::service {

class Server {
  public:
    Server(boost::asio::io_context& context, Service& service);

    // The error is a sentence for people.
    tl::expected<void, std::string> listen();

    // Serves until SIGTERM or SIGINT came and what was under way is answered, or the time for that is over.
    void run();

  private:
    boost::asio::awaitable<void> accept_all();
    boost::asio::awaitable<void> heed_signals();
    void admit(boost::asio::ip::tcp::socket socket);
    void drain();
    void end_if_idle();
    void reload_keys();

    boost::asio::io_context& context_;
    Service& service_;
    boost::asio::ip::tcp::acceptor acceptor_;
    boost::asio::signal_set signals_;
    boost::asio::steady_timer drain_timer_;
    std::set<Session*> sessions_;
    std::size_t most_connections_ = 0;
};

}  // namespace magscan::service
