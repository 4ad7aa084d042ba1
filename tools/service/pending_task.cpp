#include "tools/service/pending_task.h"

#include <sys/socket.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>
#include <nlohmann/json.hpp>
#include <utility>

#include "tools/service/log.h"
#include "tools/service/problem.h"

namespace magscan::service {
namespace {

namespace asio = boost::asio;

Reply failed(const char* what) {
    log_event(LogLevel::kError, "task_failed", {{"what", what}});
    return problem("internal_error", "Try again; if it happens again, report the request's id.");
}

Reply outcome_of(const Task& task, const StopTest& is_stopped) try {
    return task.work(is_stopped);
} catch (const std::bad_alloc&) {
    return problem("memory_full", "Try again after Retry-After seconds.");
} catch (const std::exception& error) {
    return failed(error.what());
} catch (...) {
    return failed("unknown");
}

}  // namespace

PendingTask::PendingTask(const asio::any_io_executor& executor, Task task, const std::atomic<bool>& abandoned)
    : task_(std::move(task)), abandoned_(abandoned), timer_(executor) {}

void PendingTask::run() {
    const std::chrono::duration<double, std::milli> waited = std::chrono::steady_clock::now() - queued_;
    Reply reply = outcome_of(task_, [this] { return is_stopped(); });
    if (task_.lane == Lane::kPictures) reply.stages.insert(reply.stages.begin(), {"queue", waited.count()});
    asio::post(timer_.get_executor(), [self = shared_from_this(), reply = std::move(reply)]() mutable {
        self->reply_ = std::move(reply);
        self->timer_.cancel();
    });
}

asio::awaitable<std::optional<Reply>> PendingTask::wait(std::chrono::milliseconds deadline) {
    timer_.expires_after(deadline);
    // Nothing can have happened yet that would have cancelled it: that comes on this thread.
    if (!reply_ && !is_client_gone_) co_await timer_.async_wait(asio::as_tuple(asio::use_awaitable));
    is_over_ = true;
    stop_ = true;
    co_return std::move(reply_);
}

void PendingTask::client_went() {
    is_client_gone_ = true;
    timer_.cancel();
}

void watch_for_close(asio::ip::tcp::socket& socket, std::shared_ptr<PendingTask> task) {
    socket.async_wait(asio::ip::tcp::socket::wait_read,
                      [&socket, task = std::move(task)](const boost::system::error_code& error) {
                          if (error || task->is_over()) return;  // the socket may be gone
                          char byte = 0;
                          const ssize_t got = ::recv(socket.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
                          const bool is_open = got > 0 || (got < 0 && (errno == EAGAIN || errno == EINTR));
                          if (!is_open) task->client_went();
                      });
}

}  // namespace magscan::service
