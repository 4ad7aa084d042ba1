// How many calls do a thing at once; the others wait.
#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>

namespace magscan::api {

class Turns {
  public:
    explicit Turns(int at_once) : free_(at_once) {}

    // False where `is_stopped`, asked every few milliseconds while it waits, says so first. Otherwise give() has to
    // follow.
    template <class StopTest>
    bool take(const StopTest& is_stopped) {
        constexpr std::chrono::milliseconds kPatience(10);
        std::unique_lock lock(mutex_);
        for (;;) {
            lock.unlock();  // a caller's function is never called under a lock
            if (is_stopped()) return false;
            lock.lock();
            if (freed_.wait_for(lock, kPatience, [&] { return free_ > 0; })) break;
        }
        --free_;
        return true;
    }

    void give() {
        {
            const std::lock_guard lock(mutex_);
            ++free_;
        }
        freed_.notify_one();
    }

  private:
    std::mutex mutex_;
    std::condition_variable freed_;
    int free_;
};

}  // namespace magscan::api
