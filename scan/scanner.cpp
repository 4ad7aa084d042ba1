#include "scan/scanner.h"

#include <unicode/unistr.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <new>
#include <utility>

#include "calc/assess.h"
#include "ocr/image.h"
#include "ocr/image_pixels.h"
#include "ocr/page_json.h"
#include "ocr/reader.h"
#include "parser/fuse.h"
#include "parser/interest.h"
#include "parser/label_parser.h"
#include "parser/lexicon.h"
#include "scan/cores.h"
#include "scan/photo_advice.h"
#include "scan/second_try.h"

namespace magscan::scan {
namespace {

constexpr int kMaxThreads = 64;

class Stopwatch {
  public:
    // Milliseconds since the last call, or since it was made.
    double lap() {
        const auto now = std::chrono::steady_clock::now();
        const std::chrono::duration<double, std::milli> passed = now - std::exchange(last_, now);
        return passed.count();
    }

  private:
    std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

std::optional<std::string> if_any(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

void add_once(std::vector<parser::Warning>& to, const std::vector<parser::Warning>& from) {
    for (const parser::Warning& warning : from) {
        const bool known = std::any_of(to.begin(), to.end(), [&](const parser::Warning& other) {
            return other.code == warning.code && other.message == warning.message;
        });
        if (!known) to.push_back(warning);
    }
}

// Whose recommendations to give: the place that was asked for, else where the label comes from.
calc::Jurisdiction home_of(const Report& report) {
    if (report.options.jurisdiction) return *report.options.jurisdiction;
    return calc::home_of(report.assessment.market).value_or(calc::Jurisdiction::kUs);
}

// Understands a label, which is the same for a photo and for text.
Report report_of_label(const parser::Label& label, const ReportOptions& options, Stopwatch& watch) {
    Report report;
    report.options = options;
    report.engine.magscan = MAGSCAN_VERSION;
    report.engine.knowledge = parser::lexicon_version();
    const auto& place = options.jurisdiction;
    report.assessment = calc::assess(label, place ? calc::market_of(*place) : parser::Jurisdiction::kUnknown);
    calc::LimitVerdicts verdicts = calc::limits_for(report.assessment, options.profile, place);
    report.limits = std::move(verdicts.limits);
    if (place || !calc::is_default(options.profile)) {
        report.intake = calc::intake_for(options.profile, home_of(report));
    }
    report.suitability = calc::suitability_of(report.assessment, label.words, options.profile, report.limits);
    report.timings.push_back({"assess", watch.lap()});
    add_once(report.warnings, report.assessment.warnings);
    add_once(report.warnings, verdicts.warnings);
    return report;
}

// Some recognisers give lines without their places: such a page is a text.
bool has_places(const ocr::Page& page) {
    return std::any_of(page.lines.begin(), page.lines.end(), [](const ocr::Line& line) {
        return std::any_of(line.words.begin(), line.words.end(),
                           [](const ocr::Word& word) { return !word.polygon.empty(); });
    });
}

std::string text_of(const ocr::Page& page) {
    std::string out;
    for (const ocr::Line& line : page.lines) out += ocr::text_of(line) + "\n";
    return out;
}

parser::Label label_of(const ocr::Page& page) {
    return has_places(page) ? parser::parse_page(page) : parser::parse_text(text_of(page));
}

Report report_of_lines(const ocr::Page& page, const ReportOptions& options) {
    Stopwatch watch;
    const parser::Label label = label_of(page);
    const double parsing = watch.lap();
    Report report = report_of_label(label, options, watch);
    report.timings.insert(report.timings.begin(), {"parse", parsing});
    report.engine.tesseract = if_any(page.recognizer);
    report.engine.detector = if_any(page.detector);
    add_once(report.warnings, photo_advice(page, report.assessment));
    return report;
}

// How messages call a photo: by its number where its name says nothing.
std::string title_of(std::size_t photo, const std::string& name) {
    return "Photo " + std::to_string(photo + 1) + (name.empty() ? "" : " (" + name + ")") + ": ";
}

// `names`: one a page, or none.
Report report_of_parts(const std::vector<const ocr::Page*>& pages, const std::vector<std::string>& names,
                       const ReportOptions& options) {
    Stopwatch watch;
    std::vector<parser::Label> labels;
    for (const ocr::Page* page : pages) labels.push_back(label_of(*page));
    std::vector<parser::Label> witnesses = labels;
    for (std::size_t i = 0; i < pages.size(); ++i) {
        const auto same = [&](const ocr::Page* before) { return ocr::to_json(*before) == ocr::to_json(*pages[i]); };
        // The same photo again bears no witness.
        if (std::any_of(pages.begin(), pages.begin() + static_cast<std::ptrdiff_t>(i), same)) witnesses[i] = {};
    }
    const parser::Label label = parser::fuse(witnesses);
    const double parsing = watch.lap();
    Report report = report_of_label(label, options, watch);
    report.timings.insert(report.timings.begin(), {"parse", parsing});
    for (std::size_t i = 0; i < pages.size(); ++i) {
        if (!report.engine.tesseract) report.engine.tesseract = if_any(pages[i]->recognizer);
        if (!report.engine.detector) report.engine.detector = if_any(pages[i]->detector);
        // A photo that was not read is named even where the others give the answer.
        calc::Assessment own;
        own.outcome = calc::assess(labels[i]).outcome;
        const bool unread = own.outcome == calc::Outcome::kUnreadable;
        auto advice = photo_advice(*pages[i], unread ? own : report.assessment);
        for (parser::Warning& warning : advice) {
            if (warning.code != "detector_missing")
                warning.message = title_of(i, names.empty() ? "" : names[i]) + warning.message;
        }
        add_once(report.warnings, advice);
    }
    return report;
}

void add_total(std::vector<Timing>& timings) {
    double total = 0;
    for (const Timing& timing : timings) total += timing.milliseconds;
    timings.push_back({"total", total});
}

int threads_for(int wanted) {
    return std::clamp(wanted > 0 ? wanted : usable_cores(), 1, kMaxThreads);
}

tl::expected<ocr::DecodedImage, ScanError> decoded_or_error(tl::expected<ocr::DecodedImage, ocr::ImageError> image) {
    return std::move(image).map_error([](const ocr::ImageError& error) {
        return ScanError{ScanError::Kind::kNotAPicture, error.message};
    });
}

ocr::Page read_again(const ocr::Reader& reader, const ocr::DecodedImage& photo, const ocr::Page& page,
                     const SecondTry& second_try, const StopTest& is_stopped) {
    const ocr::Part part{page, second_try.kept, second_try.seen};
    std::optional<ocr::Page> again;
    if (second_try.enlarged) again = reader.read_enlarged(photo.bgr, photo.scale, part, is_stopped);
    if (!again) again = reader.read_sharpened(photo.bgr, photo.scale, part, is_stopped);
    return again ? with_second_try(page, std::move(*again), second_try) : page;
}

// Text as the parser expects it: valid UTF-8 without NUL.
std::string clean_text(std::string_view text) {
    std::string out;
    if (std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; })) {
        out = text;
    } else {
        icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())}).toUTF8String(out);
    }
    std::replace(out.begin(), out.end(), '\0', ' ');
    return out;
}

}  // namespace

struct Scanner::Models {
    std::unique_ptr<ocr::Reader> reader;
    int max_side = 0;
};

Scanner::Scanner(std::unique_ptr<Models> models) : models_(std::move(models)) {}
Scanner::~Scanner() = default;
Scanner::Scanner(Scanner&&) noexcept = default;
Scanner& Scanner::operator=(Scanner&&) noexcept = default;

tl::expected<Scanner, ScanError> Scanner::create(const ScannerOptions& options) {
    ocr::ReaderOptions settings;
    settings.models = options.models;
    settings.tessdata = options.tessdata;
    settings.threads = threads_for(options.threads);
    settings.interest = parser::interest_of;
    auto reader = ocr::Reader::create(settings);
    if (!reader)
        return tl::unexpected(
            ScanError{ScanError::Kind::kSetUp, reader.error() + ". Run ./setup, or name the right folder"});
    auto models = std::make_unique<Models>();
    models->reader = std::move(*reader);
    models->max_side = settings.max_side;
    return Scanner(std::move(models));
}

tl::expected<Reading, ScanError> Scanner::read_decoded(const Decode& decode, const std::string& name,
                                                       const StopTest& is_stopped, const StageHook& on_stage) const
    try {
    const auto begin = [&](Stage stage) {
        if (on_stage) on_stage(stage);
    };
    begin(Stage::kDecode);
    Stopwatch watch;
    auto decoded = decode();
    if (!decoded) return tl::unexpected(decoded.error());
    const double decoding = watch.lap();
    begin(Stage::kDetect);
    Reading out;
    const ocr::Reader& reader = *models_->reader;
    out.page = reader.read(decoded->bgr, decoded->scale, is_stopped, [&] { begin(Stage::kRead); });
    if (const auto second_try = second_try_for(out.page)) {
        ocr::Page second = read_again(reader, *decoded, out.page, *second_try, is_stopped);
        if (is_clearer(second, out.page)) out.page = std::move(second);
    }
    const double reading = watch.lap();
    out.image = {name,
                 decoded->sha256,
                 std::string(ocr::to_string(decoded->info.format)),
                 decoded->info.width,
                 decoded->info.height,
                 out.page.rotation};
    out.timings = {{"decode", decoding}, {"read", reading}};
    return out;
} catch (const ocr::Stopped&) {
    return tl::unexpected(ScanError{ScanError::Kind::kStopped, "the reading was stopped before it was done"});
} catch (const std::bad_alloc&) {
    return tl::unexpected(
        ScanError{ScanError::Kind::kInternal, "not enough memory to read this photo. Send it smaller"});
} catch (const std::exception& error) {
    return tl::unexpected(ScanError{ScanError::Kind::kInternal, std::string("reading failed: ") + error.what()});
}

tl::expected<Reading, ScanError> Scanner::read(std::span<const std::byte> photo, const std::string& name,
                                               const StopTest& is_stopped, const StageHook& on_stage) const {
    const auto decode = [&] { return decoded_or_error(ocr::decode_image(photo, models_->max_side)); };
    return read_decoded(decode, name, is_stopped, on_stage);
}

tl::expected<Reading, ScanError> Scanner::read(const ocr::PixelView& photo, const std::string& name,
                                               const StopTest& is_stopped, const StageHook& on_stage) const {
    const auto decode = [&] { return decoded_or_error(ocr::image_of_pixels(photo)); };
    return read_decoded(decode, name, is_stopped, on_stage);
}

bool Scanner::has_detector() const {
    return models_->reader->detector() != "tesseract-layout";
}

tl::expected<Report, ScanError> Scanner::scan_product(std::span<const Photo> photos,
                                                      const ReportOptions& options) const {
    if (photos.size() < 2 || photos.size() > kMaxProductPhotos) {
        return tl::unexpected(ScanError{ScanError::Kind::kUsage, "two to six photos make one product. Send that many"});
    }
    std::vector<Reading> readings;
    for (std::size_t i = 0; i < photos.size(); ++i) {
        auto reading = read(photos[i].bytes, photos[i].name);
        if (!reading) {
            reading.error().photo = i;
            return tl::unexpected(reading.error());
        }
        readings.push_back(std::move(*reading));
    }
    return report_of_product(readings, options);
}

tl::expected<Report, ScanError> Scanner::scan(std::span<const std::byte> photo, const std::string& name,
                                              const ReportOptions& options) const {
    return read(photo, name).map([&](const Reading& reading) { return report_of(reading, options); });
}

Report report_of(const Reading& reading, const ReportOptions& options) {
    Report report = report_of_lines(reading.page, options);
    report.source = {reading.image.name, SourceKind::kPhoto, {reading.image}};
    report.timings.insert(report.timings.begin(), reading.timings.begin(), reading.timings.end());
    add_total(report.timings);
    return report;
}

Report report_of_product(std::span<const Reading> readings, const ReportOptions& options) {
    std::vector<const ocr::Page*> pages;
    std::vector<std::string> names;
    for (const Reading& reading : readings) {
        pages.push_back(&reading.page);
        names.push_back(reading.image.name);
    }
    Report report = report_of_parts(pages, names, options);
    report.source = {names.front(), SourceKind::kPhotos, {}};
    double decoding = 0, read = 0;
    for (const Reading& reading : readings) {
        report.source.images.push_back(reading.image);
        for (const Timing& timing : reading.timings) {
            (timing.stage == "decode" ? decoding : read) += timing.milliseconds;
        }
    }
    report.timings.insert(report.timings.begin(), {{"decode", decoding}, {"read", read}});
    add_total(report.timings);
    return report;
}

Report report_of_pages(std::span<const ocr::Page> pages, const std::string& name, const ReportOptions& options) {
    std::vector<const ocr::Page*> all;
    for (const ocr::Page& page : pages) all.push_back(&page);
    Report report = report_of_parts(all, {}, options);
    report.source = {name, SourceKind::kText, {}};
    add_total(report.timings);
    return report;
}

Report report_of_page(const ocr::Page& page, const std::string& name, const ReportOptions& options) {
    Report report = report_of_lines(page, options);
    report.source = {name, SourceKind::kText, {}};
    add_total(report.timings);
    return report;
}

tl::expected<Report, ScanError> report_of_text(std::string_view text, const std::string& name,
                                               const ReportOptions& options) {
    if (text.size() > kMaxTextBytes) {
        return tl::unexpected(ScanError{ScanError::Kind::kUsage, "longer than 1 MB. Send the text of one label"});
    }
    Stopwatch watch;
    const parser::Label label = parser::parse_text(clean_text(text));
    const double parsing = watch.lap();
    Report report = report_of_label(label, options, watch);
    report.timings.insert(report.timings.begin(), {"parse", parsing});
    report.source = {name, SourceKind::kText, {}};
    add_total(report.timings);
    return report;
}

}  // namespace magscan::scan
