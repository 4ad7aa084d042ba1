// summary.csv: a row a report or failure, for spreadsheets.
#pragma once

#include <string>
#include <vector>

#include "tools/batch/problem.h"
#include "tools/batch/row.h"

namespace magscan::tools::batch {

// The header and a row of the table; `columns` are the manifest's, in their order.
std::string summary_header(const std::vector<std::string>& columns);
std::string summary_row(const Row& row, const std::vector<std::string>& columns);

// What a batch came to.
struct Tallied {
    std::size_t legible = 0;    // reports, also of labels without magnesium
    std::size_t illegible = 0;  // reports with the outcome "unreadable"
    std::size_t failed = 0;
    int worst = 0;  // the highest exit code among the failures

    // 0: all have a report; 1: some have none; else none has one, and the highest code says why. 4: nothing legible in
    // any of them.
    ExitCode code() const;
};

// Writes the summary of the folder's reports.jsonl and failures.jsonl, which are read a line at a time.
Expected<Tallied> write_summary(const std::string& folder, const std::vector<std::string>& columns);

}  // namespace magscan::tools::batch
