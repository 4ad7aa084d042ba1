#include "tools/batch/scan_worker.h"

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <opencv2/core.hpp>
#include <utility>

#include "ocr/image.h"
#include "scan/json_line.h"
#include "scan/report_json.h"
#include "scan/scanner.h"
#include "tools/answer.h"
#include "tools/files.h"

namespace magscan::tools::batch {
namespace {

using Bytes = std::vector<std::byte>;

std::string failure_code(scan::ScanError::Kind kind) {
    switch (kind) {
        case scan::ScanError::Kind::kUsage:
            return "usage";
        case scan::ScanError::Kind::kNotAPicture:
            return "picture";
        case scan::ScanError::Kind::kSetUp:
        case scan::ScanError::Kind::kStopped:  // nobody stops a batch's reading
        case scan::ScanError::Kind::kInternal:
            return "internal";
    }
    return "internal";
}

// A pipe might never end, so only regular files are read.
tl::expected<Bytes, std::string> read_photo(const std::string& path) {
    std::error_code failed;
    const auto status = std::filesystem::status(path, failed);
    if (!failed && std::filesystem::exists(status) && !std::filesystem::is_regular_file(status) &&
        !std::filesystem::is_directory(status)) {
        return tl::unexpected(std::string("is no regular file. Name a file"));
    }
    return read_file(path, ocr::kMaxImageBytes);
}

class ScanWorker : public Worker {
  public:
    ScanWorker(std::shared_ptr<const scan::Scanner> scanner, scan::ReportOptions options)
        : scanner_(std::move(scanner)), options_(options) {}

    Expected<Result> work(const Item& item) override {
        if (!item.refusal.empty()) return failure_result(item, {"input", kNotAPicture, item.refusal, 0}, {});
        if (item.files.size() > scan::kMaxProductPhotos) {
            const std::string count = std::to_string(item.files.size());
            return failure_result(
                item, {"usage", kUsage, "the product has " + count + " photos. Name its two to six best", 0},
                hashes_of(item));
        }
        std::vector<Bytes> photos;
        std::vector<std::string> hashes;
        for (const std::string& file : item.files) {
            auto bytes = read_photo(file);
            if (!bytes) return failure_result(item, {"file", kNotAPicture, bytes.error(), photos.size()}, hashes);
            hashes.push_back(ocr::sha256_hex(*bytes));
            photos.push_back(std::move(*bytes));
        }
        const auto options = options_for(item);
        if (!options) return failure_result(item, {"usage", kUsage, options.error().message, 0}, hashes);
        auto report = scan(item, photos, *options);
        if (!report) {
            const scan::ScanError& error = report.error();
            return failure_result(item, {failure_code(error.kind), code_of(error), error.message, error.photo}, hashes);
        }
        report->source.name = item.id;
        nlohmann::ordered_json out = scan::report_json(*report);
        if (!item.columns.empty()) out["source"]["columns"] = item.columns;
        return Result{true, scan::json_line(out)};
    }

  private:
    Expected<scan::ReportOptions> options_for(const Item& item) const;

    tl::expected<scan::Report, scan::ScanError> scan(const Item& item, const std::vector<Bytes>& bytes,
                                                     const scan::ReportOptions& options) const {
        if (bytes.size() == 1) return scanner_->scan(bytes.front(), base_name(item.files.front()), options);
        std::vector<scan::Photo> photos;
        for (std::size_t i = 0; i < bytes.size(); ++i) photos.push_back({bytes[i], base_name(item.files[i])});
        return scanner_->scan_product(photos, options);
    }

    std::shared_ptr<const scan::Scanner> scanner_;
    scan::ReportOptions options_;
};

Expected<scan::ReportOptions> report_options(const ScanSettings& settings) {
    scan::ReportOptions options;
    if (!settings.profile.empty()) {
        const auto profile = calc::parse_profile(settings.profile);
        if (!profile) return problem(kUsage, profile.error());
        options.profile = *profile;
    }
    if (!settings.jurisdiction.empty()) {
        const auto place = calc::parse_jurisdiction(settings.jurisdiction);
        if (!place) return problem(kUsage, place.error());
        options.jurisdiction = *place;
    }
    return options;
}

Expected<scan::ReportOptions> ScanWorker::options_for(const Item& item) const {
    if (!item.options.is_object()) return options_;
    const auto text = [&](const char* name) {
        const auto found = item.options.find(name);
        return found != item.options.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    ScanSettings settings;
    settings.profile = text("profile");
    settings.jurisdiction = text("jurisdiction");
    return report_options(settings);
}

}  // namespace

Expected<WorkerFactory> scan_workers(const ScanSettings& settings) {
    const auto options = report_options(settings);
    if (!options) return tl::unexpected(options.error());
    cv::setNumThreads(1);  // several photos at once are cheaper than one on several threads
    auto scanner = scan::Scanner::create({.models = settings.models, .tessdata = settings.tessdata, .threads = 1});
    if (!scanner) return problem(code_of(scanner.error()), scanner.error().message);
    const auto shared = std::make_shared<const scan::Scanner>(std::move(*scanner));
    return WorkerFactory([shared, options = *options]() -> Expected<std::unique_ptr<Worker>> {
        return std::make_unique<ScanWorker>(shared, options);
    });
}

}  // namespace magscan::tools::batch
