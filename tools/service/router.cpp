#include "tools/service/router.h"

#include <algorithm>

#include "tools/service/routes.h"
#include "tools/service/static_files.h"

namespace magscan::service {
namespace {

constexpr std::string_view kGet = "GET, HEAD";
constexpr std::string_view kPost = "POST";
constexpr std::string_view kAnyStep = "{id}";

bool matches(std::string_view pattern, std::string_view path) {
    if (!pattern.ends_with(kAnyStep)) return pattern == path;
    pattern.remove_suffix(kAnyStep.size());
    return path.size() > pattern.size() && path.starts_with(pattern) &&
           path.find('/', pattern.size()) == std::string_view::npos;
}

}  // namespace

Router::Router()
    : routes_{{"/v1/scan", kPost, BodyKind::kPictures, false, scan_route},
              {"/v1/annotate", kPost, BodyKind::kPictures, false, annotate_route},
              {"/v1/parse", kPost, BodyKind::kJson, false, parse_route},
              {"/v1/calc", kPost, BodyKind::kJson, false, calc_route},
              {"/v1/compounds", kGet, BodyKind::kNone, false, compounds_route},
              {"/v1/compounds/{id}", kGet, BodyKind::kNone, false, compound_route},
              {"/healthz", kGet, BodyKind::kNone, true, health_route},
              {"/readyz", kGet, BodyKind::kNone, true, ready_route},
              {"/metrics", kGet, BodyKind::kNone, false, metrics_route},
              {"/openapi.json", kGet, BodyKind::kNone, true, openapi_route}} {
    for (const StaticFile& file : static_files())
        routes_.push_back({file.path, kGet, BodyKind::kNone, true, static_route});
}

const Route* Router::find(std::string_view path) const {
    const auto found =
        std::find_if(routes_.begin(), routes_.end(), [&](const Route& route) { return matches(route.path, path); });
    return found == routes_.end() ? nullptr : &*found;
}

bool takes_method(const Route& route, std::string_view method) {
    return (route.methods == kPost) ? method == kPost : method == "GET" || method == "HEAD";
}

std::string_view last_step(std::string_view path) {
    return path.substr(path.rfind('/') + 1);
}

}  // namespace magscan::service
