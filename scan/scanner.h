// Photo -> Report.
//
//     auto scanner = magscan::scan::Scanner::create({.models = "models"});
//     if (!scanner) return scanner.error().message;
//     auto report = scanner->scan(bytes, "bottle.jpg");
//     if (report) std::cout << magscan::scan::text_report(*report);
//
// A Scanner holds the models; make one and keep it. Its functions may be called from any number of threads at once, and
// the same bytes give the same report whatever the number of threads. Nothing is printed and nothing is thrown for what
// a caller can send.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "ocr/page.h"
#include "scan/report.h"
#include "scan/report_options.h"

namespace magscan::ocr {
struct DecodedImage;
struct PixelView;
}  // namespace magscan::ocr

namespace magscan::scan {

inline constexpr std::size_t kMaxTextBytes = 1'000'000;  // of one label's text
inline constexpr std::size_t kMaxProductPhotos = 6;

struct ScannerOptions {
    std::string models = {};    // folder of the text detector; where it is missing Tesseract finds the lines itself
    std::string tessdata = {};  // folder of eng.traineddata; empty: where Tesseract looks by itself
    int threads = 0;            // for one photo; 0: one a core
};

struct ScanError {
    enum class Kind {
        kUsage,        // the caller asked for what can't be done
        kNotAPicture,  // the bytes can't be read as a picture, or are more than is allowed
        kSetUp,        // the recogniser's data is missing or damaged
        kStopped,      // the caller's StopTest ended it
        kInternal,
    };
    Kind kind = Kind::kInternal;
    std::string message;    // one line: what is wrong, and what to do; names no file
    std::size_t photo = 0;  // which of several photos it is about, counted from 0
};

// A photo as sent. `name` goes into the report as it is: a file's name or an id, never a path.
struct Photo {
    std::span<const std::byte> bytes;
    std::string name;
};

// Asked now and then while a photo is read; true ends the reading with ScanError::Kind::kStopped. Called from several
// threads at once.
using StopTest = std::function<bool()>;

// What a photo's reading has come to.
enum class Stage { kDecode, kDetect, kRead };

// Told of each stage as it begins, on the thread that asked for the reading.
using StageHook = std::function<void(Stage)>;

// What was read on one photo, before it is understood.
struct Reading {
    ocr::Page page;
    SourceImage image;
    std::vector<Timing> timings;
};

class Scanner {
  public:
    static tl::expected<Scanner, ScanError> create(const ScannerOptions& options);
    ~Scanner();
    Scanner(Scanner&&) noexcept;
    Scanner& operator=(Scanner&&) noexcept;

    // `name` goes into the report as it is: a file's name or an id, never a path.
    tl::expected<Report, ScanError> scan(std::span<const std::byte> photo, const std::string& name,
                                         const ReportOptions& options = {}) const;

    // One report of one product from two to six photos: front and panel, left and right half, two tries at one side.
    // They are read one after another. A photo that can't be read is an error: a report without it would seem whole.
    tl::expected<Report, ScanError> scan_product(std::span<const Photo> photos,
                                                 const ReportOptions& options = {}) const;

    // The first half of scan(): the text and its places, without what it means.
    tl::expected<Reading, ScanError> read(std::span<const std::byte> photo, const std::string& name,
                                          const StopTest& is_stopped = {}, const StageHook& on_stage = {}) const;

    // The same of pixels, not owned; ocr/image_pixels.h tells what the report calls them.
    tl::expected<Reading, ScanError> read(const ocr::PixelView& photo, const std::string& name,
                                          const StopTest& is_stopped = {}, const StageHook& on_stage = {}) const;

    // False where the text detector's file is missing and Tesseract finds the lines.
    bool has_detector() const;

  private:
    struct Models;
    using Decode = std::function<tl::expected<ocr::DecodedImage, ScanError>()>;
    tl::expected<Reading, ScanError> read_decoded(const Decode& decode, const std::string& name,
                                                  const StopTest& is_stopped, const StageHook& on_stage) const;
    explicit Scanner(std::unique_ptr<Models> models);
    std::unique_ptr<Models> models_;
};

// The second half of scan().
Report report_of(const Reading& reading, const ReportOptions& options = {});

// The second half of scan_product(): at least one reading; source.name is the first photo's. Where the photos
// contradict each other the report warns of it (photos_disagree), and only what the label's own check digits settle is
// given. A photo sent twice is read as one.
Report report_of_product(std::span<const Reading> readings, const ReportOptions& options = {});

// Of a page that was read elsewhere (a phone's own recogniser, a recorded page). The report's source is text.
Report report_of_page(const ocr::Page& page, const std::string& name, const ReportOptions& options = {});

// The same of several pages of one product, at least one; Evidence::image is the page's index.
Report report_of_pages(std::span<const ocr::Page> pages, const std::string& name, const ReportOptions& options = {});

// Of a label's text, lines as printed. Longer texts than kMaxTextBytes are a usage error. Bytes that are no UTF-8
// become U+FFFD.
tl::expected<Report, ScanError> report_of_text(std::string_view text, const std::string& name,
                                               const ReportOptions& options = {});

}  // namespace magscan::scan
