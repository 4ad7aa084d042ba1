#include <catch2/catch.hpp>
#include <vector>

#include "tools/queue/outbox.h"

using magscan::tools::queue::Outbox;
using Tickets = std::vector<std::uint64_t>;

namespace {

// Three messages that were sent as numbers 1 to 3, and one that waits.
Outbox four() {
    Outbox outbox;
    for (std::uint64_t number = 1; number <= 3; ++number) outbox.add("q", "body").number = number;
    outbox.add("q", "late");
    return outbox;
}

Tickets to_send(Outbox& outbox) {
    Tickets tickets;
    for (const auto& message : outbox.all()) {
        if (message.number == 0) tickets.push_back(message.ticket);
    }
    return tickets;
}

}  // namespace

TEST_CASE("a confirmed message leaves the outbox, alone or with all before it", "[fleet]") {
    Outbox outbox = four();
    CHECK(outbox.confirm(2, false) == Tickets{2});
    CHECK(outbox.confirm(2, false).empty());
    CHECK(outbox.confirm(3, true) == Tickets{1, 3});
    CHECK(outbox.size() == 1);
    CHECK(to_send(outbox) == Tickets{4});  // what was not sent is never confirmed
}

TEST_CASE("a refused message is to be sent again, and so is all after a loss of the connection", "[fleet]") {
    Outbox outbox = four();
    outbox.refuse(2, false);
    CHECK(to_send(outbox) == Tickets{2, 4});
    outbox.refuse(3, true);
    CHECK(to_send(outbox) == Tickets{1, 2, 3, 4});
    Outbox lost = four();
    lost.refuse_all();
    CHECK(to_send(lost) == Tickets{1, 2, 3, 4});
    CHECK(lost.confirm(3, true).empty());
}

TEST_CASE("a message that no queue takes is forgotten, and its ticket is not given out again", "[fleet]") {
    Outbox outbox = four();
    outbox.forget(4);
    CHECK(outbox.size() == 3);
    CHECK(outbox.add("q", "next").ticket == 5);
}
