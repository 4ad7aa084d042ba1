#include "scan/second_try.h"

#include <algorithm>

#include "calc/assess.h"
#include "parser/label_parser.h"
#include "scan/line_signs.h"
#include "scan/photo_advice.h"

namespace magscan::scan {
namespace {

constexpr double kDoubtful = 0.7;      // confidence under which a whole answer is looked at again
constexpr double kDoubtfulLine = 0.8;  // confidence of a line under which its words may be wrong
constexpr double kMuch = 0.4;          // of the letters: so much in doubt may hold a row of magnesium
constexpr int kPanelRows = 4;          // amounts that tell a panel from a front

calc::Assessment assessment_of(const ocr::Page& page) {
    return calc::assess(parser::parse_page(page));
}

// A panel of which much was read with doubt: that no magnesium was found there says little.
bool is_doubtful_panel(const ocr::Page& page) {
    double letters = 0;
    double in_doubt = 0;
    int rows = 0;
    for (const LineSigns& line : signs_of(page.lines)) {
        letters += line.letters;
        in_doubt += line.confidence < kDoubtfulLine ? line.letters : 0;
        rows += line.panel_row ? 1 : 0;
    }
    return rows >= kPanelRows && in_doubt >= kMuch * letters;
}

}  // namespace

bool is_left_open(const ocr::Page& page) {
    const calc::Assessment assessment = assessment_of(page);
    if (assessment.outcome == calc::Outcome::kComplete) return assessment.confidence < kDoubtful;
    if (assessment.outcome == calc::Outcome::kNoMagnesium) return is_doubtful_panel(page);
    if (assessment.outcome != calc::Outcome::kPartial) return false;
    if (assessment.status == calc::Status::kStated || assessment.status == calc::Status::kDerived) return false;
    const auto advice = photo_advice(page, assessment);
    return std::none_of(advice.begin(), advice.end(),
                        [](const parser::Warning& warning) { return warning.code == "only_front_seen"; });
}

bool is_clearer(const ocr::Page& second, const ocr::Page& first) {
    const calc::Assessment now = assessment_of(second);
    if (now.outcome != calc::Outcome::kComplete) return false;
    const calc::Assessment before = assessment_of(first);
    return before.outcome != calc::Outcome::kComplete || now.confidence > before.confidence;
}

}  // namespace magscan::scan
