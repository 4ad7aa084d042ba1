// How a report, or the lack of one, becomes output and an exit code: the same for photos and for text.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>

#include "scan/report.h"
#include "scan/scanner.h"
#include "tools/exit_code.h"

namespace magscan::tools {

// What several inputs came to. 4 only where nothing was legible in any of them; otherwise the highest code.
class Tally {
  public:
    void add_report(const scan::Report& report) {
        const bool legible = report.assessment.outcome != calc::Outcome::kUnreadable;
        (legible ? legible_ : illegible_) += 1;
    }
    void add_error(ExitCode code) { worst_ = std::max(worst_, code); }
    ExitCode code() const {
        if (worst_ != kAnswered) return worst_;
        return illegible_ > 0 && legible_ == 0 ? kNothingLegible : kAnswered;
    }

  private:
    ExitCode worst_ = kAnswered;
    std::size_t legible_ = 0;
    std::size_t illegible_ = 0;
};

ExitCode code_of(const scan::ScanError& error);

// The report for people, or as one line of JSON. People get an empty line between two.
std::string answer(const scan::Report& report, bool json, bool is_first);

}  // namespace magscan::tools
