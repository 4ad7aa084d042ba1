#include "tools/service/service.h"

#include <algorithm>
#include <cctype>
#include <opencv2/core/utility.hpp>
#include <utility>

#include "tools/service/problem.h"

namespace magscan::service {
namespace {

constexpr std::string_view kNoPage = "default-src 'none'; frame-ancestors 'none'";
constexpr std::string_view kMultipart = "multipart/form-data";

// "image/JPEG; q=1" -> "image/jpeg"
std::string media_type(std::string_view content_type) {
    std::string out(content_type.substr(0, content_type.find(';')));
    while (!out.empty() && (out.back() == ' ' || out.back() == '\t')) out.pop_back();
    std::transform(out.begin(), out.end(), out.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

std::string megabytes(std::size_t bytes) {
    return bytes % 1'000'000 == 0 ? std::to_string(bytes / 1'000'000) + " MB" : std::to_string(bytes / 1024) + " KB";
}

std::optional<Reply> check_body(const Request& request, const Route& route, std::size_t limit) {
    if (request.content_length.value_or(0) > limit) {
        return problem("body_too_large", route.body == BodyKind::kNone
                                             ? "This path takes no body. Send the request without one."
                                             : "At most " + megabytes(limit) + " are taken. Send less.");
    }
    if (route.body == BodyKind::kNone) return std::nullopt;
    if (!request.has_body || request.content_length == 0U)
        return problem("body_missing", "This path needs a body. Send one, with its Content-Length.");
    const std::string type = media_type(request.content_type);
    if (route.body == BodyKind::kPictures && !type.starts_with("image/") && type != kMultipart) {
        return problem("media_type_unsupported",
                       "Send one picture as image/jpeg (or image/png, image/heic ...), or one to six as parts named "
                       "\"image\" of multipart/form-data, and say so in Content-Type.");
    }
    if (route.body == BodyKind::kJson && type != "application/json")
        return problem("media_type_unsupported", "Send JSON, with Content-Type: application/json.");
    return std::nullopt;
}

}  // namespace

tl::expected<std::unique_ptr<Service>, scan::ScanError> Service::create(const Options& options) {
    ApiKeys keys;
    if (!options.keys.empty()) {
        auto loaded = ApiKeys::load(options.keys);
        if (!loaded)
            return tl::unexpected(scan::ScanError{scan::ScanError::Kind::kUsage, options.keys + ": " + loaded.error()});
        keys = std::move(*loaded);
    }
    // Several photos at once are cheaper than one on several threads.
    cv::setNumThreads(1);
    auto scanner = scan::Scanner::create({.models = options.models, .tessdata = options.tessdata, .threads = 1});
    if (!scanner) return tl::unexpected(scanner.error());
    return std::unique_ptr<Service>(new Service(options, std::move(*scanner), std::move(keys)));
}

Service::Service(const Options& wanted, scan::Scanner models, ApiKeys keys)
    : options(wanted),
      scanner(std::move(models)),
      memory(wanted.memory),
      cache(wanted.cache, wanted.cache_life),
      keys_(std::move(keys)),
      pictures_(wanted.workers, wanted.queue),
      texts_(1, wanted.queue) {}

std::size_t Service::body_limit(const Request& request) const {
    const Route* route = router_.find(request.path);
    if (route == nullptr || route->body == BodyKind::kNone) return 0;
    return route->body == BodyKind::kPictures ? kMaxPictureBody : kMaxJsonBody;
}

bool Service::allows_origin(const std::string& origin) const {
    return std::find(options.cors_origins.begin(), options.cors_origins.end(), origin) != options.cors_origins.end();
}

// What a browser asks before it lets a page of another origin send a request.
std::optional<Reply> Service::preflight(const Request& request, const Route& route) const {
    if (request.method != "OPTIONS" || !allows_origin(request.origin)) return std::nullopt;
    Reply reply;
    reply.status = 204;
    reply.headers = {{"Access-Control-Allow-Methods", std::string(route.methods)},
                     {"Access-Control-Allow-Headers", "Authorization, Content-Type, X-Request-Id"},
                     {"Access-Control-Max-Age", "600"}};
    return reply;
}

std::optional<Reply> Service::check_key(Request& request, const Route& route) {
    if (route.is_public || options.keys.empty()) return std::nullopt;
    constexpr std::string_view kBearer = "bearer ";
    const std::string scheme = media_type(request.authorization.substr(0, kBearer.size() - 1)) + " ";
    if (scheme != kBearer || request.authorization.size() <= kBearer.size())
        return problem("key_missing", "Send the API key in the header \"Authorization: Bearer KEY\".");
    const ApiKey* key = keys_.find(std::string_view(request.authorization).substr(kBearer.size()));
    if (key == nullptr) return problem("key_unknown", "The key is not, or no longer, one of this service's. Check it.");
    request.client = key->name;
    if (route.body == BodyKind::kNone) return std::nullopt;
    const int wait = rates_.take(key->name, key->per_minute.value_or(options.rate), RateLimit::Clock::now());
    if (wait == 0) return std::nullopt;
    Reply reply =
        problem("rate_limited", "This key has no requests left for now. Try again after Retry-After seconds.");
    reply.headers.emplace_back("Retry-After", std::to_string(wait));
    return reply;
}

std::optional<Reply> Service::admit(Request& request) {
    const Route* route = router_.find(request.path);
    if (route == nullptr) return problem("not_found", "The paths of this service are listed in /openapi.json.");
    if (auto reply = preflight(request, *route)) return reply;
    if (!takes_method(*route, request.method)) {
        Reply reply = problem("method_not_allowed", "This path takes " + std::string(route->methods) + ".");
        reply.headers.emplace_back("Allow", route->methods);
        return reply;
    }
    if (auto reply = check_key(request, *route)) return reply;
    if (auto reply = check_body(request, *route, body_limit(request))) return reply;
    if (route->body == BodyKind::kNone) return std::nullopt;
    // Before the body is received, so that a busy service costs its clients little.
    if (!queue(route->body == BodyKind::kPictures ? Lane::kPictures : Lane::kTexts).has_room())
        return problem("queue_full", "Try again after Retry-After seconds.");
    return std::nullopt;
}

void Service::stop_work() {
    pictures_.stop();
    texts_.stop();
}

Handled Service::handle(const Request& request) {
    return router_.find(request.path)->handle(*this, request);
}

void Service::finish(const Request& request, Reply& reply) const {
    if (reply.problem) reply.body = problem_json(*reply.problem, request.id);
    const auto set = [&](std::string_view name, std::string_view value) {
        const bool is_set = std::any_of(reply.headers.begin(), reply.headers.end(),
                                        [&](const auto& header) { return header.first == name; });
        if (!is_set) reply.headers.emplace_back(name, value);
    };
    set("X-Request-Id", request.id);
    set("X-Content-Type-Options", "nosniff");
    set("Content-Security-Policy", kNoPage);
    set("Referrer-Policy", "no-referrer");
    set("Cache-Control", "no-store");
    if (options.cors_origins.empty()) return;
    set("Vary", "Origin");
    if (!allows_origin(request.origin)) return;
    set("Access-Control-Allow-Origin", request.origin);
    set("Access-Control-Expose-Headers", "Retry-After, X-Request-Id, Magscan-Cache");
}

void Service::count(const Request& request, const Reply& reply, double seconds, std::uint64_t bytes_in) {
    const Route* route = router_.find(request.path);
    metrics.count_request(route == nullptr ? "other" : route->path, reply.status, seconds, bytes_in, reply.body.size());
    if (reply.problem) metrics.count_problem(reply.problem->code);
    if (!reply.outcome.empty()) metrics.count_outcome(reply.outcome);
    if (reply.cached) return;  // its stages were counted when it was made
    for (const scan::Timing& stage : reply.stages) metrics.time_stage(stage.stage, stage.milliseconds / 1000);
}

tl::expected<std::size_t, std::string> Service::reload_keys() {
    if (options.keys.empty()) return 0;
    auto loaded = ApiKeys::load(options.keys);
    if (!loaded) return tl::unexpected(loaded.error());
    keys_ = std::move(*loaded);
    return keys_.size();
}

}  // namespace magscan::service
