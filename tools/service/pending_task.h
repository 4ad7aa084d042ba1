// Work that a connection waits for while a thread of a queue does it.
#pragma once

#include <atomic>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>
#include <optional>

#include "tools/service/exchange.h"

namespace magscan::service {

class PendingTask : public std::enable_shared_from_this<PendingTask> {
  public:
    // `executor`: of the thread of the connections. `abandoned` outlives the task.
    PendingTask(const boost::asio::any_io_executor& executor, Task task, const std::atomic<bool>& abandoned);

    // On a thread of the queue.
    void run();
    bool is_stopped() const { return stop_ || abandoned_; }
    Lane lane() const { return task_.lane; }

    // The rest on the thread of the connections. Nothing where the deadline passed or the client went first; the work
    // then stops as soon as it can.
    boost::asio::awaitable<std::optional<Reply>> wait(std::chrono::milliseconds deadline);
    void client_went();
    bool is_client_gone() const { return is_client_gone_; }
    bool is_over() const { return is_over_; }

  private:
    const Task task_;
    const std::atomic<bool>& abandoned_;
    const std::chrono::steady_clock::time_point queued_ = std::chrono::steady_clock::now();
    boost::asio::steady_timer timer_;  // its end is the deadline; cancelled when something happens before
    std::atomic<bool> stop_ = false;
    bool is_client_gone_ = false;
    bool is_over_ = false;
    std::optional<Reply> reply_;
};

// Tells the task when the client closes the connection, until the socket's operations are cancelled.
void watch_for_close(boost::asio::ip::tcp::socket& socket, std::shared_ptr<PendingTask> task);

}  // namespace magscan::service
