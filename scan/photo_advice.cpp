#include "scan/photo_advice.h"

#include <algorithm>
#include <string>

namespace magscan::scan {
namespace {

constexpr const char* kFallbackDetector = "tesseract-layout";
constexpr float kSmallLinePixels = 12;  // capitals of some 8 pixels, below which digits get mixed up
constexpr double kSmallShare = 0.5;     // of the lines
constexpr double kUnsureWord = 0.6;
constexpr std::size_t kFewestWords = 5;  // fewer say nothing about the whole photo

bool is_small(const ocr::Page& page) {
    const auto small = std::count_if(page.lines.begin(), page.lines.end(), [](const ocr::Line& line) {
        return line.height > 0 && line.height < kSmallLinePixels;
    });
    return !page.lines.empty() && static_cast<double>(small) > kSmallShare * static_cast<double>(page.lines.size());
}

bool is_unsure(const ocr::Page& page) {
    double sum = 0;
    std::size_t words = 0;
    for (const ocr::Line& line : page.lines) {
        for (const ocr::Word& word : line.words) sum += word.confidence;
        words += line.words.size();
    }
    return words >= kFewestWords && sum / static_cast<double>(words) < kUnsureWord;
}

}  // namespace

std::vector<parser::Warning> photo_advice(const ocr::Page& page, const calc::Assessment& assessment) {
    std::vector<parser::Warning> out;
    if (page.width <= 0 || page.height <= 0) return out;
    if (page.detector == kFallbackDetector) {
        out.push_back({"detector_missing",
                       "The text detector is not installed, so much of the label may have been missed. Run ./setup, or "
                       "name its folder with --models."});
    }
    if (assessment.outcome == calc::Outcome::kComplete || assessment.outcome == calc::Outcome::kNoMagnesium) return out;
    if (assessment.outcome == calc::Outcome::kUnreadable) {
        out.push_back({"nothing_read",
                       "Hardly any text could be read. Fill the picture with the facts panel, hold the camera straight "
                       "in front of it and still, and take the photo in bright light that does not mirror."});
    }
    if (is_small(page)) {
        out.push_back({"text_too_small",
                       "The print is very small on this photo. Go closer, so that the facts panel fills the picture."});
    }
    if (!page.glare.empty()) {
        out.push_back(
            {"glare_over_text",
             "A reflection lies over part of the text. Tilt the bottle or move the lamp, and take it again."});
    }
    if (!page.missing_language.empty()) {
        out.push_back({"language_missing", "The label is in " + page.missing_language +
                                               ", whose reading data is not installed. Run ./setup, or install "
                                               "Tesseract's data of that language."});
    }
    if (is_unsure(page)) {
        out.push_back({"hard_to_read",
                       "Much of the text was read with doubt. Hold still, wait until the label is sharp, and take it "
                       "again in more light."});
    }
    return out;
}

}  // namespace magscan::scan
