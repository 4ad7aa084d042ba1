// magscan scan: photos in, answers out.
#include <memory>
#include <optional>
#include <vector>

#include "ocr/image.h"
#include "ocr/page_json.h"
#include "scan/annotate.h"
#include "scan/scanner.h"
#include "scan/wording.h"
#include "tools/answer.h"
#include "tools/commands.h"
#include "tools/files.h"
#include "tools/messages.h"
#include "tools/models.h"

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
};

constexpr const char* kFooter =
    "Examples:\n"
    "  magscan scan bottle.jpg\n"
    "  magscan scan --annotate seen.png bottle.jpg    marks on a copy of the photo what the answer rests on\n"
    "  magscan scan --json *.jpg > reports.jsonl      one report a line; a bad photo does not stop the others\n"
    "  magscan scan --page bottle.jpg                 what was read, line by line\n"
    "\n"
    "Photos are JPEG, PNG, WebP, HEIC, AVIF, TIFF or BMP, told apart by their content, up to 40 MB and 80 megapixels.\n"
    "Take the facts panel straight from the front, filling the picture, without reflections.\n"
    "magscan --help lists the exit codes.";

using Bytes = std::vector<std::byte>;

// Marks the evidence on a copy of the photo. False after an error line.
bool write_annotated(const ScanOptions& options, const Bytes& bytes, const scan::Report& report) {
    const auto photo = ocr::decode_image(bytes, 0);
    if (!photo) {
        print_error(options.photos.front(), photo.error().message);
        return false;
    }
    const Bytes picture = scan::encode_png(scan::annotate(photo->bgr, report));
    const auto written = picture.empty() ? tl::unexpected(std::string("the picture can't be made: too large for a PNG"))
                                         : write_file(options.annotate, picture);
    if (!written) print_error(options.annotate, written.error());
    return written.has_value();
}

std::string page_text(const ocr::Page& page) {
    std::string out;
    for (const ocr::Line& line : page.lines) {
        std::string words;
        for (const ocr::Word& word : line.words) words += (words.empty() ? "" : " ") + word.text;
        out += scan::printable(words) + "\n";
    }
    return out;
}

std::string page_answer(const scan::Reading& reading, bool json, bool is_only) {
    if (json) return ocr::to_json(reading.page).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
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

  private:
    // False where the answer can't be written, which ends the run.
    bool one(const std::string& photo) {
        const auto bytes = read_file(photo, ocr::kMaxImageBytes);
        if (!bytes) {
            print_error(photo, bytes.error());
            tally_.add_error(kNotAPicture);
            return true;
        }
        const auto reading = scanner_.read(*bytes, base_name(photo));
        if (!reading) {
            print_error(photo, reading.error().message);
            tally_.add_error(code_of(reading.error()));
            return true;
        }
        const scan::Report report = scan::report_of(*reading);
        tally_.add_report(report);
        const std::string text = options_.page ? page_answer(*reading, options_.json, options_.photos.size() == 1)
                                               : answer(report, options_.json, is_first_);
        is_first_ = false;
        if (!print_answer(text)) return false;
        return options_.annotate.empty() || write_annotated(options_, *bytes, report);
    }

    const ScanOptions& options_;
    const scan::Scanner& scanner_;
    Tally tally_;
    bool is_first_ = true;
};

std::optional<std::string> misuse(const ScanOptions& options) {
    if (options.annotate.empty()) return std::nullopt;
    if (options.photos.size() > 1) return "--annotate draws on one photo only. Name one, or leave --annotate out";
    if (same_file(options.annotate, options.photos.front())) {
        return "--annotate would overwrite the photo. Name another file";
    }
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
    return PhotoRun(options, *scanner).all();
}

}  // namespace

void add_scan_command(CLI::App& app, Run& run) {
    auto options = std::make_shared<ScanOptions>();
    CLI::App* command = app.add_subcommand("scan", "Read photos of labels");
    command->add_option("PHOTO", options->photos, "Photos, each of one product")->required()->type_name("");
    command->add_flag("--json", options->json, "Print reports (docs/report.schema.json), one a line");
    command->add_option("--annotate", options->annotate, "Write a PNG of the photo with the evidence marked")
        ->type_name("OUT.png");
    command->add_flag("--page", options->page, "Print what was read instead of what it means");
    command->add_option("--threads", options->threads, "For one photo; 0: one a core. The report does not depend on it")
        ->check(CLI::Range(0, 64).description(""))
        ->type_name("N");
    command->add_option("--models", options->models, "Folder of the text detector")->type_name("DIR");
    command->add_option("--tessdata", options->tessdata, "Folder of eng.traineddata")->type_name("DIR");
    command->footer(kFooter);
    command->callback([options, &run] { run = [options] { return scan_photos(*options); }; });
}

}  // namespace magscan::tools
