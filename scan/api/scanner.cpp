#include "magscan/scanner.h"

#include <utility>

#include "ocr/image.h"
#include "ocr/image_pixels.h"
#include "scan/api/convert.h"
#include "scan/api/enums.h"
#include "scan/api/models.h"
#include "scan/api/turns.h"
#include "scan/api/watch.h"
#include "scan/cores.h"
#include "scan/scanner.h"

namespace magscan {

struct Scanner::State {
    State(scan::Scanner made, int at_once) : scanner(std::move(made)), turns(at_once) {}
    scan::Scanner scanner;
    api::Turns turns;
};

namespace {

constexpr int kMaxThreads = 64;
constexpr int kMaxScans = 1024;

static_assert(kMaxPictureBytes == ocr::kMaxImageBytes && kMaxPicturePixels == ocr::kMaxImagePixels &&
              kMinPictureSide == ocr::kMinImageSide && kMaxProductPhotos == scan::kMaxProductPhotos &&
              kMaxTextBytes == scan::kMaxTextBytes);

ocr::PixelView view_of(const Pixels& pixels) {
    return {static_cast<const std::byte*>(pixels.data), pixels.width, pixels.height, pixels.stride,
            api::mirrored<ocr::PixelFormat>(pixels.format)};
}

static_assert(api::match(Stage::kDecode, scan::Stage::kDecode) && api::match(Stage::kDetect, scan::Stage::kDetect) &&
              api::match(Stage::kRead, scan::Stage::kRead));

tl::expected<scan::Reading, Error> read(const scan::Scanner& scanner, const Photo& photo, std::size_t index,
                                        api::Watch& watch) {
    if (watch.is_stopped()) return tl::unexpected(watch.error(index));
    const auto is_stopped = [&] { return watch.is_stopped(); };
    const auto on_stage = [&](scan::Stage stage) { watch.tell(api::mirrored<Stage>(stage), index); };
    const auto* pixels = std::get_if<Pixels>(&photo.picture);
    auto reading = pixels ? scanner.read(view_of(*pixels), photo.name, is_stopped, on_stage)
                          : scanner.read(std::get<PictureBytes>(photo.picture), photo.name, is_stopped, on_stage);
    if (reading) return std::move(*reading);
    if (reading.error().kind == scan::ScanError::Kind::kStopped) return tl::unexpected(watch.error(index));
    Error error = api::error_of(reading.error());
    error.photo = index;
    return tl::unexpected(std::move(error));
}

// What is no picture is told at once, without a turn.
tl::expected<void, Error> probe(std::span<const Photo> photos) {
    for (std::size_t i = 0; i < photos.size(); ++i) {
        const auto* bytes = std::get_if<PictureBytes>(&photos[i].picture);
        if (bytes == nullptr) continue;
        if (const auto info = ocr::probe_image(*bytes); !info) {
            return api::fail(Error::Kind::kNotAPicture, info.error().message, i);
        }
    }
    return {};
}

// Gives the turn back however the call ends.
class Turn {
  public:
    explicit Turn(api::Turns& turns) : turns_(turns) {}
    ~Turn() { turns_.give(); }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

  private:
    api::Turns& turns_;
};

tl::expected<std::vector<scan::Reading>, Error> read_all(const scan::Scanner& scanner, api::Turns& turns,
                                                         std::span<const Photo> photos, api::Watch& watch) {
    if (!turns.take([&] { return watch.is_stopped(); })) return tl::unexpected(watch.error(0));
    const Turn turn(turns);
    std::vector<scan::Reading> readings;
    for (std::size_t i = 0; i < photos.size(); ++i) {
        auto reading = read(scanner, photos[i], i, watch);
        if (!reading) return tl::unexpected(std::move(reading.error()));
        readings.push_back(std::move(*reading));
    }
    return readings;
}

tl::expected<Report, Error> scan_photos(const scan::Scanner& scanner, api::Turns& turns, std::span<const Photo> photos,
                                        const ScanOptions& options) {
    const auto who = api::report_options(options);
    if (!who) return tl::unexpected(who.error());
    if (auto fine = probe(photos); !fine) return tl::unexpected(std::move(fine.error()));
    api::Watch watch(options, photos.size());
    auto readings = read_all(scanner, turns, photos, watch);
    if (!readings) return tl::unexpected(std::move(readings.error()));
    watch.tell(Stage::kUnderstand, photos.size() - 1);
    scan::Report report =
        photos.size() == 1 ? scan::report_of(readings->front(), *who) : scan::report_of_product(*readings, *who);
    if (!options.name.empty()) report.source.name = options.name;
    return api::report_of(std::move(report));
}

}  // namespace

Scanner::Scanner(std::shared_ptr<State> state) : state_(std::move(state)) {}

tl::expected<Scanner, Error> Scanner::create(const ScannerOptions& options) {
    return api::guarded([&]() -> tl::expected<Scanner, Error> {
        if (options.threads < 0 || options.threads > kMaxThreads) {
            return api::fail(Error::Kind::kUsage, "threads are 1 to 64, or 0 for one a core");
        }
        if (options.max_scans < 0 || options.max_scans > kMaxScans) {
            return api::fail(Error::Kind::kUsage, "max_scans is 1 to 1024, or 0 for one a core");
        }
        const auto models = api::models_folder(options.models);
        if (!models) return tl::unexpected(models.error());
        auto scanner =
            scan::Scanner::create({.models = *models, .tessdata = options.tessdata, .threads = options.threads});
        if (!scanner) return tl::unexpected(api::error_of(scanner.error()));
        const int at_once = options.max_scans > 0 ? options.max_scans : scan::usable_cores();
        return Scanner(std::make_shared<State>(std::move(*scanner), at_once));
    });
}

tl::expected<Report, Error> Scanner::scan(PictureBytes photo, const ScanOptions& options) const {
    const Photo one{photo, options.name};
    return api::guarded([&] { return scan_photos(state_->scanner, state_->turns, {&one, 1}, options); });
}

tl::expected<Report, Error> Scanner::scan(const Pixels& photo, const ScanOptions& options) const {
    const Photo one{photo, options.name};
    return api::guarded([&] { return scan_photos(state_->scanner, state_->turns, {&one, 1}, options); });
}

tl::expected<Report, Error> Scanner::scan_product(std::span<const Photo> photos, const ScanOptions& options) const {
    return api::guarded([&]() -> tl::expected<Report, Error> {
        if (photos.size() < 2 || photos.size() > kMaxProductPhotos) {
            return api::fail(Error::Kind::kUsage, "two to six photos make one product. Send that many");
        }
        return scan_photos(state_->scanner, state_->turns, photos, options);
    });
}

bool Scanner::has_detector() const {
    return state_->scanner.has_detector();
}

tl::expected<Report, Error> Scanner::parse(std::string_view text, const ScanOptions& options) {
    return api::guarded([&]() -> tl::expected<Report, Error> {
        const auto who = api::report_options(options);
        if (!who) return tl::unexpected(who.error());
        auto report = scan::report_of_text(text, options.name, *who);
        if (!report) return tl::unexpected(api::error_of(report.error()));
        return api::report_of(std::move(*report));
    });
}

tl::expected<Report, Error> Scanner::parse(const Page& page, const ScanOptions& options) {
    return api::guarded([&] { return api::report_of_page(api::page_of(page), options); });
}

tl::expected<Report, Error> Scanner::parse(std::span<const Page> pages, const ScanOptions& options) {
    return api::guarded([&] {
        std::vector<ocr::Page> all;
        for (const Page& page : pages) all.push_back(api::page_of(page));
        return api::report_of_pages(all, options);
    });
}

std::string_view version() {
    return MAGSCAN_VERSION_STRING;
}

}  // namespace magscan
