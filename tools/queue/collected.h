// The folder that results are collected into: each item once, whatever comes twice.
#pragma once

#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "tools/batch/folder.h"
#include "tools/batch/journal.h"
#include "tools/batch/plan.h"
#include "tools/batch/progress.h"
#include "tools/queue/message.h"
#include "tools/queue/queue.h"

namespace magscan::tools::queue {

class Collected {
  public:
    // Makes or claims the folder. A problem where it holds something else.
    static Expected<Collected> open(const std::string& folder, const std::string& job);

    // Adds the items that are new. On the disk when it returns.
    Expected<> add_list(const PlanMessage& list);
    // Adds lines of reports.jsonl and failures.jsonl. Of an item that has one already, a report counts more than a
    // failure, and a report of another photo more than the one before, as in a batch whose photos change. On the disk
    // when it returns.
    Expected<> add_results(const std::vector<batch::Result>& results);

    bool has_list() const { return !runs_.empty() || plan_.items > 0; }
    const batch::Plan& plan() const { return plan_; }
    const std::unordered_set<std::string>& runs() const { return runs_; }
    // Of the listed items; a result of one that is not listed counts as one more item.
    batch::Counts counts() const;
    std::size_t reports() const { return done_.size() - failures_; }
    std::size_t failures() const { return failures_; }
    std::size_t missing() const { return listed_.size() - listed_and_done_; }
    // missing.jsonl: the items without a result, as of magscan merge. The ids of the first.
    Expected<std::vector<std::string>> write_missing() const;

  private:
    Collected(batch::OutFolder folder, batch::Plan plan) : folder_(std::move(folder)), plan_(std::move(plan)) {}

    Expected<> read();
    bool is_wanted(const batch::IdKey& id, const batch::DoneItem& found) const;
    void note(const batch::IdKey& id, const batch::DoneItem& found);

    batch::OutFolder folder_;
    batch::Plan plan_;
    std::unordered_set<std::string> runs_;  // whose lists are here in part at least; of this process alone
    std::unordered_set<batch::IdKey, batch::IdKeyHash> listed_;
    batch::DoneItems done_;
    std::size_t failures_ = 0, listed_and_done_ = 0;
};

}  // namespace magscan::tools::queue
