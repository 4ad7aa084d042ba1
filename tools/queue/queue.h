// What a fleet needs of a message broker, in a few calls. RabbitMQ stands behind it (amqp_queue.h).
//
// Messages are kept until they are settled, on several machines where the broker has several. They may come twice,
// never not at all. A connection that is lost is made anew behind these calls; an event tells of it, because what was
// delivered before can't be settled any more and comes again.
//
// Used by one thread; only wake() may be called from others. While wait() is called every few seconds the connection
// stays alive, however long the work on a message takes.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tools/batch/problem.h"

namespace magscan::tools::queue {

template <typename T = void>
using Expected = batch::Expected<T>;

struct QueueSpec {
    std::string name;
    // Where a message goes that came back more than kMostReturns times; empty: it is handed out for ever.
    std::string dead_letters;
};

// How often a message may come back unsettled: with its worker dead, its connection lost, or returned. The broker keeps
// it with the queue, so queues that were made with another number are refused.
inline constexpr unsigned kMostReturns = 5;

struct Delivery {
    std::uint64_t tag = 0;  // for settle(); void after Event::Kind::kLost
    std::string queue;
    std::string body;
    unsigned returns = 0;   // how often it has come back unsettled
    std::string answer_to;  // of a question: for answer()
};

enum class Settle {
    kDone,      // the broker forgets it
    kAgain,     // it is handed out again, if it has not come back too often
    kSetAside,  // it goes to the dead letters at once
};

struct Event {
    enum class Kind {
        kNothing,     // the time is over, or wake() was called
        kDelivery,    // of a queue that is consumed
        kQuestion,    // as kDelivery; to be answered, not settled
        kConfirmed,   // the broker has what was published with this ticket, safely
        kUnroutable,  // the queue it was published to is gone
        kLost,        // the connection: all tags are void
    };
    Kind kind = Kind::kNothing;
    Delivery delivery;
    std::uint64_t ticket = 0;
};

// A problem of any of these is final: the broker refuses, or could not be reached for as long as was to be waited.
class Queue {
  public:
    Queue() = default;
    virtual ~Queue() = default;
    Queue(const Queue&) = delete;
    Queue& operator=(const Queue&) = delete;

    // Makes the queue where it is missing.
    virtual Expected<> declare(const QueueSpec& spec) = 0;
    virtual Expected<> remove(const std::string& queue) = 0;
    // Messages that wait in it, without those that are delivered; nothing where there is no such queue.
    virtual Expected<std::optional<std::size_t>> ready(const std::string& queue) = 0;

    // Sent now, and again after each loss of the connection until it is confirmed. The answer is its ticket.
    virtual Expected<std::uint64_t> publish(const std::string& queue, std::string body) = 0;
    // Waits until all of it is confirmed; what comes meanwhile is kept for wait().
    virtual Expected<> wait_for_confirms() = 0;
    // How many tickets are not confirmed yet.
    virtual std::size_t unconfirmed() const = 0;

    // Deliveries come by wait(), at most `prefetch` unsettled ones at a time.
    virtual Expected<> consume(const std::string& queue, unsigned prefetch) = 0;
    virtual Expected<> stop_consuming() = 0;
    // The next messages of a queue that is not consumed, at most `most`; to be settled.
    virtual Expected<std::vector<Delivery>> take(const std::string& queue, std::size_t most) = 0;
    // Where the connection was lost since the delivery, nothing happens.
    virtual void settle(std::uint64_t tag, Settle how) = 0;

    // Questions to whoever listens at the moment, and what has been answered after that time.
    virtual Expected<> listen() = 0;
    virtual void answer(const std::string& to, const std::string& body) = 0;
    virtual Expected<std::vector<std::string>> ask(const std::string& body, std::chrono::milliseconds time) = 0;

    virtual Expected<Event> wait(std::chrono::milliseconds time) = 0;
    virtual void wake() = 0;
};

}  // namespace magscan::tools::queue
