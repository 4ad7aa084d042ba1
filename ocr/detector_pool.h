// Text detectors that are lent to one thread at a time and kept for the next.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "ocr/text_detector.h"

namespace magscan::ocr {

// Thread-safe. Holds as many detectors, of some 100 MB each, as threads ever asked at the same time.
class DetectorPool {
  public:
    // Loads the first one, so that a wrong file shows at once; `threads` and the error as in TextDetector::load.
    static tl::expected<std::unique_ptr<DetectorPool>, std::string> create(const std::string& path, int threads);

    // Calls work(detector) with one that no other thread uses, and passes its exception on. Loads another where all are
    // lent; waits for none. Returns false where that one can't be loaded any more.
    bool with(const std::function<void(TextDetector&)>& work);

  private:
    DetectorPool(std::string path, int threads) : path_(std::move(path)), threads_(threads) {}
    std::unique_ptr<TextDetector> borrow();
    void give_back(std::unique_ptr<TextDetector> detector);

    std::string path_;
    int threads_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<TextDetector>> idle_;
};

}  // namespace magscan::ocr
