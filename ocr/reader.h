// Photo -> Page: finds the text, straightens each line, reads it, and says
// where it stands.
//
//     auto reader = ocr::Reader::create({.models = "models", .threads = 2});
//     ocr::Page page = (*reader)->read(decoded.bgr, decoded.scale);
#pragma once

#include <functional>
#include <memory>
#include <opencv2/core.hpp>
#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "ocr/effort.h"
#include "ocr/interest.h"
#include "ocr/page.h"

namespace magscan::ocr {

inline constexpr const char* kDetectorFile = "ch_PP-OCRv4_det.net";

struct ReaderOptions {
    std::string models = {};     // folder with kDetectorFile; without
                                 // that file Tesseract finds the lines
    std::string tessdata = {};   // folder with eng.traineddata and what other languages there are; empty: where
                                 // Tesseract looks by itself
    int threads = 2;             // lines read at the same time in one call, 1..64
    int max_side = 4096;         // pixels: a larger picture is shrunk before it is read
    int max_lines = 400;         // lines read at most, the most text-like first
    LineInterest interest = {};  // which lines are worth further looks; empty: all
};

// A part of a photo that is read once more.
struct Part {
    const Page& first;  // how the photo was read: which way print runs, and words that are sure, are taken from there
    Box wanted;         // whose lines are read; pixels of the photo
    Box seen;           // and what is looked at, so that no line of it is cut
};

class Reader {
  public:
    // The error is a sentence for people: no traineddata, or a detector file that
    // does not load. A missing detector file is no error.
    static tl::expected<std::unique_ptr<Reader>, std::string> create(const ReaderOptions& options);

    ~Reader();
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;

    // Reads an upright-by-EXIF picture (8-bit, BGR or grey). `scale` is pixels of
    // `bgr` per pixel of the photo as it was sent; the page is given in pixels of
    // that photo. An empty picture gives an empty page. Safe to call from several
    // threads; the same picture gives the same page however many threads there
    // are. `is_stopped` is asked before each look for text and each line; once it says so,
    // Stopped is thrown.
    // `on_found` is called, on the calling thread, once it is known where there is text and reading it begins.
    Page read(const cv::Mat& bgr, double scale = 1.0, const StopTest& is_stopped = {},
              const std::function<void()>& on_found = {}) const;

    // A second opinion: a part of the photo read from its enlarged picture, which finds and straightens the text anew.
    // The page holds no glare, and of lines that are not wanted nothing but what was known. Nothing where the part is
    // too large to gain from that, or empty.
    std::optional<Page> read_enlarged(const cv::Mat& bgr, double scale, const Part& part,
                                      const StopTest& is_stopped = {}) const;

    // The same from its sharpened picture, in which thin print that runs into its ground comes apart.
    std::optional<Page> read_sharpened(const cv::Mat& bgr, double scale, const Part& part,
                                       const StopTest& is_stopped = {}) const;

    // "ppocr-v4-det" or "tesseract-layout", as Page::detector.
    const std::string& detector() const;

  private:
    struct State;
    explicit Reader(std::unique_ptr<State> state);

    std::unique_ptr<State> state_;
};

}  // namespace magscan::ocr
