// How much of the machine a call may take, and what ends it early.
#pragma once

#include <functional>
#include <utility>

namespace magscan::ocr {

// Asked between two lines, from several threads at once. True: nobody waits for the answer any more.
using StopTest = std::function<bool()>;

struct Effort {
    Effort(int at_once, StopTest stop = {}) : threads(at_once), is_stopped(std::move(stop)) {}

    int threads;          // lines read at the same time
    StopTest is_stopped;  // empty: nothing ends it
};

// Thrown out of a call that its StopTest ended.
struct Stopped {};

}  // namespace magscan::ocr
