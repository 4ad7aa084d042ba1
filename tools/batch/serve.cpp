// The worker process's end of process_worker.h.
#include <sys/prctl.h>

#include <csignal>
#include <iostream>
#include <string>

#include "tools/batch/process_worker.h"
#include "tools/batch/scan_worker.h"

namespace magscan::tools::batch {
namespace {

bool say(const std::string& line) {
    std::cout << line << '\n' << std::flush;
    return std::cout.good();
}

}  // namespace

int serve_batch(const ScanSettings& settings) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // a batch that is killed leaves no reader behind
    // Of Ctrl-C, which reaches all processes of a terminal, the batch itself takes care.
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) ::signal(signal, SIG_IGN);
    const auto workers = scan_workers(settings);
    auto worker = workers ? (*workers)() : tl::unexpected(workers.error());
    if (!worker) {
        const nlohmann::json answer = {{"problem", worker.error().message}, {"exit_code", worker.error().code}};
        say(answer.dump());
        return worker.error().code;
    }
    if (!say(R"({"ready":true})")) return kCannotWrite;
    for (std::string line; std::getline(std::cin, line);) {
        const auto item = item_of(line);
        if (!item) return kUsage;
        const auto result = (*worker)->work(*item);
        if (!result) return result.error().code;
        const std::string rest = result->again ? ",\"again\":true}" : "}";
        if (!say(std::string(result->is_report ? "{\"report\":" : "{\"failure\":") + result->line + rest))
            return kCannotWrite;
    }
    return kAnswered;
}

}  // namespace magscan::tools::batch
