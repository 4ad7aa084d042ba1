// magscan scan: photos in, answers out.
#include <algorithm>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "ocr/image.h"
#include "ocr/page_json.h"
#include "scan/annotate.h"
#include "scan/json_line.h"
#include "scan/scanner.h"
#include "scan/wording.h"
#include "tools/answer.h"
#include "tools/commands.h"
#include "tools/files.h"
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

class PhotoRun {
  public:
    PhotoRun(const ScanOptions& options, const scan::Scanner& scanner) : options_(options), scanner_(scanner) {}

    ExitCode all() {
        for (std::size_t i = 0; i < options_.photos.size(); ++i) {
            const std::string& photo = options_.photos[i];
            if (options_.photos.size() > 1) print_progress(i + 1, options_.photos.size(), base_name(photo));
            if (!one(photo)) return kCannotWrite;
        }
        return tally_.code();
    }

    // One answer from all photos, or none: a report that lacks one of them would seem whole.
    ExitCode together() {
        std::vector<scan::Reading> readings;
        std::vector<Bytes> kept;  // for --annotate only
        for (std::size_t i = 0; i < options_.photos.size(); ++i) {
            const std::string& photo = options_.photos[i];
            print_progress(i + 1, options_.photos.size(), base_name(photo));
            auto bytes = read_file(photo, ocr::kMaxImageBytes);
            if (!bytes) {
                print_error(photo, bytes.error());
                tally_.add_error(kNotAPicture);
                continue;
            }
            if (auto reading = read(photo, *bytes)) readings.push_back(std::move(*reading));
            if (!options_.annotate.empty()) kept.push_back(std::move(*bytes));
        }
        if (readings.size() < options_.photos.size()) return tally_.code();
        const scan::Report report = scan::report_of_product(readings, options_.report);
        tally_.add_report(report);
        if (!print_answer(answer(report, options_.json, true))) return kCannotWrite;
        const bool written = options_.annotate.empty() || write_annotated(options_, kept, report);
        return written ? tally_.code() : kCannotWrite;
    }

  private:
    // False where the answer can't be written, which ends the run.
    bool one(const std::string& photo) {
        const auto bytes = read_file(photo, ocr::kMaxImageBytes);
        if (!bytes) {
            print_error(photo, bytes.error());
            tally_.add_error(kNotAPicture);
            return true;
        }
        const auto reading = read(photo, *bytes);
        if (!reading) return true;
        const scan::Report report = scan::report_of(*reading, options_.report);
        tally_.add_report(report);
        const std::string text = options_.page ? page_answer(*reading, options_.json, options_.photos.size() == 1)
                                               : answer(report, options_.json, is_first_);
        is_first_ = false;
        if (!print_answer(text)) return false;
        return options_.annotate.empty() || write_annotated(options_, {*bytes}, report);
    }

    std::optional<scan::Reading> read(const std::string& photo, const Bytes& bytes) {
        auto reading = scanner_.read(bytes, base_name(photo));
        if (reading) return std::move(*reading);
        print_error(photo, reading.error().message);
        tally_.add_error(code_of(reading.error()));
        return std::nullopt;
    }

    const ScanOptions& options_;
    const scan::Scanner& scanner_;
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
    const auto scanner = scan::Scanner::create(
        {.models = models_folder(options.models), .tessdata = options.tessdata, .threads = options.threads});
    if (!scanner) {
        print_error(scanner.error().message);
        return code_of(scanner.error());
    }
    PhotoRun run(options, *scanner);
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
    command->add_option("--threads", options->threads, "For one photo; 0: one a core. The report does not depend on it")
        ->check(CLI::Range(0, 64).description(""))
        ->type_name("N");
    command->add_option("--models", options->models, "Folder of the text detector")->type_name("DIR");
    command->add_option("--tessdata", options->tessdata, "Folder of eng.traineddata")->type_name("DIR");
    add_person_options(*command, options->report);
    command->footer(std::string(kFooter) + kPersonHelp);
    command->callback([options, &run] { run = [options] { return scan_photos(*options); }; });
}

}  // namespace magscan::tools
