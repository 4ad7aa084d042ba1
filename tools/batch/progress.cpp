#include "tools/batch/progress.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "scan/wording.h"

namespace magscan::tools::batch {
namespace {

constexpr auto kBarEvery = std::chrono::milliseconds(200);
constexpr auto kJsonEvery = std::chrono::seconds(1);
constexpr std::size_t kBarWidth = 20;
constexpr std::size_t kUsualWidth = 80;

std::size_t terminal_width() {
    winsize size{};
    const bool known = ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return known ? size.ws_col : kUsualWidth;
}

std::string number(std::size_t value) {
    return scan::format_number(static_cast<double>(value));
}

// "45 s", "20 min", "3 h 20 min", "2 d 4 h".
std::string duration(double seconds) {
    const auto left = static_cast<long>(std::ceil(seconds));
    constexpr long kMinute = 60, kHour = 3600, kDay = 86400;
    if (left < 2 * kMinute) return std::to_string(left) + " s";
    if (left < 2 * kHour) return std::to_string((left + kMinute - 1) / kMinute) + " min";
    if (left < 2 * kDay) return std::to_string(left / kHour) + " h " + std::to_string(left % kHour / kMinute) + " min";
    return std::to_string(left / kDay) + " d " + std::to_string(left % kDay / kHour) + " h";
}

double seconds_left(const Counts& counts, double per_second) {
    return static_cast<double>(counts.total - std::min(counts.done, counts.total)) / per_second;
}

std::string one_decimal(double value) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.1f", value);
    return text.data();
}

}  // namespace

std::string bar_line(const Counts& counts, double per_second, std::size_t width) {
    const std::size_t done = std::min(counts.done, counts.total);
    const std::size_t filled = counts.total > 0 ? kBarWidth * done / counts.total : kBarWidth;
    const std::size_t percent = counts.total > 0 ? 100 * done / counts.total : 100;
    std::string line = "[" + std::string(filled, '#') + std::string(kBarWidth - filled, '.') + "] ";
    line += std::string(percent < 10 ? 2 : percent < 100 ? 1 : 0, ' ') + std::to_string(percent) + " %  ";
    line += number(counts.done) + " of " + number(counts.total);
    if (counts.failed > 0) line += ", " + number(counts.failed) + " failed";
    if (per_second > 0) {
        line += ", " +
                (per_second < 1 ? one_decimal(60 * per_second) + " a minute" : one_decimal(per_second) + " a second");
        line += ", " + duration(seconds_left(counts, per_second)) + " left";
    }
    return line.substr(0, width > 0 ? width - 1 : 0);
}

std::string progress_json(const Counts& counts, double per_second) {
    nlohmann::ordered_json out = {
        {"event", "progress"}, {"done", counts.done}, {"failed", counts.failed}, {"total", counts.total}};
    const bool known = per_second > 0;
    const auto rounded = [](double value) { return std::round(value * 1000) / 1000; };
    out["per_second"] = known ? nlohmann::ordered_json(rounded(per_second)) : nullptr;
    out["seconds_left"] = known ? nlohmann::ordered_json(rounded(seconds_left(counts, per_second))) : nullptr;
    return out.dump();
}

void Progress::add(bool failed) {
    ++counts_.done;
    if (failed) ++counts_.failed;
    show_now_and_then();
}

void Progress::set(const Counts& counts) {
    counts_ = counts;
    show_now_and_then();
}

void Progress::show_now_and_then() {
    const auto now = Clock::now();
    if (kind_ == ProgressKind::kNone || (kind_ == ProgressKind::kBar && now - shown_ < kBarEvery)) return;
    if (kind_ == ProgressKind::kJson && now - shown_ < kJsonEvery) return;
    shown_ = now;
    show();
}

void Progress::end() {
    if (kind_ == ProgressKind::kNone) return;
    show();
    if (kind_ == ProgressKind::kBar) std::fputs("\n", stderr);
}

double Progress::per_second() const {
    const std::chrono::duration<double> passed = Clock::now() - began_;
    return passed.count() > 0 ? static_cast<double>(counts_.done - done_before_) / passed.count() : 0;
}

void Progress::show() {
    if (kind_ == ProgressKind::kBar) {
        const std::string line = "\r" + bar_line(counts_, per_second(), terminal_width()) + "\x1b[K";
        std::fputs(line.c_str(), stderr);
    } else if (kind_ == ProgressKind::kJson) {
        std::puts(progress_json(counts_, per_second()).c_str());
        std::fflush(stdout);
    }
}

void Progress::stage(ProgressKind kind, const std::string& what) {
    if (kind == ProgressKind::kBar) {
        std::fputs(("\r" + what + " ...\x1b[K").c_str(), stderr);
        std::fflush(stderr);
    } else if (kind == ProgressKind::kJson) {
        std::puts(nlohmann::ordered_json({{"event", "stage"}, {"stage", what}}).dump().c_str());
        std::fflush(stdout);
    }
}

}  // namespace magscan::tools::batch
