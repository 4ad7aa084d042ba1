#include "tools/queue/ledger.h"

#include <algorithm>
#include <thread>
#include <utility>
#include <vector>

#include "tools/batch/stop.h"
#include "tools/queue/message.h"

namespace magscan::tools::queue {
namespace {

using nlohmann::ordered_json;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::size_t kMostMessages = 100;
constexpr milliseconds kHeldAtMost{3000}, kLookEvery{100};

struct Held {
    Ledger ledger;
    std::vector<Delivery> messages;
};

Expected<Held> take_ledger(Queue& broker, const std::string& job) {
    const std::string queue = queues_of(job).ledger;
    const auto known = broker.ready(queue);
    if (!known) return tl::unexpected(known.error());
    if (auto made = broker.declare({queue, ""}); !made) return tl::unexpected(made.error());
    const auto end = *known ? Clock::now() + kHeldAtMost : Clock::now();
    for (;;) {
        auto messages = broker.take(queue, kMostMessages);
        if (!messages) return tl::unexpected(messages.error());
        if (!messages->empty() || Clock::now() >= end || batch::stop_signal() != 0) {
            Held held{{}, std::move(*messages)};
            for (const Delivery& message : held.messages) join(held.ledger, message.body);
            return held;
        }
        std::this_thread::sleep_for(kLookEvery);
    }
}

}  // namespace

std::size_t Ledger::total() const {
    std::size_t count = planned;
    for (const auto& [run, items] : runs) count += listed.contains(run) ? 0 : items;
    return count;
}

std::string ledger_text(const Ledger& ledger) {
    return ordered_json({{"runs", ledger.runs},
                         {"options", ledger.options},
                         {"listed", ledger.listed},
                         {"planned", ledger.planned},
                         {"reports", ledger.reports},
                         {"failures", ledger.failures}})
        .dump();
}

void join(Ledger& into, const std::string& text) {
    const ordered_json json = ordered_json::parse(text, nullptr, false);
    try {
        Ledger other;
        json.at("runs").get_to(other.runs);
        json.at("listed").get_to(other.listed);
        json.at("planned").get_to(other.planned);
        json.at("reports").get_to(other.reports);
        json.at("failures").get_to(other.failures);
        into.runs.merge(other.runs);
        into.listed.merge(other.listed);
        if (into.options.is_null()) into.options = json.at("options");
        // Of two the later one: lists, and with them lines, only grow.
        if (other.planned > into.planned || other.reports + other.failures >= into.reports + into.failures) {
            into.planned = std::max(into.planned, other.planned);
            into.reports = other.reports;
            into.failures = other.failures;
        }
    } catch (const ordered_json::exception&) {
        return;
    }
}

Expected<Ledger> read_ledger(Queue& broker, const std::string& job) {
    auto held = take_ledger(broker, job);
    if (!held) return tl::unexpected(held.error());
    for (const Delivery& message : held->messages) broker.settle(message.tag, Settle::kAgain);
    return std::move(held->ledger);
}

Expected<> change_ledger(Queue& broker, const std::string& job, const std::function<void(Ledger&)>& change) {
    auto held = take_ledger(broker, job);
    if (!held) return tl::unexpected(held.error());
    change(held->ledger);
    if (auto sent = broker.publish(queues_of(job).ledger, ledger_text(held->ledger)); !sent)
        return tl::unexpected(sent.error());
    if (auto confirmed = broker.wait_for_confirms(); !confirmed) return confirmed;
    for (const Delivery& message : held->messages) broker.settle(message.tag, Settle::kDone);
    return {};
}

}  // namespace magscan::tools::queue
