// Makes things side by side and takes them one by one, in order.
#pragma once

#include <atomic>
#include <cstddef>
#include <exception>
#include <future>
#include <memory>
#include <semaphore>
#include <thread>
#include <utility>
#include <vector>

namespace magscan::tools {

// Calls make(index) for each index in [0, count) on `jobs` threads (at least 1) and, on the calling thread and in
// order, take(index, what was made) until that returns false: none is begun after that. At most 2 * `jobs` are begun
// and not yet taken. Returns when the threads are at rest. What `make` throws is thrown from here when its turn comes.
template <class Make, class Take>
void in_order(std::size_t count, int jobs, const Make& make, const Take& take) {
    std::vector<std::promise<decltype(make(count))>> made(count);
    std::counting_semaphore<> room(2 * std::ptrdiff_t{jobs});
    std::atomic<std::size_t> next{0};
    std::atomic<bool> has_ended{false};
    const auto work = [&] {
        for (;;) {
            room.acquire();
            const std::size_t i = next++;
            if (has_ended || i >= count) return;
            try {
                made[i].set_value(make(i));
            } catch (...) {
                made[i].set_exception(std::current_exception());
            }
        }
    };
    std::vector<std::jthread> threads;
    const auto wake_all = [&](void*) {
        has_ended = true;
        room.release(jobs);
    };
    const std::unique_ptr<void, decltype(wake_all)> end(&room, wake_all);  // before the threads are waited for
    for (int i = 0; i < jobs; ++i) threads.emplace_back(work);
    for (std::size_t i = 0; i < count; ++i) {
        auto thing = made[i].get_future().get();
        room.release();
        if (!take(i, std::move(thing))) return;
    }
}

}  // namespace magscan::tools
