// POST /v1/scan and /v1/annotate.
#include <cctype>
#include <utility>

#include "calc/names.h"
#include "scan/report_json.h"
#include "tools/files.h"
#include "tools/service/crypto.h"
#include "tools/service/multipart.h"
#include "tools/service/problem.h"
#include "tools/service/routes.h"
#include "tools/service/scan_job.h"
#include "tools/service/service.h"

namespace magscan::service {
namespace {

using Parsed = tl::expected<ScanJob, Reply>;

tl::unexpected<Reply> refused(std::string_view code, std::string detail) {
    return tl::unexpected(problem(code, std::move(detail)));
}

// The file's name as the report shows it: "C:\\photos\\a.jpg" -> "a.jpg".
std::string name_of(const Part& part, std::size_t number) {
    std::string name = tools::base_name(part.filename);
    name.erase(0, name.rfind('\\') + 1);
    return name.empty() || name.size() > kMaxNameBytes ? "photo-" + std::to_string(number) : name;
}

// "multipart/form-data; boundary=...": its letters may be of either case.
bool is_form(const std::string& content_type) {
    return std::tolower(static_cast<unsigned char>(content_type.front())) == 'm';
}

Parsed form_job(const Request& request) {
    const auto boundary = boundary_of(request.content_type);
    if (!boundary) return refused("malformed_multipart", "Wrong multipart/form-data: " + boundary.error() + ".");
    const auto parts = parts_of(request.body->bytes, *boundary);
    if (!parts) return refused("malformed_multipart", "Wrong multipart/form-data: " + parts.error() + ".");
    ScanJob job{request.body, {}, {}};
    std::map<std::string, std::string> values = request.query;
    for (const Part& part : *parts) {
        if (part.name == "image") {
            job.pictures.push_back({part.data, name_of(part, job.pictures.size() + 1)});
        } else if (!values.emplace(part.name, part.data).second) {
            return refused("field_invalid", "The field \"" + part.name.substr(0, 64) + "\" was sent twice.");
        }
    }
    if (job.pictures.empty() || job.pictures.size() > scan::kMaxProductPhotos) {
        return refused("image_count", "Send one to six parts named \"image\", all of one product; these are " +
                                          std::to_string(job.pictures.size()) + ".");
    }
    auto fields = fields_of(values);
    if (!fields) return refused(fields.error().code, fields.error().detail);
    job.fields = std::move(*fields);
    return job;
}

Parsed job_of(const Request& request) {
    if (is_form(request.content_type)) return form_job(request);
    auto fields = fields_of(request.query);
    if (!fields) return refused(fields.error().code, fields.error().detail);
    return ScanJob{request.body, {{request.body->bytes, "photo"}}, std::move(*fields)};
}

// All that the report depends on, and whose it is: one customer's answers tell another nothing.
std::string cache_key(const Request& request, const ScanJob& job) {
    std::string all = request.client + '\0' + job.fields.key + '\0';
    for (const Picture& picture : job.pictures) {
        all.append(to_hex(sha256(picture.bytes))).append(picture.name).append(1, '\0');
    }
    return to_hex(sha256(all));
}

using Found = std::shared_ptr<const CachedReport>;

// What the log and the metrics are told, and the client in a header.
void tell(Reply& reply, const Found& found, bool cached) {
    reply.headers.emplace_back("Magscan-Cache", cached ? "hit" : "miss");
    reply.outcome = calc::name_of(found->report.assessment.outcome);
    reply.stages = found->report.timings;
    reply.cached = cached;
}

Reply report_reply(const Found& found, bool cached) {
    Reply reply;
    reply.content_type = "application/json";
    reply.body = found->json;
    tell(reply, found, cached);
    return reply;
}

// The report that is known, or that of the pictures, which is then kept.
tl::expected<Found, Reply> report_of(Service& service, const ScanJob& job, const std::string& key, const Found& known,
                                     const StopTest& is_stopped) {
    if (known) return known;
    auto report = scan_pictures(service.scanner, job, is_stopped);
    if (!report) return tl::unexpected(report.error());
    auto found = std::make_shared<CachedReport>();
    found->json = scan::report_json_line(*report) + "\n";
    found->report = std::move(*report);
    service.cache.put(key, found, ReportCache::Clock::now());
    return found;
}

Handled picture_route(Service& service, const Request& request, bool draws) {
    auto parsed = job_of(request);
    if (!parsed) return parsed.error();
    const auto job = std::make_shared<ScanJob>(std::move(*parsed));
    if (job->pictures.size() == 1 && !job->fields.name.empty()) job->pictures.front().name = job->fields.name;
    const std::string key = cache_key(request, *job);
    const Found known = service.cache.find(key, ReportCache::Clock::now());
    service.metrics.count_cache(known != nullptr);
    if (known && !draws) return report_reply(known, true);
    return Task{Lane::kPictures, [&service, job, key, known, draws](const StopTest& is_stopped) {
                    const auto found = report_of(service, *job, key, known, is_stopped);
                    if (!found) return found.error();
                    if (!draws) return report_reply(*found, false);
                    Reply reply = annotated_pictures(*job, (*found)->report, is_stopped);
                    if (!reply.problem) tell(reply, *found, known != nullptr);
                    return reply;
                }};
}

}  // namespace

Handled scan_route(Service& service, const Request& request) {
    return picture_route(service, request, false);
}

Handled annotate_route(Service& service, const Request& request) {
    return picture_route(service, request, true);
}

}  // namespace magscan::service
