// The broker's items as a source of work for the crew (tools/batch/crew.h). One thread owns the connection and keeps it
// alive while the others read, however long a photo takes.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>

#include "tools/batch/crew.h"
#include "tools/queue/message.h"
#include "tools/queue/queue.h"
#include "tools/queue/rate.h"
#include "tools/queue/spool.h"

namespace magscan::tools::queue {

// An item is settled when the broker has confirmed its result. Asked to stop, it takes no more items, finishes what is
// in hand, and ends; with `until_empty` also when no item waits.
class FleetJobs : public batch::JobSource {
  public:
    // `prefetch`: items in hand at the same time.
    FleetJobs(Queue& broker, const Spool& spool, unsigned prefetch, bool until_empty);
    ~FleetJobs() override;

    // Items are taken from the first call on, so that nothing is taken by a fleet that can't read.
    std::optional<batch::Item> next() override;
    batch::Expected<> done(const batch::Item& item, const batch::Result& result) override;
    void end() override;

    // Once no worker works any more: sends what they have finished, and waits for the thread's end. What they have
    // begun and not finished goes back. The problem is the broker's.
    batch::Expected<> finish();
    std::size_t read() const { return read_; }
    std::size_t failed() const { return failed_; }

  private:
    // An item that has been delivered and is not settled. Only the thread knows these.
    struct InHand {
        std::uint64_t tag = 0;
        std::string job;
        unsigned returns = 0;
    };
    struct Finished {
        std::uint64_t ticket = 0;
        batch::Result result;
    };

    void run();
    Expected<> step();
    Expected<> begin();
    Expected<> take_event(const Event& event);
    Expected<> take_item(const Delivery& delivery);
    Expected<> take_dead(const Delivery& delivery);
    void answer(const Delivery& question);
    Expected<> hand_on(const Finished& finished);
    Expected<> send_result(const std::string& job, const batch::Result& result, std::uint64_t tag);
    void forget_all();
    Expected<bool> is_over();

    Queue& broker_;
    const Spool& spool_;
    const unsigned prefetch_;
    const bool until_empty_;

    std::uint64_t tickets_ = 0;
    std::unordered_map<std::uint64_t, InHand> in_hand_;          // by the item's ticket
    std::unordered_map<std::uint64_t, std::uint64_t> answered_;  // tags, by the ticket of the result
    std::map<std::string, Rate> rates_;                          // by job
    bool consuming_ = false, stopping_ = false;
    int empty_looks_ = 0;
    std::chrono::steady_clock::time_point next_look_{};

    std::mutex mutex_;  // of what follows
    std::condition_variable changed_;
    std::deque<batch::Item> waiting_;
    std::deque<Finished> finished_;
    bool wanted_ = false, ending_ = false, at_rest_ = false, over_ = false;
    std::optional<batch::Problem> problem_;
    std::atomic<std::size_t> read_{0}, failed_{0};

    std::jthread thread_;  // the last member: it uses all others
};

}  // namespace magscan::tools::queue
