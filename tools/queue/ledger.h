// What a job came to, kept at the broker in one message: what was sent, in which runs, and what has been collected.
//
// Whoever changes it takes the message, sends a new one, and settles the old one only when the new one is confirmed. A
// death in between leaves both, which are then read as one.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <set>
#include <string>

#include "tools/queue/queue.h"

#include <nlohmann/json.hpp>

namespace magscan::tools::queue {

struct Ledger {
    std::map<std::string, std::size_t> runs;  // items of each enqueueing, by its id
    nlohmann::ordered_json options;           // --profile and --jurisdiction; null before the first run
    // What stands in the folder of magscan collect: never less than before.
    std::set<std::string> listed;  // runs whose items it knows
    std::size_t planned = 0, reports = 0, failures = 0;

    bool empty() const { return runs.empty() && listed.empty(); }
    // Items that are known of, each once as far as the folder has their lists.
    std::size_t total() const;
};

std::string ledger_text(const Ledger& ledger);
// Both as one; a text that is none changes nothing.
void join(Ledger& into, const std::string& text);

// Waits for somebody else who holds it, some seconds at most; one that is not there is empty. A queue that is not there
// is made.
Expected<Ledger> read_ledger(Queue& broker, const std::string& job);
Expected<> change_ledger(Queue& broker, const std::string& job, const std::function<void(Ledger&)>& change);

}  // namespace magscan::tools::queue
