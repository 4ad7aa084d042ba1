#include "tools/service/session.h"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/read.hpp>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "tools/service/crypto.h"
#include "tools/service/log.h"
#include "tools/service/pending_task.h"
#include "tools/service/problem.h"
#include "tools/service/reply_writer.h"
#include "tools/service/request_reader.h"

namespace magscan::service {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;

constexpr auto kTuple = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t kBufferBytes = 2 * kMaxHeaderBytes;
constexpr std::size_t kChunkBytes = 65'536;
constexpr int kClientGone = 499;                   // as proxies log it
constexpr std::chrono::seconds kFirstSeconds{5};   // of a body, in which its rate is not looked at
constexpr std::chrono::seconds kLingerSeconds{5};  // for a client that still sends to see its answer

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

// When a body must have gone on: each byte earns time, up to the whole.
Clock::time_point next_due(const Options& options, Clock::time_point start, std::size_t received) {
    const auto earned = std::chrono::milliseconds(1000 * received / std::max<std::size_t>(options.least_rate, 1));
    return start + std::min<std::chrono::milliseconds>(kFirstSeconds + earned, options.body_time);
}

Reply too_slow(std::string_view what) {
    return problem("request_timeout", "The " + std::string(what) + " came too slowly. Send it again.");
}

Reply malformed(const error_code& error) {
    return problem("malformed_request", "The request can't be understood: " + error.message() + ".");
}

// Whether the client closed the connection, or lost it; else it sent what is not HTTP.
bool means_gone(const error_code& error) {
    return error == http::error::end_of_stream || error == http::error::partial_message ||
           error.category() != http::make_error_code(http::error::end_of_stream).category();
}

}  // namespace

Session::Session(asio::ip::tcp::socket socket, Service& service, bool over_capacity)
    : socket_(std::move(socket)),
      service_(service),
      over_capacity_(over_capacity),
      watchdog_(socket_),
      buffer_(kBufferBytes),
      keep_alive_(!over_capacity) {
    error_code ignored;
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
    const auto peer = socket_.remote_endpoint(ignored);
    if (!ignored) peer_ = peer.address().to_string();
}

void Session::drain() {
    keep_alive_ = false;
    // Who never sent a request may just be about to: its header's deadline ends that.
    if (is_waiting_ && has_served_) abort();
}

void Session::abort() {
    error_code ignored;
    socket_.cancel(ignored);
    socket_.close(ignored);
}

asio::awaitable<void> Session::run() {
    try {
        while (co_await serve_one()) {
        }
    } catch (const std::exception& error) {
        log_event(LogLevel::kError, "session_failed", {{"what", error.what()}});
    }
    abort();
}

asio::awaitable<bool> Session::wait_for_request() {
    is_waiting_ = true;
    if (buffer_.size() == 0) {
        buffer_.shrink_to_fit();  // an idle connection holds next to nothing
        watchdog_.arm(has_served_ ? service_.options.idle_time : service_.options.header_time);
        const auto [error] = co_await socket_.async_wait(asio::ip::tcp::socket::wait_read, kTuple);
        watchdog_.disarm();
        is_waiting_ = false;
        co_return !error;
    }
    is_waiting_ = false;
    co_return true;
}

asio::awaitable<bool> Session::serve_one() {
    const bool has_come = co_await wait_for_request();
    if (!has_come) co_return false;
    const Clock::time_point start = Clock::now();
    request_ = {};
    is_silent_ = false;
    bytes_in_ = 0;
    Parser parser;
    parser.header_limit(static_cast<std::uint32_t>(kMaxHeaderBytes));
    parser.body_limit(boost::none);  // read_body() counts
    ++service_.in_flight;
    Reply reply = co_await answer(parser);
    if (is_silent_) {
        --service_.in_flight;
        if (!parser.is_header_done()) co_return false;  // it just closed the connection
        reply = Reply{.status = kClientGone};
        service_.count(request_, reply, seconds_since(start), bytes_in_);
        log(reply, seconds_since(start));
        co_return false;
    }
    if (request_.id.empty()) request_.id = to_hex(random_bytes(16));
    service_.finish(request_, reply);
    keep_alive_ = keep_alive_ && parser.is_done() && parser.keep_alive() && !service_.draining;
    const bool written = co_await write(reply, parser.is_header_done() ? parser.get().version() : 11);
    --service_.in_flight;
    has_served_ = true;
    service_.count(request_, reply, seconds_since(start), bytes_in_);
    log(reply, seconds_since(start));
    request_ = {};  // and the memory of its body
    if (written && !keep_alive_) co_await linger();
    const bool goes_on = written && keep_alive_;
    co_return goes_on;
}

asio::awaitable<Reply> Session::answer(Parser& parser) {
    auto refused = co_await read_header(parser);
    if (refused) {
        keep_alive_ = false;
        co_return std::move(*refused);
    }
    refused = take_header(parser);
    if (refused) keep_alive_ = false;
    if (!refused && over_capacity_) refused = problem("connections_full", "Try again after Retry-After seconds.");
    if (!refused) refused = service_.admit(request_);
    if (refused) {
        // What is left of the body is not received.
        if (!parser.is_done()) keep_alive_ = false;
        co_return std::move(*refused);
    }
    if (request_.has_body) {
        if (boost::beast::iequals(parser.get()[http::field::expect], "100-continue")) co_await write_continue(socket_);
        auto body = std::make_shared<Body>();
        body->lease = Lease(service_.memory);
        refused = co_await read_body(parser, *body, service_.body_limit(request_));
        if (refused) {
            keep_alive_ = false;
            co_return std::move(*refused);
        }
        if (body->bytes.empty()) co_return problem("body_missing", "This path needs a body. Send one.");
        request_.body = std::move(body);
    }
    Handled handled = service_.handle(request_);
    if (std::holds_alternative<Reply>(handled)) co_return std::get<Reply>(std::move(handled));
    Reply done = co_await run_task(std::get<Task>(std::move(handled)));
    co_return done;
}

asio::awaitable<std::optional<Reply>> Session::read_header(Parser& parser) {
    watchdog_.arm(service_.options.header_time);
    const auto [error, bytes] = co_await http::async_read_header(socket_, buffer_, parser, kTuple);
    const bool expired = watchdog_.disarm();
    if (!error) co_return std::nullopt;
    if (expired) co_return too_slow("header");
    if (error == http::error::header_limit || error == http::error::buffer_overflow) {
        co_return problem("header_too_large", "At most " + std::to_string(kMaxHeaderBytes / 1024) + " KB are taken.");
    }
    is_silent_ = means_gone(error);
    co_return malformed(error);
}

std::optional<Reply> Session::take_header(const Parser& parser) {
    const auto& message = parser.get();
    auto request = request_of(message);
    request_.id = request_id(message[kRequestIdHeader]);
    if (!request) return problem("malformed_request", request.error());
    request->id = request_.id;
    request_ = std::move(*request);
    request_.has_body = !parser.is_done();
    if (const auto length = parser.content_length()) request_.content_length = *length;
    return std::nullopt;
}

asio::awaitable<std::optional<Reply>> Session::read_body(Parser& parser, Body& body, std::size_t limit) {
    const Clock::time_point start = Clock::now();
    std::string chunk(kChunkBytes, '\0');
    while (!parser.is_done()) {
        auto& into = parser.get().body();
        into.data = chunk.data();
        into.size = chunk.size();
        watchdog_.arm(next_due(service_.options, start, body.bytes.size()));
        auto [error, bytes] = co_await http::async_read_some(socket_, buffer_, parser, kTuple);
        const bool expired = watchdog_.disarm();
        if (error == http::error::need_buffer) error = {};
        const std::size_t got = chunk.size() - into.size;
        if (error) {
            if (expired) co_return too_slow("body");
            is_silent_ = means_gone(error);
            co_return malformed(error);
        }
        bytes_in_ += got;
        if (body.bytes.size() + got > limit)
            co_return problem("body_too_large", "At most " + std::to_string(limit) + " bytes are taken. Send less.");
        if (body.bytes.size() + got > body.bytes.capacity()) {
            const std::size_t wanted = std::min(limit, std::max(2 * body.bytes.capacity(), body.bytes.size() + got));
            if (!body.lease.grow_to(wanted)) co_return problem("memory_full", "Try again after Retry-After seconds.");
            body.bytes.reserve(wanted);
        }
        body.bytes.append(chunk.data(), got);
    }
    co_return std::nullopt;
}

asio::awaitable<Reply> Session::run_task(Task task) {
    auto pending = std::make_shared<PendingTask>(socket_.get_executor(), std::move(task), service_.abandoned);
    const bool taken = service_.queue(pending->lane())
                           .submit([pending] { return pending->is_stopped(); }, [pending] { pending->run(); });
    if (!taken) co_return problem("queue_full", "Try again after Retry-After seconds.");
    watch_for_close(socket_, pending);
    auto reply = co_await pending->wait(service_.options.deadline);
    error_code ignored;
    socket_.cancel(ignored);
    if (reply) co_return std::move(*reply);
    is_silent_ = pending->is_client_gone();
    co_return problem("deadline_exceeded", "Try again after Retry-After seconds, or with a smaller picture.");
}

asio::awaitable<bool> Session::write(const Reply& reply, unsigned version) {
    watchdog_.arm(service_.options.write_time);
    const ReplyStyle style{version, keep_alive_, request_.method == "HEAD"};
    const bool written = co_await write_reply(socket_, reply, style);
    watchdog_.disarm();
    co_return written;
}

// A client that still sends does not see the answer if the connection is closed at once.
asio::awaitable<void> Session::linger() {
    error_code ignored;
    socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    std::string dropped(kChunkBytes, '\0');
    watchdog_.arm(kLingerSeconds);
    for (;;) {
        const auto [error, bytes] = co_await socket_.async_read_some(asio::buffer(dropped), kTuple);
        if (error) break;
    }
    watchdog_.disarm();
}

void Session::log(const Reply& reply, double seconds) const {
    nlohmann::ordered_json line = {{"request_id", request_.id},      {"peer", peer_},
                                   {"method", request_.method},      {"path", request_.path.substr(0, 200)},
                                   {"status", reply.status},         {"bytes_in", bytes_in_},
                                   {"bytes_out", reply.body.size()}, {"ms", std::round(seconds * 1e4) / 10}};
    if (!request_.client.empty()) line["key"] = request_.client;
    if (reply.problem) line["code"] = reply.problem->code;
    if (!reply.outcome.empty()) line["outcome"] = reply.outcome;
    if (reply.cached) line["cached"] = true;
    if (!reply.stages.empty() && !reply.cached) {
        nlohmann::ordered_json stages = nlohmann::ordered_json::object();
        for (const scan::Timing& stage : reply.stages) stages[stage.stage] = std::round(stage.milliseconds * 10) / 10;
        line["stages_ms"] = std::move(stages);
    }
    log_event(reply.status >= 500 ? LogLevel::kWarning : LogLevel::kInfo, "request", line);
}

}  // namespace magscan::service
