#include "tools/service/problem.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "scan/json_line.h"

namespace magscan::service {
namespace {

constexpr std::array kKinds{
    ProblemKind{"malformed_request", 400, "The request is not valid HTTP"},
    ProblemKind{"body_missing", 400, "The request has no body"},
    ProblemKind{"malformed_multipart", 400, "The body is no valid multipart/form-data"},
    ProblemKind{"malformed_json", 400, "The body is no valid JSON"},
    ProblemKind{"key_missing", 401, "An API key is needed"},
    ProblemKind{"key_unknown", 401, "The API key is not known"},
    ProblemKind{"not_found", 404, "There is nothing at this path"},
    ProblemKind{"compound_unknown", 404, "There is no such compound"},
    ProblemKind{"method_not_allowed", 405, "The path does not take this method"},
    ProblemKind{"request_timeout", 408, "The request came too slowly"},
    ProblemKind{"body_too_large", 413, "The body is too large"},
    ProblemKind{"picture_too_large", 413, "The picture has too many pixels"},
    ProblemKind{"media_type_unsupported", 415, "The body is of a type that the path does not take"},
    ProblemKind{"picture_unsupported", 415, "The picture is of a format that is not read"},
    ProblemKind{"picture_damaged", 422, "The picture can't be decoded"},
    ProblemKind{"picture_too_small", 422, "The picture has too few pixels"},
    ProblemKind{"picture_animated", 422, "The picture moves"},
    ProblemKind{"image_count", 422, "Too many pictures, or none"},
    ProblemKind{"field_invalid", 422, "A field has a value that it can't have"},
    ProblemKind{"text_too_long", 422, "The text is longer than a label"},
    ProblemKind{"rate_limited", 429, "Too many requests with this key"},
    ProblemKind{"header_too_large", 431, "The header is too large"},
    ProblemKind{"internal_error", 500, "An error of the service"},
    ProblemKind{"queue_full", 503, "All workers are busy and the queue is full"},
    ProblemKind{"memory_full", 503, "Too many uploads at once"},
    ProblemKind{"connections_full", 503, "Too many connections"},
    ProblemKind{"shutting_down", 503, "The service is shutting down"},
    ProblemKind{"deadline_exceeded", 504, "The answer was not ready in time"},
};

const ProblemKind& kind_of(std::string_view code) {
    const auto found =
        std::find_if(kKinds.begin(), kKinds.end(), [&](const ProblemKind& kind) { return kind.code == code; });
    static constexpr ProblemKind kInternal{"internal_error", 500, "An error of the service"};
    return found == kKinds.end() ? kInternal : *found;
}

// What a client may well try again, and after how many seconds. A rate tells its own.
std::string_view retry_after(std::string_view code) {
    if (code == "queue_full" || code == "memory_full" || code == "connections_full") return "2";
    return code == "shutting_down" || code == "deadline_exceeded" ? "5" : "";
}

}  // namespace

std::span<const ProblemKind> problem_kinds() {
    return kKinds;
}

Reply problem(std::string_view code, std::string detail) {
    Reply reply;
    reply.status = kind_of(code).status;
    reply.content_type = "application/problem+json";
    reply.problem = Problem{std::string(code), std::move(detail)};
    if (const std::string_view seconds = retry_after(code); !seconds.empty())
        reply.headers.emplace_back("Retry-After", seconds);
    if (reply.status == 401) reply.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"magscan\"");
    return reply;
}

std::string problem_json(const Problem& problem, const std::string& request_id) {
    const ProblemKind& kind = kind_of(problem.code);
    const nlohmann::ordered_json out = {{"type", "urn:magscan:problem:" + std::string(kind.code)},
                                        {"title", kind.title},
                                        {"status", kind.status},
                                        {"detail", problem.detail},
                                        {"code", kind.code},
                                        {"request_id", request_id}};
    return scan::json_line(out) + "\n";
}

}  // namespace magscan::service
