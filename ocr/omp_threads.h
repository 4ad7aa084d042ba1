// How many OpenMP threads a library called from here may use.
#pragma once

#include <omp.h>

namespace magscan::ocr {

// While one lives, OpenMP loops that the calling thread begins run on so many threads. With one, they run on the
// calling thread: Tesseract's count is fixed in its code and the environment is read before main, so the level of
// nesting is what can be taken away from it. Both are settings of the thread, which may be a host's: it gets them back.
class OmpThreads {
  public:
    explicit OmpThreads(int threads) {
        if (threads < 2) omp_set_max_active_levels(0);
        omp_set_num_threads(threads);
    }
    ~OmpThreads() {
        omp_set_num_threads(threads_);
        omp_set_max_active_levels(levels_);
    }
    OmpThreads(const OmpThreads&) = delete;
    OmpThreads& operator=(const OmpThreads&) = delete;

  private:
    int levels_ = omp_get_max_active_levels();
    int threads_ = omp_get_max_threads();
};

}  // namespace magscan::ocr
