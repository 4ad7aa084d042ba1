#include "scan/second_try.h"

#include <algorithm>
#include <string>

#include "calc/assess.h"
#include "parser/interest.h"
#include "parser/label_parser.h"
#include "scan/line_signs.h"
#include "scan/photo_advice.h"

namespace magscan::scan {
namespace {

constexpr double kDoubtful = 0.7;      // confidence under which a whole answer is looked at again
constexpr double kDoubtfulLine = 0.8;  // confidence of a line under which its words may be wrong
constexpr double kMuch = 0.4;          // of the letters: so much in doubt may hold a row of magnesium
constexpr int kPanelRows = 4;          // amounts that tell a panel from a front
constexpr float kDoubtfulWord = 0.8F;  // confidence under which a word may be another one
constexpr std::size_t kFormBytes = 4;  // a form's name has as many at least

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

bool has_form(const calc::Assessment& assessment) {
    return std::any_of(assessment.entries.begin(), assessment.entries.end(),
                       [](const calc::Entry& entry) { return !entry.forms.empty(); });
}

bool may_be_a_form(const ocr::Word& word) {
    return word.confidence < kDoubtfulWord && word.text.size() >= kFormBytes &&
           parser::interest_of(word.text) == ocr::Interest::kNone;
}

// "JLFATO DE MAGNESIO": beside the name stands a word that was read with doubt.
bool hides_a_form(const ocr::Page& page) {
    return std::any_of(page.lines.begin(), page.lines.end(), [](const ocr::Line& line) {
        std::string text;
        for (const ocr::Word& word : line.words) text += (text.empty() ? "" : " ") + word.text;
        return parser::interest_of(text) == ocr::Interest::kName &&
               std::any_of(line.words.begin(), line.words.end(), may_be_a_form);
    });
}

}  // namespace

bool is_left_open(const ocr::Page& page) {
    const calc::Assessment assessment = assessment_of(page);
    if (assessment.outcome == calc::Outcome::kComplete) return assessment.confidence < kDoubtful;
    if (assessment.outcome == calc::Outcome::kNoMagnesium) return is_doubtful_panel(page);
    if (assessment.outcome != calc::Outcome::kPartial) return false;
    if (assessment.status == calc::Status::kStated || assessment.status == calc::Status::kDerived) return false;
    if (!has_form(assessment) && hides_a_form(page)) return true;
    const auto advice = photo_advice(page, assessment);
    return std::none_of(advice.begin(), advice.end(),
                        [](const parser::Warning& warning) { return warning.code == "only_front_seen"; });
}

bool is_clearer(const ocr::Page& second, const ocr::Page& first) {
    const calc::Assessment now = assessment_of(second);
    const calc::Assessment before = assessment_of(first);
    if (now.outcome == calc::Outcome::kPartial && before.outcome == calc::Outcome::kPartial)
        return has_form(now) && !has_form(before);
    if (now.outcome != calc::Outcome::kComplete) return false;
    return before.outcome != calc::Outcome::kComplete || now.confidence > before.confidence;
}

}  // namespace magscan::scan
