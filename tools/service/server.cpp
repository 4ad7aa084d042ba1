#include "tools/service/server.h"

#include <sys/resource.h>

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>
#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

#include "tools/service/log.h"

namespace magscan::service {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr auto kTuple = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t kOwnFiles = 64;       // descriptors for anything but connections
constexpr std::size_t kRefusedAtOnce = 64;  // connections over the limit that are still told so
constexpr std::chrono::milliseconds kAcceptPause{100};

// As many connections as wanted and the system allows; its limit for this process is raised to the most there is.
std::size_t allowed_connections(std::size_t wanted) {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return wanted;
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
    ::getrlimit(RLIMIT_NOFILE, &limit);
    const std::size_t needed = kOwnFiles + kRefusedAtOnce;
    const std::size_t most = limit.rlim_cur > needed ? limit.rlim_cur - needed : 1;
    if (most < wanted) log_event(LogLevel::kWarning, "fewer_connections", {{"wanted", wanted}, {"allowed", most}});
    return std::min(wanted, most);
}

}  // namespace

Server::Server(asio::io_context& context, Service& service)
    : context_(context),
      service_(service),
      acceptor_(context),
      signals_(context, SIGTERM, SIGINT, SIGHUP),
      drain_timer_(context) {}

tl::expected<void, std::string> Server::listen() {
    const Options& options = service_.options;
    error_code error;
    const auto address = asio::ip::make_address(options.address, error);
    const tcp::endpoint endpoint(address, options.port);
    if (!error) acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(tcp::acceptor::max_listen_connections, error);
    if (error) {
        return tl::unexpected("can't listen on " + options.address + " port " + std::to_string(options.port) + ": " +
                              error.message() + ". Choose another with --listen");
    }
    most_connections_ = allowed_connections(options.connections);
    log_event(LogLevel::kInfo, "listening",
              {{"address", options.address},
               {"port", acceptor_.local_endpoint(error).port()},
               {"version", MAGSCAN_VERSION},
               {"workers", options.workers},
               {"queue", options.queue},
               {"keys", !options.keys.empty()}});
    return {};
}

void Server::run() {
    asio::co_spawn(context_, accept_all(), asio::detached);
    asio::co_spawn(context_, heed_signals(), asio::detached);
    context_.run();
    log_event(LogLevel::kInfo, "stopped", nlohmann::ordered_json::object());
}

asio::awaitable<void> Server::accept_all() {
    asio::steady_timer pause(context_);
    for (;;) {
        auto [error, socket] = co_await acceptor_.async_accept(kTuple);
        if (!error) admit(std::move(socket));
        if (!acceptor_.is_open()) co_return;
        if (!error) continue;
        // Out of descriptors or memory: others will be given back.
        log_event(LogLevel::kWarning, "accept_failed", {{"what", error.message()}});
        pause.expires_after(kAcceptPause);
        co_await pause.async_wait(kTuple);
    }
}

void Server::admit(tcp::socket socket) {
    if (sessions_.size() >= most_connections_ + kRefusedAtOnce) return;  // closes it
    const auto session = std::make_shared<Session>(std::move(socket), service_, sessions_.size() >= most_connections_);
    sessions_.insert(session.get());
    service_.connections = sessions_.size();
    if (service_.draining) session->drain();
    asio::co_spawn(context_, session->run(), [this, session](const std::exception_ptr&) {
        sessions_.erase(session.get());
        service_.connections = sessions_.size();
        end_if_idle();
    });
}

asio::awaitable<void> Server::heed_signals() {
    while (!service_.draining || !sessions_.empty()) {
        const auto [error, signal] = co_await signals_.async_wait(kTuple);
        if (error) co_return;
        if (signal == SIGHUP) {
            reload_keys();
        } else if (!service_.draining) {
            drain();
        }
    }
}

void Server::reload_keys() {
    const auto count = service_.reload_keys();
    if (count) {
        log_event(LogLevel::kInfo, "keys_reloaded", {{"keys", *count}});
    } else {
        log_event(LogLevel::kError, "keys_not_reloaded", {{"what", count.error()}});
    }
}

void Server::drain() {
    service_.draining = true;
    log_event(LogLevel::kInfo, "draining", {{"connections", sessions_.size()}, {"in_flight", service_.in_flight}});
    // Whom the system accepted on our behalf would else be cut off without an answer.
    error_code error;
    acceptor_.non_blocking(true, error);
    for (;;) {
        tcp::socket socket = acceptor_.accept(error);
        if (error) break;
        admit(std::move(socket));
    }
    acceptor_.close(error);
    for (Session* session : sessions_) session->drain();
    drain_timer_.expires_after(service_.options.drain_time);
    drain_timer_.async_wait([this](const error_code& cancelled) {
        if (cancelled) return;
        log_event(LogLevel::kWarning, "drain_timed_out", {{"in_flight", service_.in_flight}});
        service_.abandoned = true;
        context_.stop();
    });
    end_if_idle();
}

// Without signals and timer to wait for the context has nothing left to do.
void Server::end_if_idle() {
    if (!service_.draining || !sessions_.empty()) return;
    drain_timer_.cancel();
    signals_.cancel();
}

}  // namespace magscan::service
