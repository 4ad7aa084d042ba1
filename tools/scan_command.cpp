// magscan scan: photos in, answers out.
#include <algorithm>
#include <functional>
#include <memory>
#include <opencv2/core.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "ocr/image.h"
#include "ocr/page_json.h"
#include "scan/annotate.h"
#include "scan/cores.h"
#include "scan/json_line.h"
#include "scan/scanner.h"
#include "scan/wording.h"
#include "tools/answer.h"
#include "tools/commands.h"
#include "tools/files.h"
#include "tools/in_order.h"
#include "tools/messages.h"
#include "tools/models.h"
#include "tools/person_options.h"

namespace magscan::tools {
namespace {

struct ScanOptions {
    std::vector<std::string> photos;
    std::string annotate;
    std::string models;
    std::string tessdata;
    int threads = 0;
    bool json = false;
    bool page = false;
    bool same_product = false;
    scan::ReportOptions report;
};

constexpr const char* kFooter =
    "Examples:\n"
    "  magscan scan bottle.jpg\n"
    "  magscan scan --annotate seen.png bottle.jpg    marks on a copy of the photo what the answer rests on\n"
    "  magscan scan --json *.jpg > reports.jsonl      one report a line; a bad photo does not stop the others\n"
    "  magscan scan --page bottle.jpg                 what was read, line by line\n"
    "  magscan scan --same-product front.jpg back.jpg one answer from several photos of one product\n"
    "\n"
    "--same-product joins two to six photos: front and panel, left and right half, two tries at one side. What two\n"
    "photos say alike is surer; where they contradict each other and no percentage settles it, the answer says so and\n"
    "gives no figure. The report's name is the first photo's. If one of the photos can't be read as a picture, there\n"
    "is no answer and the exit code is 3; one on which nothing is legible is named in a warning. With --annotate the\n"
    "photos stand side by side in OUT.png.\n"
    "\n"
    "Several photos are read at once, one a thread, and each takes up to 400 MB; answers come in the order of the "
    "names.\n"
    "\n"
    "Photos are JPEG, PNG, WebP, HEIC, AVIF, TIFF or BMP, told apart by their content, up to 40 MB and 80 megapixels.\n"
    "Take the facts panel straight from the front, filling the picture, without reflections.\n"
    "magscan --help lists the exit codes.\n\n";

using Bytes = std::vector<std::byte>;

// Marks the evidence on copies of the photos, in the order of the report's. False after an error line.
bool write_annotated(const ScanOptions& options, const std::vector<Bytes>& photos, const scan::Report& report) {
    std::vector<cv::Mat> pictures;
    for (std::size_t i = 0; i < photos.size(); ++i) {
        const auto photo = ocr::decode_image(photos[i], 0);
        if (!photo) {
            print_error(options.photos[i], photo.error().message);
            return false;
        }
        pictures.push_back(photo->bgr);
    }
    const Bytes picture = scan::encode_png(scan::annotate(pictures, report));
    const auto written = picture.empty() ? tl::unexpected(std::string("the picture can't be made: too large for a PNG"))
                                         : write_file(options.annotate, picture);
    if (!written) print_error(options.annotate, written.error());
    return written.has_value();
}

std::string page_text(const ocr::Page& page) {
    std::string out;
    for (const ocr::Line& line : page.lines) out += scan::printable(ocr::text_of(line)) + "\n";
    return out;
}

std::string page_answer(const scan::Reading& reading, bool json, bool is_only) {
    if (json) return scan::json_line(ocr::to_json(reading.page)) + "\n";
    const std::string head = is_only ? "" : "== " + scan::printable(reading.image.name) + "\n";
    return head + page_text(reading.page);
}

// What became of one photo; `bytes` are kept where --annotate needs them.
struct Seen {
    Bytes bytes;
    scan::Reading reading;
};
struct Failure {
    std::string message;
    ExitCode code = kInternal;
};
using Look = tl::expected<Seen, Failure>;

class PhotoRun {
  public:
    // `jobs`: photos that are read at the same time.
    PhotoRun(const ScanOptions& options, const scan::Scanner& scanner, int jobs)
        : options_(options), scanner_(scanner), jobs_(jobs) {}

    ExitCode all() {
        bool is_written = true;
        look_at_all([&](std::size_t i, Look look) {
            is_written = !is_read(i, look) || show(*look);
            return is_written;
        });
        return is_written ? tally_.code() : kCannotWrite;
    }

    // One answer from all photos, or none: a report that lacks one of them would seem whole.
    ExitCode together() {
        std::vector<scan::Reading> readings;
        std::vector<Bytes> kept;
        look_at_all([&](std::size_t i, Look look) {
            if (!is_read(i, look)) return true;
            readings.push_back(std::move(look->reading));
            kept.push_back(std::move(look->bytes));
            return true;
        });
        if (readings.size() < options_.photos.size()) return tally_.code();
        const scan::Report report = scan::report_of_product(readings, options_.report);
        tally_.add_report(report);
        if (!print_answer(answer(report, options_.json, true))) return kCannotWrite;
        const bool written = options_.annotate.empty() || write_annotated(options_, kept, report);
        return written ? tally_.code() : kCannotWrite;
    }

  private:
    void look_at_all(const std::function<bool(std::size_t, Look)>& take) {
        const std::size_t count = options_.photos.size();
        in_order(
            count, jobs_,
            [&](std::size_t i) {
                if (count > 1) print_progress(i + 1, count, base_name(options_.photos[i]));
                return look_at(options_.photos[i]);
            },
            take);
    }

    // From several threads at once.
    Look look_at(const std::string& photo) const {
        auto bytes = read_file(photo, ocr::kMaxImageBytes);
        if (!bytes) return tl::unexpected(Failure{bytes.error(), kNotAPicture});
        auto reading = scanner_.read(*bytes, base_name(photo));
        if (!reading) return tl::unexpected(Failure{reading.error().message, code_of(reading.error())});
        return Seen{options_.annotate.empty() ? Bytes() : std::move(*bytes), std::move(*reading)};
    }

    bool is_read(std::size_t index, const Look& look) {
        if (look) return true;
        print_error(options_.photos[index], look.error().message);
        tally_.add_error(look.error().code);
        return false;
    }

    // False where the answer can't be written, which ends the run.
    bool show(const Seen& seen) {
        const scan::Report report = scan::report_of(seen.reading, options_.report);
        tally_.add_report(report);
        const std::string text = options_.page ? page_answer(seen.reading, options_.json, options_.photos.size() == 1)
                                               : answer(report, options_.json, is_first_);
        is_first_ = false;
        if (!print_answer(text)) return false;
        return options_.annotate.empty() || write_annotated(options_, {seen.bytes}, report);
    }

    const ScanOptions& options_;
    const scan::Scanner& scanner_;
    int jobs_;
    Tally tally_;
    bool is_first_ = true;
};

std::optional<std::string> misuse(const ScanOptions& options) {
    const std::size_t count = options.photos.size();
    if (options.same_product && (count < 2 || count > scan::kMaxProductPhotos)) {
        return "--same-product joins two to six photos. Name that many";
    }
    if (options.same_product && options.page) {
        return "--page prints each photo by itself. Leave it or --same-product out";
    }
    if (options.annotate.empty()) return std::nullopt;
    if (count > 1 && !options.same_product) {
        return "--annotate draws on one photo, or with --same-product on those of one product. Name one, or leave it "
               "out";
    }
    const bool overwrites = std::any_of(options.photos.begin(), options.photos.end(),
                                        [&](const std::string& photo) { return same_file(options.annotate, photo); });
    if (overwrites) return "--annotate would overwrite the photo. Name another file";
    return std::nullopt;
}

int scan_photos(const ScanOptions& options) {
    if (const auto wrong = misuse(options)) {
        print_error(*wrong);
        return kUsage;
    }
    const int threads = options.threads > 0 ? options.threads : scan::usable_cores();
    const int jobs = static_cast<int>(std::min(options.photos.size(), static_cast<std::size_t>(threads)));
    const int threads_a_photo = threads / jobs;
    cv::setNumThreads(threads_a_photo);
    const auto scanner = scan::Scanner::create(
        {.models = models_folder(options.models), .tessdata = options.tessdata, .threads = threads_a_photo});
    if (!scanner) {
        print_error(scanner.error().message);
        return code_of(scanner.error());
    }
    PhotoRun run(options, *scanner, jobs);
    return options.same_product ? run.together() : run.all();
}

}  // namespace

void add_scan_command(CLI::App& app, Run& run) {
    auto options = std::make_shared<ScanOptions>();
    CLI::App* command = app.add_subcommand("scan", "Read photos of labels");
    command->add_option("PHOTO", options->photos, "Photos, each of one product; with --same-product all of one")
        ->required()
        ->type_name("");
    command->add_flag("--json", options->json, "Print reports (docs/report.schema.json), one a line");
    command->add_option("--annotate", options->annotate, "Write a PNG of the photo with the evidence marked")
        ->type_name("OUT.png");
    command->add_flag("--same-product", options->same_product, "One report from two to six photos of one product");
    command->add_flag("--page", options->page, "Print what was read instead of what it means");
    command->add_option("--threads", options->threads, "0: one a core. Reports do not depend on it")
        ->check(CLI::Range(0, 64).description(""))
        ->type_name("N");
    command->add_option("--models", options->models, "Folder of the text detector")->type_name("DIR");
    command->add_option("--tessdata", options->tessdata, "Folder of eng.traineddata")->type_name("DIR");
    add_person_options(*command, options->report);
    command->footer(std::string(kFooter) + kPersonHelp);
    command->callback([options, &run] { run = [options] { return scan_photos(*options); }; });
}

}  // namespace magscan::tools
