// What an earlier run has done already and what of it still holds.
#pragma once

#include "tools/batch/journal.h"
#include "tools/batch/plan.h"
#include "tools/batch/progress.h"

namespace magscan::tools::batch {

struct Standing {
    DoneItems done;  // items that need no work
    Counts counts;   // of the plan's items
};

// Brings the folder's lines in order and compares each done item's photos with what they are now. Lines of photos that
// have changed are taken out, as are failures whose photo could not be read or, with `retry`, all failures. A photo
// that is gone keeps its report.
Expected<Standing> standing_of(const std::string& folder, const Plan& plan, bool retry);

}  // namespace magscan::tools::batch
