// Photo in, elemental magnesium out.
//
//     #include <magscan/scanner.h>
//
//     #include <fstream>
//     #include <iostream>
//     #include <iterator>
//
//     int main() {
//         const auto scanner = magscan::Scanner::create();
//         if (!scanner) return std::cerr << scanner.error().message << '\n', 1;
//         std::ifstream in("bottle.jpg", std::ios::binary);
//         const std::string photo(std::istreambuf_iterator<char>(in), {});
//         const auto report = scanner->scan(std::as_bytes(std::span(photo)), {.name = "bottle.jpg"});
//         if (!report) return std::cerr << report.error().message << '\n', 1;
//         const auto& dose = report->elemental().per_serving;
//         if (dose && dose->value) std::cout << *dose->value << " mg per serving\n";
//         std::cout << report->to_json() << '\n';
//     }
//
// Threads: make one Scanner and keep it. It is a handle to shared models: a copy is the same Scanner. All functions may
// be called on it from any number of threads at once, and the same bytes give the same report whatever the number of
// threads. After fork() make a new one in the child; see docs/embedding.md.
//
// Errors are values. Nothing is thrown for what a caller can send, nothing is printed, nothing is logged or written to
// disk, and no network is used. (libheif's decoder of HEVC, libde265, prints a line for some broken HEIC.)
//
// Of the host's state nothing is changed but two things: Tesseract's global parameter debug_file is set to /dev/null,
// which stays open, and Leptonica's messages are turned off; only a host that uses these itself may notice. Locale,
// environment, signal handlers, and OpenCV's and OpenMP's settings stay as they are, and the answer does not depend on
// the locale. $MAGSCAN_MODELS and $TESSDATA_PREFIX are read by create().
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <tl/expected.hpp>

#include "magscan/dose.h"
#include "magscan/error.h"
#include "magscan/export.h"
#include "magscan/options.h"
#include "magscan/page.h"
#include "magscan/picture.h"
#include "magscan/report.h"
#include "magscan/version.h"

namespace magscan {

class MAGSCAN_API Scanner {
  public:
    // Loads the models, some 0.2 s. A set-up error says which data is missing and where it was looked for.
    static tl::expected<Scanner, Error> create(const ScannerOptions& options = {});

    // One photo of one product.
    tl::expected<Report, Error> scan(PictureBytes photo, const ScanOptions& options = {}) const;
    tl::expected<Report, Error> scan(const Pixels& photo, const ScanOptions& options = {}) const;

    // One report of one product from two to six photos: front and panel, left and right half, two tries at one side.
    // They are read one after another. A photo that can't be read is an error: a report without it would seem whole.
    tl::expected<Report, Error> scan_product(std::span<const Photo> photos, const ScanOptions& options = {}) const;

    // Whether the neural text detector finds the lines; see ScannerOptions::models.
    bool has_detector() const;

    // The rest needs no models, hence no Scanner: a label's text, lines as printed (bytes that are no UTF-8 become
    // U+FFFD); a page that was read elsewhere; the pages of one product, one to six. Of the options only name, person
    // and jurisdiction count: they take milliseconds.
    static tl::expected<Report, Error> parse(std::string_view text, const ScanOptions& options = {});
    static tl::expected<Report, Error> parse(const Page& page, const ScanOptions& options = {});
    static tl::expected<Report, Error> parse(std::span<const Page> pages, const ScanOptions& options = {});

    static tl::expected<Dose, Error> calc(const DoseQuestion& question);

  private:
    struct State;
    explicit Scanner(std::shared_ptr<State> state);
    std::shared_ptr<State> state_;
};

// MAGSCAN_VERSION_STRING of the library that runs.
MAGSCAN_API std::string_view version();

}  // namespace magscan
