#include "tools/answer.h"

#include "scan/report_json.h"
#include "scan/text_report.h"

namespace magscan::tools {

ExitCode code_of(const scan::ScanError& error) {
    switch (error.kind) {
        case scan::ScanError::Kind::kUsage:
            return kUsage;
        case scan::ScanError::Kind::kNotAPicture:
            return kNotAPicture;
        case scan::ScanError::Kind::kSetUp:
            return kSetUpBroken;
        case scan::ScanError::Kind::kStopped:
        case scan::ScanError::Kind::kInternal:
            return kInternal;
    }
    return kInternal;
}

std::string answer(const scan::Report& report, bool json, bool is_first) {
    if (json) return scan::report_json_line(report) + "\n";
    return (is_first ? "" : "\n") + scan::text_report(report);
}

}  // namespace magscan::tools
