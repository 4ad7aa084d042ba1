#include "tools/service/reply_writer.h"

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/span_body.hpp>
#include <boost/beast/http/write.hpp>
#include <ctime>
#include <string_view>

namespace magscan::service {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;

constexpr auto kTuple = asio::as_tuple(asio::use_awaitable);
constexpr int kNoContent = 204;

std::string http_date() {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    std::array<char, 40> text{};
    std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    return text.data();
}

template <typename Body>
void set_header(http::response<Body>& response, const Reply& reply, ReplyStyle style) {
    response.version(style.version);
    response.result(static_cast<unsigned>(reply.status));
    response.set(http::field::server, "magscan");
    response.set(http::field::date, http_date());
    if (!reply.content_type.empty()) response.set(http::field::content_type, reply.content_type);
    for (const auto& [name, value] : reply.headers) response.set(name, value);
    if (reply.status != kNoContent) response.content_length(reply.body.size());
    response.keep_alive(style.keep_alive);
}

}  // namespace

asio::awaitable<bool> write_reply(asio::ip::tcp::socket& socket, const Reply& reply, ReplyStyle style) {
    if (style.head_only || reply.status == kNoContent) {
        http::response<http::empty_body> response;
        set_header(response, reply, style);
        const auto [error, bytes] = co_await http::async_write(socket, response, kTuple);
        co_return !error;
    }
    http::response<http::span_body<const char>> response;
    set_header(response, reply, style);
    response.body() = {reply.body.data(), reply.body.size()};
    const auto [error, bytes] = co_await http::async_write(socket, response, kTuple);
    co_return !error;
}

asio::awaitable<void> write_continue(asio::ip::tcp::socket& socket) {
    static constexpr std::string_view kLine = "HTTP/1.1 100 Continue\r\n\r\n";
    const auto [error, bytes] = co_await asio::async_write(socket, asio::buffer(kLine), kTuple);
    static_cast<void>(error);  // what goes wrong shows when the body is read
}

}  // namespace magscan::service
