// What operators and their machines ask: health, readiness, metrics, the description of the interface, the page.
#include <algorithm>

#include "tools/service/openapi.h"
#include "tools/service/problem.h"
#include "tools/service/routes.h"
#include "tools/service/service.h"
#include "tools/service/static_files.h"

namespace magscan::service {
namespace {

Reply text_reply(std::string_view content_type, std::string_view body) {
    Reply reply;
    reply.content_type = content_type;
    reply.body = body;
    return reply;
}

}  // namespace

Handled health_route(Service&, const Request&) {
    return text_reply("application/json", "{\"status\":\"ok\"}\n");
}

Handled ready_route(Service& service, const Request&) {
    if (service.draining) return problem("shutting_down", "Send requests to another instance.");
    return text_reply("application/json", "{\"status\":\"ready\"}\n");
}

Handled metrics_route(Service& service, const Request&) {
    const auto count = [](std::size_t value) { return static_cast<double>(value); };
    WorkQueue& pictures = service.queue(Lane::kPictures);
    return text_reply(
        "text/plain; version=0.0.4; charset=utf-8",
        service.metrics.text({
            {"magscan_queue_depth", "Photos that wait for a worker.", count(pictures.waiting())},
            {"magscan_workers_busy", "Workers that read a photo.", count(pictures.running())},
            {"magscan_in_flight", "Requests being received, worked on or answered.", count(service.in_flight)},
            {"magscan_connections", "Open connections.", count(service.connections)},
            {"magscan_body_memory_bytes", "Memory held by request bodies.", count(service.memory.used())},
            {"magscan_cache_bytes", "Memory held by kept reports, roughly.", count(service.cache.bytes())},
            {"magscan_resident_bytes", "Memory held by the process.", resident_bytes()},
        }));
}

Handled openapi_route(Service&, const Request&) {
    return text_reply("application/json", openapi_document());
}

Handled static_route(Service&, const Request& request) {
    const auto files = static_files();
    const auto file =
        std::find_if(files.begin(), files.end(), [&](const StaticFile& one) { return one.path == request.path; });
    if (file == files.end()) return problem("not_found", "The paths of this service are listed in /openapi.json.");
    Reply reply = text_reply(file->content_type, file->bytes);
    reply.headers = {{"Content-Security-Policy", std::string(kPagePolicy)}, {"Cache-Control", "no-cache"}};
    return reply;
}

}  // namespace magscan::service
