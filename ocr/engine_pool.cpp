#include "ocr/engine_pool.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <thread>

namespace magscan::ocr {
namespace {

constexpr std::size_t kLanguagesKept = 2;  // beside English, for the next photo: an engine holds some 20 to 40 MB

}  // namespace

tl::expected<std::unique_ptr<EnginePool>, std::string> EnginePool::create(const std::string& tessdata) {
    std::unique_ptr<EnginePool> pool(new EnginePool(tessdata));
    auto first = Recognizer::load(tessdata);
    if (!first) return tl::make_unexpected(first.error());
    pool->give_back(std::make_unique<Recognizer>(std::move(*first)), kEnglish);
    return pool;
}

std::unique_ptr<Recognizer> EnginePool::borrow(const std::string& language) {
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        const auto idle = idle_.find(language);
        if (idle != idle_.end() && !idle->second.empty()) {
            auto engine = std::move(idle->second.back());
            idle->second.pop_back();
            return engine;
        }
    }
    auto engine = Recognizer::load(tessdata_, language);
    return engine ? std::make_unique<Recognizer>(std::move(*engine)) : nullptr;
}

void EnginePool::give_back(std::unique_ptr<Recognizer> engine, const std::string& language) {
    const std::lock_guard<std::mutex> lock(mutex_);
    idle_[language].push_back(std::move(engine));
    if (language == kEnglish) return;
    std::erase(used_, language);
    used_.push_back(language);
    if (used_.size() <= kLanguagesKept) return;
    idle_.erase(used_.front());
    used_.erase(used_.begin());
}

bool EnginePool::offers(const std::string& language) {
    auto engine = borrow(language);
    if (!engine) return false;
    give_back(std::move(engine), language);
    return true;
}

std::size_t EnginePool::languages_kept() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return idle_.size();
}

void EnginePool::for_each(std::size_t count, const Effort& effort,
                          const std::function<void(std::size_t, Recognizer&)>& work, const std::string& language) {
    std::atomic<std::size_t> next{0};
    std::atomic<bool> worked{false};
    std::exception_ptr failure;
    std::mutex failure_mutex;
    const auto run = [&] {
        auto engine = borrow(language);
        if (!engine) return;  // the others do its share
        worked = true;
        try {
            for (std::size_t i = next++; i < count; i = next++) {
                if (effort.is_stopped && effort.is_stopped()) throw Stopped{};
                work(i, *engine);
            }
        } catch (...) {
            const std::lock_guard<std::mutex> lock(failure_mutex);
            if (!failure) failure = std::current_exception();
            next = count;
        }
        give_back(std::move(engine), language);
    };
    const std::size_t wanted = std::min(count, static_cast<std::size_t>(std::max(effort.threads, 1)));
    std::vector<std::jthread> helpers;
    for (std::size_t i = 1; i < wanted; ++i) helpers.emplace_back(run);
    run();
    helpers.clear();
    if (failure) std::rethrow_exception(failure);
    if (count > 0 && !worked) throw std::runtime_error("the text recogniser could not be loaded again");
}

}  // namespace magscan::ocr
