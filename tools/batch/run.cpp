#include "tools/batch/run.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "scan/cores.h"
#include "tools/batch/crew.h"
#include "tools/batch/folder.h"
#include "tools/batch/page.h"
#include "tools/batch/process_worker.h"
#include "tools/batch/resume.h"
#include "tools/batch/scan_worker.h"
#include "tools/batch/stop.h"
#include "tools/messages.h"

namespace magscan::tools::batch {
namespace {

namespace fs = std::filesystem;

// The planned items that are not done yet; results go into the folder's files. next() and done() share nothing that
// changes.
class FolderJobs : public JobSource {
  public:
    FolderJobs(PlannedItems items, Journal journal, const DoneItems& done, Progress& progress)
        : items_(std::move(items)), journal_(std::move(journal)), done_(done), progress_(progress) {}

    std::optional<Item> next() override {
        if (stop_signal() != 0) return std::nullopt;
        auto item = items_.next();
        while (item && done_.contains(key_of(item->id))) item = items_.next();
        return item;
    }

    Expected<> done(const Item&, const Result& result) override {
        if (auto added = journal_.add(result); !added) return added;
        progress_.add(!result.is_report);
        return {};
    }

    Expected<> sync() { return journal_.sync(); }

  private:
    PlannedItems items_;
    Journal journal_;
    const DoneItems& done_;
    Progress& progress_;
};

// Relative paths are of the folder that the batch was begun in, which a later run may not be in.
std::vector<std::string> absolute_inputs(const std::vector<std::string>& inputs) {
    std::vector<std::string> out;
    for (const std::string& input : inputs) {
        const bool list = input.size() > 1 && input.front() == '@';
        out.push_back(input == "-"
                          ? input
                          : (list ? "@" : "") + fs::absolute(input.substr(list ? 1 : 0)).lexically_normal().string());
    }
    return out;
}

Expected<Plan> new_plan(const BatchOptions& options) {
    if (options.inputs.empty()) {
        return problem(kUsage, "no INPUT. Name folders, photos, @list.txt, - or a manifest. See magscan batch --help");
    }
    Plan plan;
    plan.inputs = absolute_inputs(options.inputs);
    const Shard shard = options.shard.value_or(Shard{});
    plan.shards = {shard.number};
    plan.of = shard.of;
    plan.magscan = MAGSCAN_VERSION;
    if (!options.settings.profile.empty()) plan.options["profile"] = options.settings.profile;
    if (!options.settings.jurisdiction.empty()) plan.options["jurisdiction"] = options.settings.jurisdiction;
    return plan;
}

bool differs(const std::string& named, const Plan& before, const char* option) {
    return !named.empty() && named != before.options.value(option, "");
}

// The plan of the run before, unless the command line contradicts it.
Expected<Plan> plan_before(const BatchOptions& options, Plan before) {
    if (options.shard && (options.shard->of != before.of || before.shards != std::vector<int>{options.shard->number})) {
        return problem(kUsage,
                       options.out + ": was begun with another --shard. Leave --shard out, or name another --out");
    }
    if (!options.inputs.empty() && absolute_inputs(options.inputs) != before.inputs) {
        return problem(kUsage, options.out + ": was begun with another INPUT. Leave INPUT out, or name another --out");
    }
    if (differs(options.settings.profile, before, "profile") ||
        differs(options.settings.jurisdiction, before, "jurisdiction")) {
        return problem(kUsage, options.out +
                                   ": was begun with another --profile or --jurisdiction. Leave both out, or name "
                                   "another --out");
    }
    return before;
}

// Fresh, or from the run before; the items are listed anew where INPUT is named, so that new photos are found.
Expected<Plan> plan_for(const BatchOptions& options, const OutFolder& folder) {
    auto before = read_plan(folder.path());
    if (options.overwrite) {
        // Only once it is known that there is something to do.
        auto plan = new_plan(options);
        if (!plan) return plan;
        if (auto cleared = folder.clear(); !cleared) return tl::unexpected(cleared.error());
        return make_plan(folder.path(), std::move(*plan), options.inputs);
    }
    if (!before) return tl::unexpected(before.error());
    if (!options.resume && !folder.is_empty()) {
        return problem(kUsage, options.out +
                                   ": is not empty. Go on with --resume, begin anew with --overwrite, or name "
                                   "another folder");
    }
    if (!*before && folder.has(kReportsFile)) {
        return problem(kUsage,
                       options.out + ": holds reports.jsonl of something else than a batch. Name another folder");
    }
    auto plan = *before ? plan_before(options, std::move(**before)) : new_plan(options);
    const bool list = plan && (!*before || !options.inputs.empty());
    if (!list) return plan;
    Progress::stage(options.progress, "Listing the photos");
    return make_plan(folder.path(), std::move(*plan), options.inputs);
}

// A report's options are the plan's: those of the run that began the batch.
Expected<WorkerFactory> factory_for(const BatchOptions& options, const Plan& plan) {
    ScanSettings settings = options.settings;
    settings.profile = plan.options.value("profile", "");
    settings.jurisdiction = plan.options.value("jurisdiction", "");
    if (!options.isolate) return scan_workers(settings);
    return WorkerFactory([settings, deadline = options.deadline] { return make_process_worker(settings, deadline); });
}

Expected<> work_off_plan(const BatchOptions& options, const Plan& plan, FolderJobs& jobs, int workers) {
    Progress::stage(options.progress, "Loading the models");
    const auto factory = factory_for(options, plan);
    return factory ? work_off(jobs, *factory, workers) : tl::unexpected(factory.error());
}

int jobs_for(const BatchOptions& options, std::size_t items) {
    const int wanted = options.jobs > 0 ? options.jobs : scan::usable_cores();
    return static_cast<int>(std::min<std::size_t>(static_cast<std::size_t>(wanted), items));
}

// Works off what is not done yet.
Expected<Counts> work(const BatchOptions& options, const OutFolder& folder, const Plan& plan) {
    if (options.resume) Progress::stage(options.progress, "Checking what is done");
    auto standing = standing_of(folder.path(), plan, options.retry);
    if (!standing) return tl::unexpected(standing.error());
    auto items = PlannedItems::open(folder.path());
    if (!items) return tl::unexpected(items.error());
    auto journal = Journal::open(folder.path());
    if (!journal) return tl::unexpected(journal.error());
    Progress progress(options.progress, standing->counts);
    FolderJobs jobs(std::move(*items), std::move(*journal), standing->done, progress);
    Expected<> worked;
    const std::size_t left = plan.items - std::min(plan.items, standing->counts.done);
    if (left > 0 && stop_signal() == 0) worked = work_off_plan(options, plan, jobs, jobs_for(options, left));
    if (auto synced = jobs.sync(); worked && !synced) worked = synced;
    progress.end();
    if (!worked) return tl::unexpected(worked.error());
    return progress.counts();
}

std::string done_text(const Counts& counts) {
    return std::to_string(counts.done) + " of " + std::to_string(counts.total) + " done";
}

int fail(const Problem& why) {
    print_error(why.message);
    return why.code;
}

int finish(const BatchOptions& options, const Plan& plan, const Counts& counts) {
    const auto tally = write_overviews(options.out, plan, options.html, options.progress);
    if (!tally) return fail(tally.error());
    const ExitCode code = tally->code();
    if (tally->failed > 0) {
        print_error(std::to_string(tally->failed) + " of " + std::to_string(counts.total) +
                    " failed: " + path_in(options.out, kFailuresFile) + " says why");
    } else if (code == kNothingLegible) {
        print_error("nothing legible in any of the photos");
    }
    if (options.progress == ProgressKind::kBar) {
        const std::string made = done_text(counts) + ": " + path_in(options.out, kSummaryFile) +
                                 (options.html ? ", " + path_in(options.out, kPageFile) : "") + "\n";
        std::fputs(made.c_str(), stderr);
    }
    return code;
}

}  // namespace

std::string resume_command(const std::string& folder) {
    std::string quoted = folder;
    for (std::size_t at = 0; (at = quoted.find('\'', at)) != std::string::npos; at += 4) quoted.replace(at, 1, "'\\''");
    const bool plain = folder.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-") ==
                       std::string::npos;
    return "magscan batch --resume --out " + (plain ? folder : "'" + quoted + "'");
}

Expected<Tallied> write_overviews(const std::string& folder, const Plan& plan, bool html, ProgressKind progress) {
    auto tally = write_summary(folder, plan.columns);
    if (!tally || !html) return tally;
    Progress::stage(progress, "Writing the page");
    if (const auto written = write_page(folder, plan); !written) return tl::unexpected(written.error());
    return tally;
}

int run_batch(const BatchOptions& options) {
    auto folder = OutFolder::claim(options.out);
    if (!folder) return fail(folder.error());
    watch_stop_signals();
    auto plan = plan_for(options, *folder);
    if (!plan) return fail(plan.error());
    const auto counts = work(options, *folder, *plan);
    if (!counts) {
        const int code = fail(counts.error());
        print_error("what is done is kept; go on with: " + resume_command(options.out));
        return code;
    }
    if (stop_signal() != 0 && counts->done < counts->total) {
        print_error("stopped, " + done_text(*counts) + ". Go on with: " + resume_command(options.out));
        return 128 + stop_signal();
    }
    return finish(options, *plan, *counts);
}

}  // namespace magscan::tools::batch
