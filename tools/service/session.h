// One connection: reads requests under deadlines, has them answered, writes the answers.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <memory>
#include <optional>
#include <string>

#include "tools/service/service.h"
#include "tools/service/watchdog.h"

namespace magscan::service {

// All of it runs on the thread of the io_context.
class Session : public std::enable_shared_from_this<Session> {
  public:
    // `over_capacity`: answers one request with connections_full and closes.
    Session(boost::asio::ip::tcp::socket socket, Service& service, bool over_capacity);

    // Until the client, a deadline or drain() ends it. Throws nothing.
    boost::asio::awaitable<void> run();

    // No further request after the one that is under way; a connection that waits for one is closed.
    void drain();
    // Closes it whatever it is doing.
    void abort();

  private:
    using Parser = boost::beast::http::request_parser<boost::beast::http::buffer_body>;

    boost::asio::awaitable<bool> serve_one();
    boost::asio::awaitable<bool> wait_for_request();
    boost::asio::awaitable<std::optional<Reply>> read_header(Parser& parser);
    boost::asio::awaitable<std::optional<Reply>> read_body(Parser& parser, Body& body, std::size_t limit);
    boost::asio::awaitable<Reply> answer(Parser& parser);
    boost::asio::awaitable<Reply> run_task(Task task);
    boost::asio::awaitable<bool> write(const Reply& reply, unsigned version);
    boost::asio::awaitable<void> linger();
    std::optional<Reply> take_header(const Parser& parser);
    void log(const Reply& reply, double seconds) const;

    boost::asio::ip::tcp::socket socket_;
    Service& service_;
    const bool over_capacity_;
    Watchdog watchdog_;
    boost::beast::flat_buffer buffer_;
    std::string peer_;

    // Of the request under way.
    Request request_;
    bool keep_alive_;
    bool is_waiting_ = false;   // between requests
    bool has_served_ = false;   // a request was answered on this connection
    bool is_silent_ = false;    // the client went, or never said anything: no answer
    std::size_t bytes_in_ = 0;  // of the body
};

}  // namespace magscan::service
