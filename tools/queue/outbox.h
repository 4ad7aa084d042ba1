// What was published and is not confirmed yet, over as many connections as that takes.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

namespace magscan::tools::queue {

// Sent, but not confirmed.
struct Pending {
    std::uint64_t ticket = 0;
    std::uint64_t number = 0;  // by which the present connection confirms it; 0: to be sent
    std::string queue, body;
};

class Outbox {
  public:
    // The message is to be sent. Tickets count from 1, no matter what becomes of connections.
    Pending& add(const std::string& queue, std::string body);
    // Takes out what the broker has, and with `and_before` all that was sent before it; the tickets.
    std::vector<std::uint64_t> confirm(std::uint64_t number, bool and_before);
    // These are to be sent again.
    void refuse(std::uint64_t number, bool and_before);
    void refuse_all();
    // Takes out a message that no queue takes.
    void forget(std::uint64_t ticket);

    std::deque<Pending>& all() { return pending_; }
    bool is_empty() const { return pending_.empty(); }
    std::size_t size() const { return pending_.size(); }

  private:
    std::deque<Pending> pending_;
    std::uint64_t tickets_ = 0;
};

}  // namespace magscan::tools::queue
