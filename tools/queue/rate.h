// How many results a second, over the last minute.
#pragma once

#include <algorithm>
#include <chrono>
#include <deque>

namespace magscan::tools::queue {

// Not thread-safe.
class Rate {
  public:
    using Clock = std::chrono::steady_clock;

    void add(Clock::time_point now = Clock::now()) {
        forget(now);
        times_.push_back(now);
    }
    // Before the first minute is over, since the beginning.
    double per_second(Clock::time_point now = Clock::now()) {
        forget(now);
        const auto passed = std::min<Clock::duration>(now - began_, kSpan);
        const double seconds = std::chrono::duration<double>(passed).count();
        return seconds > 0 ? static_cast<double>(times_.size()) / seconds : 0;
    }

  private:
    static constexpr std::chrono::seconds kSpan{60};
    void forget(Clock::time_point now) {
        while (!times_.empty() && now - times_.front() > kSpan) times_.pop_front();
    }
    std::deque<Clock::time_point> times_;
    Clock::time_point began_ = Clock::now();
};

}  // namespace magscan::tools::queue
