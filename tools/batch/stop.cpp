#include "tools/batch/stop.h"

#include <unistd.h>

#include <atomic>
#include <csignal>
#include <string_view>

namespace magscan::tools::batch {
namespace {

constexpr int kBySignal = 128;  // what shells add to the signal's number

std::atomic<int> asked{0};
static_assert(std::atomic<int>::is_always_lock_free);

void on_signal(int signal) {
    if (asked.exchange(signal) != 0) ::_exit(kBySignal + signal);
    constexpr std::string_view kSaid = "\nmagscan: stopping after what is in hand; once more stops at once\n";
    if (::write(STDERR_FILENO, kSaid.data(), kSaid.size()) < 0) return;
}

}  // namespace

void watch_stop_signals() {
    struct sigaction action {};
    action.sa_handler = on_signal;
    action.sa_flags = SA_RESTART;
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        struct sigaction old {};
        // What was to be ignored (nohup) stays so.
        if (::sigaction(signal, nullptr, &old) == 0 && old.sa_handler != SIG_IGN) ::sigaction(signal, &action, nullptr);
    }
}

int stop_signal() {
    return asked.load();
}

}  // namespace magscan::tools::batch
