#include "tools/batch/process_worker.h"

#include <algorithm>
#include <csignal>
#include <cstring>
#include <optional>
#include <utility>

#include "tools/batch/child.h"

namespace magscan::tools::batch {
namespace {

using nlohmann::ordered_json;
using std::chrono::milliseconds;

constexpr milliseconds kStartLimit = std::chrono::minutes(5);  // for loading the models, on a busy machine

std::string seconds_text(milliseconds time) {
    std::string text = std::to_string(static_cast<double>(time.count()) / 1000);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text + " s";
}

Failure crash_of(const Child::End& end) {
    Failure failure{"crashed", kInternal, "", 0};
    if (end.signal == 0) {
        failure.message = "the reader ended (exit code " + std::to_string(end.code) + ") while reading it";
    } else {
        const char* name = ::sigabbrev_np(end.signal);
        failure.message =
            "the reader was ended by signal SIG" + std::string(name != nullptr ? name : "?") + " while reading it";
        if (end.signal == SIGKILL) failure.message += ", perhaps for want of memory";
    }
    failure.message += ". Save the photo as an ordinary JPEG, or try it again with --resume --retry";
    return failure;
}

class ProcessWorker : public Worker {
  public:
    ProcessWorker(ScanSettings settings, milliseconds deadline) : settings_(std::move(settings)), deadline_(deadline) {}

    Expected<> start() {
        std::vector<std::string> arguments = {"magscan", "batch-worker", "--models", settings_.models};
        const auto add = [&](const char* name, const std::string& value) {
            if (!value.empty()) arguments.insert(arguments.end(), {name, value});
        };
        add("--tessdata", settings_.tessdata);
        add("--profile", settings_.profile);
        add("--jurisdiction", settings_.jurisdiction);
        auto child = Child::start("/proc/self/exe", arguments);
        if (!child) return problem(kInternal, child.error());
        child_ = std::move(*child);
        const Child::Answer answer = child_->read_line(kStartLimit);
        if (answer.kind == Child::Answer::Kind::kLine) {
            const ordered_json hello = ordered_json::parse(answer.line, nullptr, false);
            if (hello.is_object() && hello.contains("ready")) return {};
            if (hello.is_object() && hello.contains("problem")) {
                const int code = hello.value("exit_code", static_cast<int>(kSetUpBroken));
                return problem(static_cast<ExitCode>(code), hello.value("problem", ""));
            }
        }
        child_.reset();
        return problem(kInternal, "a worker process did not start. Try --jobs 1, or leave --isolate out");
    }

    Expected<Result> work(const Item& item) override {
        if (!child_ || !child_->write_line(item_line(item))) {
            // It ended between two items, which is no fault of this one.
            if (auto started = start(); !started) return tl::unexpected(started.error());
            child_->write_line(item_line(item));
        }
        const milliseconds limit = deadline_ * static_cast<int>(std::max<std::size_t>(item.files.size(), 1));
        const Child::Answer answer = child_->read_line(limit);
        if (answer.kind == Child::Answer::Kind::kLine) {
            if (auto result = result_of(answer.line)) return std::move(*result);
        }
        const Child::End end = child_->stop();
        child_.reset();
        Failure failure = crash_of(end);
        if (answer.kind == Child::Answer::Kind::kLate) {
            failure.code = "deadline";
            failure.message = "was not read within " + seconds_text(limit) +
                              ". Save the photo smaller, or allow more with --resume --retry --deadline";
        }
        return failure_result(item, failure, hashes_of(item));
    }

  private:
    static std::optional<Result> result_of(const std::string& line) {
        const ordered_json answer = ordered_json::parse(line, nullptr, false);
        if (!answer.is_object()) return std::nullopt;
        const bool is_report = answer.contains("report");
        if (!is_report && !answer.contains("failure")) return std::nullopt;
        return Result{is_report, answer[is_report ? "report" : "failure"].dump(), answer.value("again", false)};
    }

    ScanSettings settings_;
    milliseconds deadline_;
    std::optional<Child> child_;
};

}  // namespace

Expected<std::unique_ptr<Worker>> make_process_worker(const ScanSettings& settings, milliseconds deadline) {
    auto worker = std::make_unique<ProcessWorker>(settings, deadline);
    if (auto started = worker->start(); !started) return tl::unexpected(started.error());
    return worker;
}

}  // namespace magscan::tools::batch
