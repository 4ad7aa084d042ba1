// What a call hears from its caller, and tells it, while photos are read. Internal to the library.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>

#include "magscan/options.h"

namespace magscan::api {

class Watch {
  public:
    Watch(const ScanOptions& options, std::size_t photos) : options_(options), photos_(photos) {}

    // Whether the caller wants no more. From any thread; once true it stays so.
    bool is_stopped() {
        if (cause_ != Cause::kNone) return true;
        if (options_.is_cancelled && options_.is_cancelled()) {
            cause_ = Cause::kCancelled;
        } else if (options_.deadline && std::chrono::steady_clock::now() >= *options_.deadline) {
            cause_ = Cause::kDeadline;
        }
        return cause_ != Cause::kNone;
    }

    // After is_stopped() was true.
    Error error(std::size_t photo) const {
        if (cause_ == Cause::kDeadline) {
            return {Error::Kind::kDeadline, "the deadline passed before the photo was read", photo};
        }
        return {Error::Kind::kCancelled, "the caller ended it before the photo was read", photo};
    }

    void tell(Stage stage, std::size_t photo) const {
        if (!options_.on_progress) return;
        const double part = share_of(stage);
        const double done =
            stage == Stage::kUnderstand
                ? part
                : (static_cast<double>(photo) + part) / static_cast<double>(photos_) * share_of(Stage::kUnderstand);
        options_.on_progress({stage, done, photo});
    }

  private:
    enum class Cause { kNone, kCancelled, kDeadline };

    // When a stage of a usual photo begins, as a share of the whole.
    static double share_of(Stage stage) {
        switch (stage) {
            case Stage::kDecode:
                return 0;
            case Stage::kDetect:
                return 0.02;
            case Stage::kRead:
                return 0.5;
            case Stage::kUnderstand:
                return 0.99;
        }
        return 1;
    }

    const ScanOptions& options_;
    std::size_t photos_;
    std::atomic<Cause> cause_ = Cause::kNone;
};

}  // namespace magscan::api
