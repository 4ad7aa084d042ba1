// A deadline for whatever a connection is doing: ends its operations when the time is over.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <memory>

namespace magscan::service {

// For the thread of the socket's io_context. Unlike Beast's own time-outs it leaves the socket open, so that the client
// can still be told.
class Watchdog {
  public:
    using Clock = std::chrono::steady_clock;

    explicit Watchdog(boost::asio::ip::tcp::socket& socket)
        : socket_(socket), timer_(socket.get_executor()), state_(std::make_shared<State>()) {}
    ~Watchdog() { disarm(); }
    Watchdog(const Watchdog&) = delete;
    Watchdog& operator=(const Watchdog&) = delete;

    void arm(Clock::time_point at) {
        const std::uint64_t armed = ++state_->armed;
        state_->expired = false;
        timer_.expires_at(at);
        // The handler may run after it was disarmed, or after the connection is gone.
        timer_.async_wait([this, armed, state = state_](const boost::system::error_code& error) {
            if (error || state->armed != armed) return;
            state->expired = true;
            boost::system::error_code ignored;
            socket_.cancel(ignored);
        });
    }
    void arm(std::chrono::milliseconds after) { arm(Clock::now() + after); }

    // Whether the time was over.
    bool disarm() {
        ++state_->armed;
        timer_.cancel();
        return state_->expired;
    }

  private:
    struct State {
        std::uint64_t armed = 0;  // which call of arm() counts
        bool expired = false;
    };
    boost::asio::ip::tcp::socket& socket_;
    boost::asio::steady_timer timer_;
    std::shared_ptr<State> state_;
};

}  // namespace magscan::service
