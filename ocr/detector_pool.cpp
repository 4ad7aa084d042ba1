#include "ocr/detector_pool.h"

#include <utility>

namespace magscan::ocr {

tl::expected<std::unique_ptr<DetectorPool>, std::string> DetectorPool::create(const std::string& path, int threads) {
    std::unique_ptr<DetectorPool> pool(new DetectorPool(path, threads));
    auto first = TextDetector::load(path, threads);
    if (!first) return tl::make_unexpected(first.error());
    pool->give_back(std::make_unique<TextDetector>(std::move(*first)));
    return pool;
}

std::unique_ptr<TextDetector> DetectorPool::borrow() {
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (!idle_.empty()) {
            auto detector = std::move(idle_.back());
            idle_.pop_back();
            return detector;
        }
    }
    auto detector = TextDetector::load(path_, threads_);
    return detector ? std::make_unique<TextDetector>(std::move(*detector)) : nullptr;
}

void DetectorPool::give_back(std::unique_ptr<TextDetector> detector) {
    const std::lock_guard<std::mutex> lock(mutex_);
    idle_.push_back(std::move(detector));
}

bool DetectorPool::with(const std::function<void(TextDetector&)>& work) {
    auto detector = borrow();
    if (!detector) return false;
    try {
        work(*detector);
    } catch (...) {
        give_back(std::move(detector));
        throw;
    }
    give_back(std::move(detector));
    return true;
}

}  // namespace magscan::ocr
