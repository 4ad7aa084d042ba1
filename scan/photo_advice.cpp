#include "scan/photo_advice.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "scan/line_signs.h"
#include "scan/page_edge.h"

namespace magscan::scan {
namespace {

constexpr const char* kFallbackDetector = "tesseract-layout";
constexpr double kSureAnswer = 0.8;     // confidence from which an answer needs no better photo
constexpr double kDoubtful = 0.8;       // confidence of a line under which its words may be wrong
constexpr float kSmallLinePixels = 12;  // capitals of some 8 pixels, below which digits get mixed up
constexpr float kBlurred = 0.14F;       // see ocr::Line::blur
constexpr float kBlurredPixels = 4.8F;  // edges of print that is small and sharp are up to 4 pixels wide
constexpr double kMuch = 0.35;          // of the letters: a fault that spoils the photo
constexpr double kUnsureWord = 0.6;
constexpr double kFewestLetters = 25;    // fewer say nothing about the whole photo
constexpr double kHardlyAny = 12;        // letters read: no label prints so few
constexpr double kMuchText = 60;         // letters read well
constexpr double kLettersPerSign = 400;  // of text where a word that labels use comes by chance
constexpr std::size_t kFrontLines = 60;  // a front prints fewer
constexpr int kFrontRows = 2;            // amounts that a front gives

// A page with what its lines tell, the unread ones last.
struct Seen {
    const ocr::Page& page;
    std::vector<const ocr::Line*> lines;
    std::vector<LineSigns> signs;
    std::vector<LineSigns> read;  // the first of `signs`, those of page.lines

    explicit Seen(const ocr::Page& of) : page(of), signs(signs_of(of.lines)), read(signs) {
        for (const ocr::Line& line : page.lines) lines.push_back(&line);
        for (const ocr::Line& line : page.unread) lines.push_back(&line);
        const std::vector<LineSigns> unread = signs_of(page.unread);
        signs.insert(signs.end(), unread.begin(), unread.end());
    }

    double letters(const std::function<bool(const ocr::Line&, const LineSigns&)>& counts) const {
        double sum = 0;
        for (std::size_t i = 0; i < lines.size(); ++i) sum += counts(*lines[i], signs[i]) ? signs[i].letters : 0;
        return sum;
    }
    double letters() const {
        return letters([](const ocr::Line&, const LineSigns&) { return true; });
    }
    double read_letters() const {
        return letters([](const ocr::Line& line, const LineSigns&) { return !line.words.empty(); });
    }
};

// Whether much of the text has a fault and was read with doubt: what reads well in spite of it costs nothing. Where
// hardly anything was read, that it was read well says nothing.
bool spoils(const Seen& seen, const std::function<bool(const ocr::Line&)>& has_fault) {
    const double all = seen.letters();
    const double spoilt = seen.letters([&](const ocr::Line& line, const LineSigns& signs) {
        return (signs.confidence < kDoubtful || all < kHardlyAny) && has_fault(line);
    });
    return spoilt > 0 && spoilt >= kMuch * all;
}

bool is_small(const ocr::Line& line) {
    return line.height > 0 && line.height < kSmallLinePixels;
}

bool is_blurred(const ocr::Line& line) {
    return line.blur >= kBlurred && line.blur * line.height >= kBlurredPixels;
}

struct Box {
    float left = 0, top = 0, right = 0, bottom = 0;
};

Box box_of(const ocr::Polygon& polygon) {
    Box box{polygon[0].x, polygon[0].y, polygon[0].x, polygon[0].y};
    for (const ocr::Point& p : polygon) {
        box = {std::min(box.left, p.x), std::min(box.top, p.y), std::max(box.right, p.x), std::max(box.bottom, p.y)};
    }
    return box;
}

// Whether a reflection lies over or beside words that were read with doubt, or not at all.
bool glare_costs(const Seen& seen) {
    for (const ocr::Polygon& glare : seen.page.glare) {
        if (glare.empty()) continue;
        const Box spot = box_of(glare);
        for (std::size_t i = 0; i < seen.lines.size(); ++i) {
            const ocr::Line& line = *seen.lines[i];
            if (line.polygon.empty() || seen.signs[i].confidence >= kDoubtful) continue;
            const Box box = box_of(line.polygon);
            const float reach = line.height;
            if (box.left - reach < spot.right && spot.left < box.right + reach && box.top < spot.bottom &&
                spot.top < box.bottom) {
                return true;
            }
        }
    }
    return false;
}

bool is_no_label(const Seen& seen, calc::Outcome outcome) {
    if (outcome == calc::Outcome::kComplete || outcome == calc::Outcome::kPartial) return false;
    if (seen.letters() < kHardlyAny) return !spoils(seen, is_blurred) && !spoils(seen, is_small);
    int signs = 0;
    double well_read = 0;
    for (const LineSigns& line : seen.read) {
        signs += line.label_words;
        if (line.confidence >= kDoubtful) well_read += line.letters;
    }
    const bool plenty = well_read >= kMuchText && well_read >= 0.5 * seen.letters();
    return plenty && signs <= seen.letters() / kLettersPerSign;
}

bool is_front_only(const Seen& seen, const calc::Assessment& assessment) {
    if (assessment.outcome != calc::Outcome::kPartial || seen.page.lines.size() > kFrontLines) return false;
    const bool settled = assessment.status == calc::Status::kStated || assessment.status == calc::Status::kDerived;
    if (settled) return false;
    int rows = 0;
    for (const LineSigns& line : seen.read) {
        if (line.panel_word) return false;
        rows += line.panel_row ? 1 : 0;
    }
    return rows <= kFrontRows;
}

bool is_unsure(const Seen& seen) {
    double sum = 0;
    for (const LineSigns& line : seen.read) sum += line.letters * line.confidence;
    const double letters = seen.read_letters();
    return letters >= kFewestLetters && sum < kUnsureWord * letters;
}

// Rubbish read off a blurred photo tells no direction.
bool is_sure_of_direction(const Seen& seen) {
    const double well_read =
        seen.letters([](const ocr::Line&, const LineSigns& signs) { return signs.confidence >= kDoubtful; });
    return well_read >= kFewestLetters;
}

std::vector<parser::Warning> faults_of(const Seen& seen, const calc::Assessment& assessment) {
    if (is_no_label(seen, assessment.outcome)) {
        return {{"not_a_label",
                 "Nothing of a supplement's label could be made out. Photograph the facts panel on the back of the "
                 "pack, so that it fills the picture, sharp and in bright light."}};
    }
    std::vector<parser::Warning> out;
    if (assessment.outcome == calc::Outcome::kUnreadable) {
        out.push_back({"nothing_read",
                       "Hardly any text could be read. Fill the picture with the facts panel, hold the camera straight "
                       "in front of it and still, and take the photo in bright light that does not mirror."});
    }
    const bool blurred = spoils(seen, is_blurred);
    if (blurred) {
        out.push_back({"blurred",
                       "The print is blurred. Hold the camera still, tap on the label to focus, keep some 15 cm away, "
                       "and take it again in more light."});
    }
    if (glare_costs(seen)) {
        out.push_back(
            {"glare_over_text",
             "A reflection lies over part of the text. Tilt the pack or move the lamp, and take it again without "
             "flash."});
    }
    if (!seen.page.missing_language.empty()) {
        out.push_back({"language_missing", "The label is in " + seen.page.missing_language +
                                               ", whose reading data is not installed. Run ./setup, or install "
                                               "Tesseract's data of that language."});
    }
    if (!blurred && spoils(seen, is_small)) {
        out.push_back({"text_too_small",
                       "The print is very small on this photo. Go closer, so that the facts panel fills the picture, "
                       "and send the photo in its full size."});
    }
    if (is_panel_cut(seen.page, seen.read)) {
        out.push_back({"panel_cut_off",
                       "The facts panel runs out of the picture. Step back or turn the pack, so that all of its rows "
                       "are seen from their beginning to their end."});
    }
    if (is_front_only(seen, assessment)) {
        out.push_back({"only_front_seen",
                       "Only the front was seen, which does not settle the amount. Turn the pack round and photograph "
                       "the facts panel."});
    }
    const bool explained = std::any_of(out.begin(), out.end(), [](const parser::Warning& warning) {
        return warning.code == "blurred" || warning.code == "glare_over_text" || warning.code == "text_too_small";
    });
    if (!explained && is_unsure(seen)) {
        out.push_back({"hard_to_read",
                       "Much of the text was read with doubt. Hold still, wait until the label is sharp, and take it "
                       "again in more light."});
    }
    return out;
}

}  // namespace

std::vector<parser::Warning> photo_advice(const ocr::Page& page, const calc::Assessment& assessment) {
    std::vector<parser::Warning> out;
    if (page.width <= 0 || page.height <= 0) return out;
    const bool settled = assessment.outcome == calc::Outcome::kComplete && assessment.confidence >= kSureAnswer;
    if (page.detector == kFallbackDetector) {
        out.push_back({"detector_missing",
                       "The text detector is not installed, so much of the label may have been missed. Run ./setup, or "
                       "name its folder with --models."});
    }
    const Seen seen(page);
    if (page.rotation == 180 && is_sure_of_direction(seen)) {
        out.push_back(
            {"upside_down", settled ? "The photo is upside down. It was turned and read; nothing needs to be done."
                                    : "The photo is upside down. It was turned and read, but take the next one "
                                      "the right way up."});
    }
    if (settled) return out;
    const std::vector<parser::Warning> faults = faults_of(seen, assessment);
    out.insert(out.end(), faults.begin(), faults.end());
    return out;
}

}  // namespace magscan::scan
