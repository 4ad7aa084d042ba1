#include "tools/batch/crew.h"

#include <exception>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace magscan::tools::batch {
namespace {

class Crew {
  public:
    explicit Crew(JobSource& source) : source_(source) {}

    void work(Worker& worker) {
        while (const std::optional<Item> item = next()) {
            auto result = guarded(worker, *item);
            const std::lock_guard<std::mutex> lock(mutex_);
            if (!result) return end_with(result.error());
            if (auto kept = source_.done(*item, *result); !kept) return end_with(kept.error());
        }
    }

    void work(const WorkerFactory& make_worker) {
        auto worker = make_worker();
        if (worker) return work(**worker);
        const std::lock_guard<std::mutex> lock(mutex_);
        end_with(worker.error());
    }

    Expected<> outcome() const { return problem_ ? Expected<>(tl::unexpected(*problem_)) : Expected<>(); }

  private:
    std::optional<Item> next() {
        const std::lock_guard<std::mutex> lock(mutex_);
        return problem_ ? std::nullopt : source_.next();
    }

    // An exception is one item's misfortune: too little memory for it, as a rule.
    static Expected<Result> guarded(Worker& worker, const Item& item) {
        try {
            return worker.work(item);
        } catch (const std::exception& error) {
            const std::string what =
                std::string("reading failed: ") + error.what() + ". Try it again with --resume --retry";
            return failure_result(item, {"internal", kInternal, what, 0}, hashes_of(item));
        }
    }

    void end_with(const Problem& why) {
        if (!problem_) problem_ = why;
    }

    JobSource& source_;
    std::mutex mutex_;
    std::optional<Problem> problem_;
};

}  // namespace

Expected<> work_off(JobSource& source, const WorkerFactory& make_worker, int jobs) {
    Crew crew(source);
    // The first is made here, so that a broken set-up shows before anything else is begun.
    const auto first = make_worker();
    if (!first) return tl::unexpected(first.error());
    std::vector<std::jthread> others;
    for (int i = 1; i < jobs; ++i) others.emplace_back([&] { crew.work(make_worker); });
    crew.work(**first);
    others.clear();
    return crew.outcome();
}

}  // namespace magscan::tools::batch
