// report.html: the batch as a page of its own, without anything from elsewhere.
#pragma once

#include <string>

#include "tools/batch/plan.h"
#include "tools/batch/problem.h"

namespace magscan::tools::batch {

inline constexpr std::size_t kMostPictures = 5000;  // labels with pictures; at some 10 KB each the page stays usable

// Made of the folder's reports.jsonl and failures.jsonl, which are read a line at a time, and of the photos where they
// are still there.
Expected<> write_page(const std::string& folder, const Plan& plan);

}  // namespace magscan::tools::batch
