// A bounded queue before a fixed number of threads.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "tools/service/exchange.h"

namespace magscan::service {

// Thread-safe.
class WorkQueue {
  public:
    // `room`: how many may wait, beside those that a worker has.
    WorkQueue(std::size_t workers, std::size_t room);
    ~WorkQueue() { stop(); }
    WorkQueue(const WorkQueue&) = delete;
    WorkQueue& operator=(const WorkQueue&) = delete;

    // Waits for the work that has begun; what still waits is dropped, and nothing more is taken.
    void stop();

    // False where the queue is full; `run` is then not called. It must not throw. Work that is stopped while it waits
    // makes room for other work and is never run.
    bool submit(StopTest is_stopped, std::function<void()> run);

    // Whether submit() would take one more now.
    bool has_room();

    std::size_t waiting() const;
    std::size_t running() const;

  private:
    struct Job {
        StopTest is_stopped;
        std::function<void()> run;
    };
    void work();
    bool make_room();  // with the mutex held

    const std::size_t workers_wanted_;
    const std::size_t room_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Job> jobs_;
    std::size_t running_ = 0;
    bool closing_ = false;
    std::vector<std::jthread> workers_;
};

}  // namespace magscan::service
