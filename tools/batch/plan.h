// What a batch is to do, as its output folder keeps it: batch.json (of the whole) and items.jsonl (an item a line, in
// the order in which they are begun). A run that goes on later, and `magscan merge`, read it from there.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "tools/batch/item.h"
#include "tools/batch/line_reader.h"
#include "tools/batch/listing.h"
#include "tools/batch/problem.h"
#include "tools/batch/shard.h"

namespace magscan::tools::batch {

// The files in a batch's folder.
inline constexpr const char* kPlanFile = "batch.json";
inline constexpr const char* kItemsFile = "items.jsonl";
inline constexpr const char* kReportsFile = "reports.jsonl";
inline constexpr const char* kFailuresFile = "failures.jsonl";
inline constexpr const char* kSummaryFile = "summary.csv";
inline constexpr const char* kPageFile = "report.html";
inline constexpr const char* kMissingFile = "missing.jsonl";

std::string path_in(const std::string& folder, const char* file);

struct Plan {
    std::vector<std::string> inputs;  // with absolute paths, so that a later run can compare its own
    std::vector<int> shards = {1};    // which shares of the items this is: one, or several where outputs were merged
    int of = 1;
    std::size_t items = 0;                                              // in these shares
    std::size_t all_items = 0;                                          // in all shares together
    std::vector<std::string> columns;                                   // further columns of the manifests
    std::string magscan;                                                // version of the program that began it
    nlohmann::ordered_json options = nlohmann::ordered_json::object();  // those that make reports differ
};

// Lists the items of `inputs`, which `plan.inputs` names by absolute paths, and writes both files, batch.json last. Two
// different photos with one id are a problem.
Expected<Plan> make_plan(const std::string& folder, Plan plan, const std::vector<std::string>& inputs,
                         const RemoteId& remote = {});

Expected<> write_plan(const std::string& folder, const Plan& plan);

// Nothing where the folder holds no plan; a problem where it is damaged.
Expected<std::optional<Plan>> read_plan(const std::string& folder);

// The items of a plan, from the file and so with no more than one in memory.
class PlannedItems {
  public:
    static Expected<PlannedItems> open(const std::string& folder);
    std::optional<Item> next();

  private:
    explicit PlannedItems(LineReader lines) : lines_(std::move(lines)) {}
    LineReader lines_;
};

}  // namespace magscan::tools::batch
