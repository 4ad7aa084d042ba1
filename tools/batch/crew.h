// Workers side by side, each of which takes the next item when it is done with the last.
#pragma once

#include <functional>
#include <optional>

#include "tools/batch/worker.h"

namespace magscan::tools::batch {

// Where items come from and where results go. Both are called by one thread at a time. A queue on the network fits
// behind it as well as the files of a folder.
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
};

// Works until the source has no more items, on `jobs` threads with a worker each, and returns when all of them are at
// rest. Of several problems the first is given. At most `jobs` items are in memory.
Expected<> work_off(JobSource& source, const WorkerFactory& make_worker, int jobs);

}  // namespace magscan::tools::batch
