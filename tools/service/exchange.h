// One request and its answer, without the HTTP library.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "scan/report.h"
#include "tools/service/memory_budget.h"

namespace magscan::service {

// What a client sent, and its share of the memory that all bodies may take.
struct Body {
    std::string bytes;
    Lease lease;
};

struct Request {
    std::string id;      // of this exchange; in the answer and in the log
    std::string method;  // upper case
    std::string path;    // percent-decoded, without the query
    std::map<std::string, std::string> query;
    std::string content_type;  // as sent
    std::string authorization;
    std::string origin;
    bool has_body = false;
    std::optional<std::uint64_t> content_length;  // missing where the body comes in chunks
    std::string client = {};                      // name of the key it was sent with
    std::shared_ptr<const Body> body = {};        // null until it was received, and where there is none
};

// An error as RFC 9457 has it; the status and the title are the code's (problem.h).
struct Problem {
    std::string code;
    std::string detail;
};

struct Reply {
    int status = 200;
    std::string content_type = {};
    std::string body = {};
    std::vector<std::pair<std::string, std::string>> headers = {};  // beyond those of every answer
    std::optional<Problem> problem = {};                            // where set, the session writes the body from it
    // For the log and the metrics; not sent.
    std::string outcome = {};
    std::vector<scan::Timing> stages = {};
    bool cached = false;
};

// Whether nobody waits for the answer any more. Safe from any thread.
using StopTest = std::function<bool()>;

// Which threads do a piece of work: a text never waits behind photos.
enum class Lane { kPictures, kTexts };

struct Task {
    Lane lane = Lane::kPictures;
    std::function<Reply(const StopTest& is_stopped)> work;  // called on a thread of its own lane
};

using Handled = std::variant<Reply, Task>;

}  // namespace magscan::service
