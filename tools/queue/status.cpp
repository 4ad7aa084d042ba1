#include "tools/queue/status.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "scan/wording.h"
#include "tools/batch/progress.h"
#include "tools/batch/stop.h"
#include "tools/messages.h"
#include "tools/queue/ledger.h"
#include "tools/queue/message.h"

namespace magscan::tools::queue {
namespace {

using nlohmann::ordered_json;

constexpr std::chrono::milliseconds kAnswerTime{1000};

std::string number(std::size_t value) {
    return scan::format_number(static_cast<double>(value));
}

ordered_json rounded(const std::optional<double>& value) {
    constexpr double kPlaces = 1000;
    return value ? ordered_json(std::round(*value * kPlaces) / kPlaces) : ordered_json(nullptr);
}

void add_worker(Status& status, const std::string& answer) {
    const ordered_json json = ordered_json::parse(answer, nullptr, false);
    if (!json.is_object()) return;
    ++status.workers;
    const ordered_json jobs = json.value("jobs", ordered_json::object());
    if (!jobs.is_object() || !jobs.contains(status.job)) return;
    const ordered_json& work = jobs[status.job];
    status.running += work.value("running", std::size_t{0});
    const double rate = work.value("per_second", 0.0);
    if (rate > 0) status.per_second = status.per_second.value_or(0) + rate;
}

Expected<Status> status_of(const StatusOptions& options) {
    auto broker = make_amqp_queue(options.broker);
    if (!broker) return tl::unexpected(broker.error());
    const JobQueues queues = queues_of(options.job);
    const auto known = (*broker)->ready(queues.ledger);
    if (!known) return tl::unexpected(known.error());
    if (!*known) {
        return batch::problem(
            kUsage, "the broker knows no job " + options.job + ". Check the name, or begin it with magscan enqueue");
    }
    const auto ledger = read_ledger(**broker, options.job);
    if (!ledger) return tl::unexpected(ledger.error());
    const auto answers = (*broker)->ask("status", kAnswerTime);
    if (!answers) return tl::unexpected(answers.error());
    const auto reports = (*broker)->ready(queues.reports);
    if (!reports) return tl::unexpected(reports.error());
    const auto failures = (*broker)->ready(queues.failures);
    if (!failures) return tl::unexpected(failures.error());
    Status status;
    status.job = options.job;
    status.total = ledger->total();
    status.collected = ledger->reports + ledger->failures;
    // What came twice is told apart when it is collected.
    status.done = std::min(status.total, status.collected + (*reports).value_or(0) + (*failures).value_or(0));
    status.failed = std::min(status.done, ledger->failures + (*failures).value_or(0));
    for (const std::string& answer : *answers) add_worker(status, answer);
    status.running = std::min(status.running, status.total - status.done);
    status.waiting = status.total - status.done - status.running;
    if (status.per_second)
        status.seconds_left = static_cast<double>(status.waiting + status.running) / *status.per_second;
    return status;
}

}  // namespace

std::string status_json(const Status& status) {
    return ordered_json({{"job", status.job},
                         {"total", status.total},
                         {"waiting", status.waiting},
                         {"running", status.running},
                         {"done", status.done},
                         {"failed", status.failed},
                         {"collected", status.collected},
                         {"workers", status.workers},
                         {"per_second", rounded(status.per_second)},
                         {"seconds_left", rounded(status.seconds_left)}})
               .dump() +
           "\n";
}

std::string status_text(const Status& status) {
    const batch::Counts counts{status.total, status.done, status.failed};
    constexpr std::size_t kWidth = 100;
    return status.job + "  " + batch::bar_line(counts, status.per_second.value_or(0), kWidth) + "\n" +
           number(status.waiting) + " waiting, " + number(status.running) + " being read, " + number(status.collected) +
           " collected; " + number(status.workers) + (status.workers == 1 ? " worker\n" : " workers\n");
}

int run_status(const StatusOptions& options) {
    batch::watch_stop_signals();
    const auto status = status_of(options);
    if (!status) {
        print_error(status.error().message);
        return status.error().code;
    }
    return print_answer(options.json ? status_json(*status) : status_text(*status)) ? kAnswered : kCannotWrite;
}

}  // namespace magscan::tools::queue
