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
            if (!result) return end_with(result.error());
            const std::lock_guard<std::mutex> lock(done_mutex_);
            if (auto kept = source_.done(*item, *result); !kept) return end_with(kept.error());
        }
    }

    void work(const WorkerFactory& make_worker) {
        auto worker = make_worker();
        if (worker) return work(**worker);
        end_with(worker.error());
    }

    Expected<> outcome() const { return problem_ ? Expected<>(tl::unexpected(*problem_)) : Expected<>(); }

  private:
    std::optional<Item> next() {
        const std::lock_guard<std::mutex> lock(next_mutex_);
        {
            const std::lock_guard<std::mutex> problem_lock(problem_mutex_);
            if (problem_) return std::nullopt;
        }
        return source_.next();
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
        {
            const std::lock_guard<std::mutex> lock(problem_mutex_);
            if (!problem_) problem_ = why;
        }
        source_.end();
    }

    JobSource& source_;
    std::mutex next_mutex_, done_mutex_, problem_mutex_;
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
