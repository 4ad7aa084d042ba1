// Errors as application/problem+json (RFC 9457). The codes are a public interface: apps branch on them.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "tools/service/exchange.h"

namespace magscan::service {

struct ProblemKind {
    std::string_view code;
    int status;
    std::string_view title;
};

// All there are, by status.
std::span<const ProblemKind> problem_kinds();

// An answer with this error. `code` is one of problem_kinds(); `detail` says what was wrong with this request and what
// to do.
Reply problem(std::string_view code, std::string detail);

// The body of such an answer.
std::string problem_json(const Problem& problem, const std::string& request_id);

}  // namespace magscan::service
