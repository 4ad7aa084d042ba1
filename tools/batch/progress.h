// How far a batch is: a bar on a terminal, lines of JSON for programs, or nothing.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace magscan::tools::batch {

enum class ProgressKind { kNone, kBar, kJson };

struct Counts {
    std::size_t total = 0;   // items of this share
    std::size_t done = 0;    // with a report or a failure, those of an earlier run among them
    std::size_t failed = 0;  // of those
};

// Not thread-safe. The bar goes to standard error, JSON to standard output.
class Progress {
  public:
    Progress(ProgressKind kind, Counts counts) : kind_(kind), counts_(counts), done_before_(counts.done) {}

    // An item more is done. Shown at most some times a second.
    void add(bool failed);
    // Where things are counted elsewhere.
    void set(const Counts& counts);
    // The last state, and the end of the bar's line.
    void end();
    const Counts& counts() const { return counts_; }

    // A stage that is not counted in items: "writing the page".
    static void stage(ProgressKind kind, const std::string& what);

  private:
    void show();
    void show_now_and_then();
    double per_second() const;

    using Clock = std::chrono::steady_clock;
    ProgressKind kind_;
    Counts counts_;
    std::size_t done_before_;
    Clock::time_point began_ = Clock::now();
    Clock::time_point shown_ = {};
};

// "[#####...............]  25 %  1,000 of 4,000, 12 failed, 2.5 a second, 20 min left"; no longer than `width`.
std::string bar_line(const Counts& counts, double per_second, std::size_t width);

// {"event":"progress","done":..,"failed":..,"total":..,"per_second":..,"seconds_left":..}; the last two are null where
// they are not known yet.
std::string progress_json(const Counts& counts, double per_second);

}  // namespace magscan::tools::batch
