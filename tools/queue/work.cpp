#include "tools/queue/work.h"

#include <unistd.h>

#include "scan/cores.h"
#include "tools/batch/crew.h"
#include "tools/batch/stop.h"
#include "tools/messages.h"
#include "tools/queue/fleet_jobs.h"
#include "tools/queue/fleet_worker.h"

namespace magscan::tools::queue {
namespace {

int jobs_for(const WorkOptions& options) {
    return options.jobs > 0 ? options.jobs : scan::usable_cores();
}

batch::Expected<std::size_t> work(const WorkOptions& options) {
    auto broker = make_amqp_queue(options.broker);
    if (!broker) return tl::unexpected(broker.error());
    auto spool = Spool::make();
    if (!spool) return tl::unexpected(spool.error());
    const int jobs = jobs_for(options);
    const FetchLimits limits{.hosts = options.hosts};
    const auto factory = fleet_workers(options.settings, options.deadline, limits, *spool);
    FleetJobs source(**broker, *spool, static_cast<unsigned>(jobs), options.until_empty);
    const auto worked = work_off(source, factory, jobs);
    const auto ended = source.finish();
    if (!worked) return tl::unexpected(worked.error());
    if (!ended) return tl::unexpected(ended.error());
    if (isatty(STDERR_FILENO) != 0) {
        print_error(std::to_string(source.read()) + " read, " + std::to_string(source.failed()) + " of them failed");
    }
    return source.read();
}

}  // namespace

int run_work(const WorkOptions& options) {
    batch::watch_stop_signals();
    const auto read = work(options);
    if (read || batch::stop_signal() != 0) return kAnswered;
    print_error(read.error().message);
    return read.error().code;
}

}  // namespace magscan::tools::queue
