// What goes through the broker, and under which names.
//
//   magscan.items          items of all jobs: a line of JSON, then the pictures of one that brings them along
//   magscan.dead           items that came back too often
//   magscan.JOB.plan       lists of the job's items: {"run", "plan", "items"}
//   magscan.JOB.reports    lines of reports.jsonl
//   magscan.JOB.failures   lines of failures.jsonl
//   magscan.JOB.ledger     one message: what was sent and what was collected (ledger.h)
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tools/batch/item.h"
#include "tools/batch/plan.h"

namespace magscan::tools::queue {

inline constexpr const char* kItems = "magscan.items";
inline constexpr const char* kDead = "magscan.dead";

struct JobQueues {
    std::string plan, reports, failures, ledger;
};
JobQueues queues_of(const std::string& job);

// Letters, digits, '.', '_' and '-', beginning with a letter or a digit, at most 64.
bool is_job_name(const std::string& name);

inline constexpr std::size_t kMostInlineBytes = 8'000'000;  // pictures of one item together

struct ItemMessage {
    std::string job;
    batch::Item item;
    std::vector<std::string> pictures;  // the bytes of its files, or none where they are to be read or fetched
};
std::string item_message(const ItemMessage& message);
std::optional<ItemMessage> item_message_of(const std::string& body);

struct PlanMessage {
    std::string run;   // an enqueueing; several messages of one are parts of one list
    batch::Plan plan;  // of the run
    std::vector<batch::Item> items;
};
std::string plan_message(const PlanMessage& message);
std::optional<PlanMessage> plan_message_of(const std::string& body);

}  // namespace magscan::tools::queue
