// From the pictures of one request to a report, or to the photo with the evidence drawn. Pure functions, for the
// threads of the queue.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "scan/scanner.h"
#include "tools/service/exchange.h"
#include "tools/service/fields.h"

namespace magscan::service {

struct Picture {
    std::string_view bytes;  // within the request's body
    std::string name;
};

struct ScanJob {
    std::shared_ptr<const Body> body;
    std::vector<Picture> pictures;  // one to six, of one product
    Fields fields;
};

// The report that `magscan scan` gives for the same files. The error tells which picture it is about.
tl::expected<scan::Report, Reply> scan_pictures(const scan::Scanner& scanner, const ScanJob& job,
                                                const StopTest& is_stopped);

// A PNG of the pictures, each at most kAnnotatedSide pixels long, with the evidence of their report.
Reply annotated_pictures(const ScanJob& job, const scan::Report& report, const StopTest& is_stopped);

}  // namespace magscan::service
