// Recognisers that are lent to one thread at a time and kept for the next.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "ocr/recognizer.h"

namespace magscan::ocr {

// Thread-safe.
class EnginePool {
  public:
    // Loads the first engine, so that a wrong folder shows at once.
    static tl::expected<std::unique_ptr<EnginePool>, std::string> create(const std::string& tessdata);

    // Calls work(index, engine) for each index in [0, count) from up to `threads`
    // threads, each with an engine of its own, and returns when all is done. An
    // exception from `work` is passed on after the others have ended.
    void for_each(std::size_t count, int threads, const std::function<void(std::size_t, Recognizer&)>& work);

  private:
    explicit EnginePool(std::string tessdata) : tessdata_(std::move(tessdata)) {}
    std::unique_ptr<Recognizer> borrow();
    void give_back(std::unique_ptr<Recognizer> engine);

    std::string tessdata_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Recognizer>> idle_;
};

}  // namespace magscan::ocr
