#include "tools/service/scan_job.h"

#include <algorithm>
#include <cctype>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "ocr/image.h"
#include "scan/annotate.h"
#include "tools/files.h"
#include "tools/service/options.h"
#include "tools/service/problem.h"

namespace magscan::service {
namespace {

std::string_view code_of(ocr::ImageError::Code code) {
    using Code = ocr::ImageError::Code;
    switch (code) {
        case Code::kNotAPicture:
        case Code::kUnsupported:
            return "picture_unsupported";
        case Code::kTooLarge:
            return "picture_too_large";
        case Code::kAnimated:
            return "picture_animated";
        case Code::kTooSmall:
            return "picture_too_small";
        case Code::kEmpty:
        case Code::kCorrupt:
            return "picture_damaged";
    }
    return "picture_damaged";
}

std::string_view code_of(scan::ScanError::Kind kind) {
    using Kind = scan::ScanError::Kind;
    if (kind == Kind::kNotAPicture) return "picture_damaged";
    return kind == Kind::kStopped ? "deadline_exceeded" : "internal_error";
}

// A sentence about one of the job's pictures.
Reply picture_problem(std::string_view code, const ScanJob& job, std::size_t picture, std::string message) {
    if (job.pictures.size() > 1) {
        message = "picture " + std::to_string(picture + 1) + ": " + message;
    } else if (!message.empty()) {
        message.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(message.front())));
    }
    return problem(code, message + ".");
}

Reply stopped() {
    return problem("deadline_exceeded", "Nobody waited for the answer any more.");
}

// The evidence of one of the report's pictures in pixels of a smaller copy.
void scale_evidence(std::vector<parser::Evidence>& evidence, int image, float scale) {
    for (parser::Evidence& item : evidence) {
        if (item.image != image) continue;
        for (ocr::Point& point : item.polygon) point = {point.x * scale, point.y * scale};
    }
}

void scale_evidence(scan::Report& report, int image, float scale) {
    if (report.assessment.serving) scale_evidence(report.assessment.serving->evidence, image, scale);
    for (calc::Entry& entry : report.assessment.entries) scale_evidence(entry.evidence, image, scale);
}

// No longer than kAnnotatedSide; `scale` becomes its pixels per pixel of the photo.
cv::Mat small_copy(const ocr::DecodedImage& photo, double& scale) {
    scale = photo.scale;
    const double shrink = static_cast<double>(kAnnotatedSide) / std::max(photo.bgr.cols, photo.bgr.rows);
    if (shrink >= 1) return photo.bgr;
    cv::Mat small;
    cv::resize(photo.bgr, small, {}, shrink, shrink, cv::INTER_AREA);
    scale *= shrink;
    return small;
}

}  // namespace

tl::expected<scan::Report, Reply> scan_pictures(const scan::Scanner& scanner, const ScanJob& job,
                                                const StopTest& is_stopped) {
    // All headers first: what can't be read at all costs next to nothing.
    for (std::size_t i = 0; i < job.pictures.size(); ++i) {
        if (const auto info = ocr::probe_image(tools::bytes_of(job.pictures[i].bytes)); !info)
            return tl::unexpected(picture_problem(code_of(info.error().code), job, i, info.error().message));
    }
    std::vector<scan::Reading> readings;
    for (std::size_t i = 0; i < job.pictures.size(); ++i) {
        if (is_stopped()) return tl::unexpected(stopped());
        auto reading = scanner.read(tools::bytes_of(job.pictures[i].bytes), job.pictures[i].name, is_stopped);
        if (!reading)
            return tl::unexpected(picture_problem(code_of(reading.error().kind), job, i, reading.error().message));
        readings.push_back(std::move(*reading));
    }
    const scan::ReportOptions& options = job.fields.options;
    scan::Report report =
        readings.size() == 1 ? scan::report_of(readings.front(), options) : scan::report_of_product(readings, options);
    if (!job.fields.name.empty()) report.source.name = job.fields.name;
    return report;
}

Reply annotated_pictures(const ScanJob& job, const scan::Report& report, const StopTest& is_stopped) {
    scan::Report drawn = report;
    std::vector<cv::Mat> pictures;
    for (std::size_t i = 0; i < job.pictures.size(); ++i) {
        if (is_stopped()) return stopped();
        const auto photo = ocr::decode_image(tools::bytes_of(job.pictures[i].bytes), kAnnotatedSide);
        if (!photo) return picture_problem(code_of(photo.error().code), job, i, photo.error().message);
        double scale = 1;
        pictures.push_back(small_copy(*photo, scale));
        scale_evidence(drawn, static_cast<int>(i), static_cast<float>(scale));
    }
    const std::vector<std::byte> png = scan::encode_png(scan::annotate(pictures, drawn));
    if (png.empty()) return problem("internal_error", "The picture could not be made.");
    Reply reply;
    reply.content_type = "image/png";
    reply.body.assign(reinterpret_cast<const char*>(png.data()), png.size());
    return reply;
}

}  // namespace magscan::service
