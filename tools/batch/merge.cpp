#include "tools/batch/merge.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <unordered_map>
#include <utility>

#include "scan/json_line.h"
#include "tools/batch/folder.h"
#include "tools/batch/journal.h"
#include "tools/batch/out_file.h"
#include "tools/batch/plan.h"
#include "tools/batch/run.h"
#include "tools/files.h"
#include "tools/messages.h"

namespace magscan::tools::batch {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kMostNamed = 10;  // items without a result that are named one by one

// Which of the outputs has an item's result.
struct Choice {
    std::size_t out = 0;
    bool is_report = false;
    bool written = false;
};
using Choices = std::unordered_map<IdKey, Choice, IdKeyHash>;

struct Gaps {
    std::size_t items = 0;           // planned, without a result
    std::vector<std::string> named;  // the first of them
    std::vector<int> shards;         // of which there is no output
    std::size_t in_shards = 0;       // items that these hold
};

Expected<std::vector<Plan>> plans_of(const MergeOptions& options) {
    std::vector<Plan> plans;
    for (const std::string& out : options.outs) {
        if (same_file(out, options.out))
            return problem(kUsage, out + ": can't be merged into itself. Name another --out");
        auto plan = read_plan(out);
        if (!plan) return tl::unexpected(plan.error());
        if (!*plan) return problem(kNotAPicture, out + ": is no output of magscan batch: it holds no batch.json");
        if (!plans.empty() && (*plan)->options != plans.front().options) {
            return problem(kUsage, out + ": was made with other options than " + options.outs.front() +
                                       ". Merge what was made alike");
        }
        plans.push_back(std::move(**plan));
    }
    return plans;
}

// Shares of one and the same batch are counted together.
bool is_one_batch(const std::vector<Plan>& plans) {
    return std::all_of(plans.begin(), plans.end(), [&](const Plan& plan) {
        return plan.of == plans.front().of && plan.all_items == plans.front().all_items;
    });
}

Plan joined_plan(const std::vector<Plan>& plans, Gaps& gaps) {
    Plan plan = plans.front();
    std::set<int> shards;
    for (const Plan& one : plans) {
        shards.insert(one.shards.begin(), one.shards.end());
        for (const std::string& column : one.columns) {
            if (std::find(plan.columns.begin(), plan.columns.end(), column) == plan.columns.end()) {
                plan.columns.push_back(column);
            }
        }
        for (const std::string& input : one.inputs) {
            if (std::find(plan.inputs.begin(), plan.inputs.end(), input) == plan.inputs.end())
                plan.inputs.push_back(input);
        }
    }
    plan.shards.assign(shards.begin(), shards.end());
    if (!is_one_batch(plans)) {
        for (const Plan& one : plans) {
            if (static_cast<int>(one.shards.size()) < one.of) gaps.in_shards += one.all_items - one.items;
        }
    } else {
        for (int number = 1; number <= plan.of; ++number) {
            if (!shards.contains(number)) gaps.shards.push_back(number);
        }
    }
    if (gaps.shards.empty()) {
        plan.shards = {1};
        plan.of = 1;
    }
    return plan;
}

Expected<Choices> choose(const std::vector<std::string>& outs) {
    Choices choices;
    for (std::size_t i = 0; i < outs.size(); ++i) {
        const auto read = each_line(outs[i], [&](const ordered_json& line) {
            const Choice here{i, !line.contains("error"), false};
            const auto [known, is_new] = choices.try_emplace(key_of(id_of_line(line)), here);
            if (!is_new && (here.is_report || !known->second.is_report)) known->second = here;
        });
        if (!read) return tl::unexpected(read.error());
    }
    return choices;
}

Expected<> copy_lines(const MergeOptions& options, Choices& choices) {
    auto reports = WholeFile::create(path_in(options.out, kReportsFile));
    if (!reports) return tl::unexpected(reports.error());
    auto failures = WholeFile::create(path_in(options.out, kFailuresFile));
    if (!failures) return tl::unexpected(failures.error());
    for (std::size_t i = 0; i < options.outs.size(); ++i) {
        const auto read = each_line(options.outs[i], [&](const ordered_json& line) {
            Choice& choice = choices.at(key_of(id_of_line(line)));
            if (choice.out != i || choice.is_report == line.contains("error") || std::exchange(choice.written, true))
                return;
            (choice.is_report ? *reports : *failures).write(scan::json_line(line) + "\n");
        });
        if (!read) return read;
    }
    if (auto written = reports->commit(); !written) return written;
    return failures->commit();
}

// The items of all plans, each once; those without a result go into missing.jsonl too.
Expected<> copy_items(const MergeOptions& options, const Choices& choices, Plan& plan, Gaps& gaps) {
    auto items = WholeFile::create(path_in(options.out, kItemsFile));
    if (!items) return tl::unexpected(items.error());
    auto missing = WholeFile::create(path_in(options.out, kMissingFile));
    if (!missing) return tl::unexpected(missing.error());
    std::unordered_map<IdKey, bool, IdKeyHash> seen;
    for (const std::string& out : options.outs) {
        auto planned = PlannedItems::open(out);
        if (!planned) return tl::unexpected(planned.error());
        while (const auto item = planned->next()) {
            const IdKey key = key_of(item->id);
            if (!seen.try_emplace(key, true).second) continue;
            items->write(item_line(*item) + "\n");
            if (choices.contains(key)) continue;
            missing->write(item_line(*item) + "\n");
            if (++gaps.items <= kMostNamed) gaps.named.push_back(item->id);
        }
    }
    plan.items = seen.size();
    if (gaps.shards.empty()) {
        plan.all_items = seen.size() + gaps.in_shards;
    } else {
        gaps.in_shards = plan.all_items - std::min(plan.all_items, plan.items);
    }
    if (auto written = items->commit(); !written) return written;
    if (gaps.items > 0) return missing->commit();
    return {};
}

void tell_gaps(const Gaps& gaps, const MergeOptions& options) {
    if (gaps.items > 0) {
        std::string names;
        for (const std::string& name : gaps.named) names += (names.empty() ? "" : ", ") + name;
        if (gaps.items > gaps.named.size()) names += ", ...";
        print_error(std::to_string(gaps.items) + " items have no result (" + names +
                    "): " + path_in(options.out, kMissingFile) + ". Read them with: " + resume_command(options.out));
    }
    if (!gaps.shards.empty()) {
        std::string names;
        for (const int number : gaps.shards) names += (names.empty() ? "" : ", ") + std::to_string(number);
        print_error("no output of these shards: " + names + ", with " + std::to_string(gaps.in_shards) +
                    " items. Run them, and merge again");
    } else if (gaps.in_shards > 0) {
        print_error("the shards named are not all of their batches: " + std::to_string(gaps.in_shards) +
                    " items are in others. Name all");
    }
}

Expected<ExitCode> merge(const MergeOptions& options) {
    auto plans = plans_of(options);
    if (!plans) return tl::unexpected(plans.error());
    auto folder = OutFolder::claim(options.out);
    if (!folder) return tl::unexpected(folder.error());
    if (!options.overwrite && !folder->is_empty()) {
        return problem(kUsage, options.out + ": is not empty. Merge into another folder, or add --overwrite");
    }
    if (auto cleared = folder->clear(); !cleared) return tl::unexpected(cleared.error());
    Progress::stage(options.progress, "Joining the outputs");
    Gaps gaps;
    Plan plan = joined_plan(*plans, gaps);
    auto choices = choose(options.outs);
    if (!choices) return tl::unexpected(choices.error());
    if (auto copied = copy_lines(options, *choices); !copied) return tl::unexpected(copied.error());
    if (auto copied = copy_items(options, *choices, plan, gaps); !copied) return tl::unexpected(copied.error());
    if (auto written = write_plan(options.out, plan); !written) return tl::unexpected(written.error());
    const auto tally = write_overviews(options.out, plan, options.html, options.progress);
    if (!tally) return tl::unexpected(tally.error());
    if (options.progress == ProgressKind::kBar) std::fputs("\r\x1b[K", stderr);
    tell_gaps(gaps, options);
    const bool whole = gaps.items == 0 && gaps.in_shards == 0;
    return whole ? tally->code() : kSomeFailed;
}

}  // namespace

int run_merge(const MergeOptions& options) {
    const auto code = merge(options);
    if (code) return *code;
    print_error(code.error().message);
    return code.error().code;
}

}  // namespace magscan::tools::batch
