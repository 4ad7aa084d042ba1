// Workers side by side, each of which takes the next item when it is done with the last.
#pragma once

#include <functional>
#include <optional>

#include "tools/batch/worker.h"

namespace magscan::tools::batch {

// Where items come from and where results go: the files of a folder, or a queue on the network. next() is called by one
// thread at a time, and so is done(), but one thread may be in each.
class JobSource {
  public:
    JobSource() = default;
    virtual ~JobSource() = default;
    JobSource(const JobSource&) = delete;
    JobSource& operator=(const JobSource&) = delete;

    // Nothing where there are no more, or where the work is to end.
    virtual std::optional<Item> next() = 0;
    // The result of an item that next() gave. A problem ends the work.
    virtual Expected<> done(const Item& item, const Result& result) = 0;
    // A problem has ended the work: a next() that waits has to return. From any thread, more than once.
    virtual void end() {}
};

// Works until the source has no more items, on `jobs` threads with a worker each, and returns when all of them are at
// rest. Of several problems the first is given. At most `jobs` items are in memory.
Expected<> work_off(JobSource& source, const WorkerFactory& make_worker, int jobs);

}  // namespace magscan::tools::batch
