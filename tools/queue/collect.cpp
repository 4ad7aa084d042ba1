#include "tools/queue/collect.h"

#include <algorithm>
#include <utility>

#include "tools/batch/run.h"
#include "tools/batch/stop.h"
#include "tools/messages.h"
#include "tools/queue/collected.h"
#include "tools/queue/ledger.h"
#include "tools/queue/message.h"

namespace magscan::tools::queue {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr unsigned kPrefetch = 200;       // results that are written and synced together, at most
constexpr std::size_t kListsAtOnce = 16;  // of kListedAtOnce items
constexpr milliseconds kIdle{300};        // nothing more has come for so long: what has come is written
constexpr std::chrono::seconds kNoteEvery{5};

std::string collect_command(const CollectOptions& options) {
    return "magscan collect --job " + options.job + " --out " + options.out;
}

class Collect {
  public:
    Collect(const CollectOptions& options, Queue& broker, Collected& folder)
        : options_(options),
          broker_(broker),
          queues_(queues_of(options.job)),
          folder_(folder),
          progress_(options.progress, folder.counts()) {}

    Expected<> run() {
        if (auto known = check_job(); !known) return known;
        if (is_forgotten_) return {};
        if (auto listed = take_lists(); !listed) return listed;
        if (!folder_.has_list()) {
            return batch::problem(kUsage,
                                  "the list of the job " + options_.job +
                                      " is no longer at the broker: its results go into another folder. Collect "
                                      "into that one");
        }
        for (const std::string& queue : {queues_.reports, queues_.failures}) {
            if (auto begun = broker_.consume(queue, kPrefetch); !begun) return begun;
        }
        auto taken = take_results();
        progress_.end();
        if (!taken) return taken;
        if (auto stopped = broker_.stop_consuming(); !stopped) return stopped;
        if (auto noted = note(); !noted) return noted;
        return options_.forget && folder_.missing() == 0 ? forget() : Expected<>();
    }

  private:
    // A job that was forgotten has its results in the folder.
    Expected<> check_job() {
        auto known = broker_.ready(queues_.ledger);
        if (!known) return tl::unexpected(known.error());
        if (*known) return {};
        is_forgotten_ = folder_.has_list() && folder_.missing() == 0;
        if (is_forgotten_) return {};
        return batch::problem(
            kUsage, "the broker knows no job " + options_.job + ". Check the name, or begin it with magscan enqueue");
    }

    Expected<> take_lists() {
        for (;;) {
            auto lists = broker_.take(queues_.plan, kListsAtOnce);
            if (!lists) return tl::unexpected(lists.error());
            if (lists->empty()) return {};
            for (const Delivery& delivery : *lists) {
                const auto list = plan_message_of(delivery.body);
                if (!list) continue;
                if (auto added = folder_.add_list(*list); !added) return added;
            }
            // Before they are settled: the next collector could not tell which runs its folder knows.
            if (auto noted = note(); !noted) return noted;
            for (const Delivery& delivery : *lists) broker_.settle(delivery.tag, Settle::kDone);
            progress_.set(folder_.counts());
        }
    }

    Expected<> take_results() {
        auto last = Clock::now(), noted = Clock::now();
        for (;;) {
            auto event = broker_.wait(in_hand_.empty() ? kIdle : milliseconds(0));
            if (!event) return tl::unexpected(event.error());
            if (event->kind == Event::Kind::kLost) in_hand_.clear();  // comes again
            if (event->kind == Event::Kind::kDelivery) {
                in_hand_.push_back(std::move(event->delivery));
                last = Clock::now();
                if (in_hand_.size() < kPrefetch) continue;
            }
            if (auto written = write(); !written) return written;
            if (batch::stop_signal() != 0) return {};
            if (Clock::now() - noted >= kNoteEvery) {
                noted = Clock::now();
                if (auto done = note(); !done) return done;
            }
            if (Clock::now() - last < kIdle) continue;
            if (auto listed = take_lists(); !listed) return listed;
            auto over = is_over();
            if (!over) return tl::unexpected(over.error());
            if (*over) return {};
        }
    }

    Expected<bool> is_over() {
        if (folder_.missing() > 0 && !options_.now) return false;
        for (const std::string& queue : {queues_.reports, queues_.failures}) {
            const auto count = broker_.ready(queue);
            if (!count) return tl::unexpected(count.error());
            if (count->value_or(0) > 0) return false;
        }
        return true;
    }

    // Settled once it is on the disk.
    Expected<> write() {
        if (in_hand_.empty()) return {};
        std::vector<batch::Result> results;
        for (Delivery& delivery : in_hand_)
            results.push_back({delivery.queue == queues_.reports, std::move(delivery.body)});
        if (auto added = folder_.add_results(results); !added) return added;
        for (const Delivery& delivery : in_hand_) broker_.settle(delivery.tag, Settle::kDone);
        in_hand_.clear();
        progress_.set(folder_.counts());
        return {};
    }

    // For magscan status.
    Expected<> note() {
        const std::vector<std::size_t> now = {folder_.plan().items, folder_.reports(), folder_.failures(),
                                              folder_.runs().size()};
        if (now == noted_) return {};
        noted_ = now;
        return change_ledger(broker_, options_.job, [&](Ledger& ledger) {
            ledger.listed.insert(folder_.runs().begin(), folder_.runs().end());
            ledger.planned = now[0];
            ledger.reports = now[1];
            ledger.failures = now[2];
        });
    }

    Expected<> forget() {
        for (const std::string& queue : {queues_.reports, queues_.failures, queues_.plan, queues_.ledger}) {
            if (auto removed = broker_.remove(queue); !removed) return removed;
        }
        return {};
    }

    const CollectOptions& options_;
    Queue& broker_;
    JobQueues queues_;
    Collected& folder_;
    batch::Progress progress_;
    std::vector<Delivery> in_hand_;
    std::vector<std::size_t> noted_;
    bool is_forgotten_ = false;
};

int fail(const batch::Problem& why) {
    print_error(why.message);
    return why.code;
}

// What is made of the lines, and what there is to say.
int finish(const CollectOptions& options, const Collected& folder) {
    const auto named = folder.write_missing();
    if (!named) return fail(named.error());
    const auto tally = batch::write_overviews(options.out, folder.plan(), options.html, options.progress);
    if (!tally) return fail(tally.error());
    if (tally->failed > 0) {
        print_error(std::to_string(tally->failed) + " of " + std::to_string(folder.counts().total) +
                    " failed: " + batch::path_in(options.out, batch::kFailuresFile) + " says why");
    } else if (tally->code() == kNothingLegible) {
        print_error("nothing legible in any of the photos");
    }
    if (options.progress == batch::ProgressKind::kBar)
        print_error(std::to_string(folder.counts().done) + " of " + std::to_string(folder.counts().total) +
                    " done: " + batch::path_in(options.out, batch::kSummaryFile));
    if (folder.missing() == 0) return batch::stop_signal() != 0 ? 128 + batch::stop_signal() : tally->code();
    std::string names;
    for (const std::string& name : *named) names += (names.empty() ? "" : ", ") + name;
    if (named->size() < folder.missing()) names += ", ...";
    print_error(std::to_string(folder.missing()) + " items have no result yet (" + names +
                "): " + batch::path_in(options.out, batch::kMissingFile) +
                ". Collect the rest with: " + collect_command(options));
    return batch::stop_signal() != 0 ? 128 + batch::stop_signal() : kSomeFailed;
}

}  // namespace

int run_collect(const CollectOptions& options) {
    batch::watch_stop_signals();
    auto broker = make_amqp_queue(options.broker);
    if (!broker) return fail(broker.error());
    auto folder = Collected::open(options.out, options.job);
    if (!folder) return fail(folder.error());
    Collect collect(options, **broker, *folder);
    if (const auto done = collect.run(); !done) {
        const int code = fail(done.error());
        if (folder->counts().done > 0) print_error("what is done is kept; go on with: " + collect_command(options));
        return code;
    }
    return finish(options, *folder);
}

}  // namespace magscan::tools::queue
