#include "tools/service/work_queue.h"

#include <utility>

namespace magscan::service {

WorkQueue::WorkQueue(std::size_t workers, std::size_t room) : workers_wanted_(workers), room_(room) {
    for (std::size_t i = 0; i < workers; ++i) workers_.emplace_back([this] { work(); });
}

void WorkQueue::stop() {
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        closing_ = true;
        jobs_.clear();
    }
    changed_.notify_all();
    workers_.clear();
}

// A worker that is free takes a job at once: it is room, too.
bool WorkQueue::make_room() {
    const auto is_full = [&] { return running_ + jobs_.size() >= workers_wanted_ + room_; };
    if (is_full()) std::erase_if(jobs_, [](const Job& job) { return job.is_stopped(); });
    return !is_full() && !closing_;
}

bool WorkQueue::submit(StopTest is_stopped, std::function<void()> run) {
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (!make_room()) return false;
        jobs_.push_back({std::move(is_stopped), std::move(run)});
    }
    changed_.notify_one();
    return true;
}

bool WorkQueue::has_room() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return make_room();
}

std::size_t WorkQueue::waiting() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return jobs_.size();
}

std::size_t WorkQueue::running() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return running_;
}

void WorkQueue::work() {
    std::unique_lock<std::mutex> lock(mutex_);
    for (;;) {
        changed_.wait(lock, [&] { return closing_ || !jobs_.empty(); });
        if (closing_) return;
        Job job = std::move(jobs_.front());
        jobs_.pop_front();
        ++running_;
        lock.unlock();
        if (!job.is_stopped()) job.run();
        job = {};  // what it holds goes before it counts as done
        lock.lock();
        --running_;
    }
}

}  // namespace magscan::service
