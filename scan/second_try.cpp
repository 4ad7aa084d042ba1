#include "scan/second_try.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "calc/assess.h"
#include "parser/interest.h"
#include "parser/label_parser.h"
#include "scan/line_signs.h"
#include "scan/photo_advice.h"

namespace magscan::scan {
namespace {

constexpr double kDoubtful = 0.7;      // confidence under which a whole answer is looked at again
constexpr double kMuch = 0.4;          // of the words, by length: so much in doubt may hold a row of magnesium
constexpr int kPanelRows = 4;          // amounts that tell a panel from a front
constexpr float kDoubtfulWord = 0.8F;  // confidence under which a word may be another one
constexpr std::size_t kFormBytes = 4;  // a form's name has as many at least
constexpr float kRowsAround = 6;       // heights of a name's line before and behind it that are read again
constexpr float kUncut = 3;            // and more that are looked at

calc::Assessment assessment_of(const ocr::Page& page) {
    return calc::assess(parser::parse_page(page));
}

// A panel of whose words many were read with doubt: that no magnesium was found there says little. Figures hide no
// name.
bool is_doubtful_panel(const ocr::Page& page) {
    double letters = 0;
    double in_doubt = 0;
    for (const ocr::Line& line : page.lines) {
        for (const ocr::Word& word : line.words) {
            if (ocr::holds_digit(word.text)) continue;
            const auto bytes = static_cast<double>(word.text.size());
            letters += bytes;
            in_doubt += word.confidence < kDoubtfulWord ? bytes : 0;
        }
    }
    const std::vector<LineSigns> lines = signs_of(page.lines);
    const auto rows = std::count_if(lines.begin(), lines.end(), [](const LineSigns& line) { return line.panel_row; });
    return rows >= kPanelRows && in_doubt >= kMuch * letters;
}

bool has_form(const calc::Assessment& assessment) {
    return std::any_of(assessment.entries.begin(), assessment.entries.end(),
                       [](const calc::Entry& entry) { return !entry.forms.empty(); });
}

bool is_name(const ocr::Line& line) {
    return parser::interest_of(ocr::text_of(line)) == ocr::Interest::kName;
}

bool may_be_a_form(const ocr::Word& word) {
    return word.confidence < kDoubtfulWord && word.text.size() >= kFormBytes &&
           parser::interest_of(word.text) == ocr::Interest::kNone;
}

// "JLFATO DE MAGNESIO": beside the name stands a word that was read with doubt.
bool hides_a_form(const ocr::Page& page) {
    return std::any_of(page.lines.begin(), page.lines.end(), [](const ocr::Line& line) {
        return is_name(line) && std::any_of(line.words.begin(), line.words.end(), may_be_a_form);
    });
}

ocr::Box bounds_of(const ocr::Polygon& polygon) {
    ocr::Box box{polygon.front().x, polygon.front().y, polygon.front().x, polygon.front().y};
    for (const ocr::Point& p : polygon) {
        box = {std::min(box.left, p.x), std::min(box.top, p.y), std::max(box.right, p.x), std::max(box.bottom, p.y)};
    }
    return box;
}

bool is_middle_in(const ocr::Box& box, const ocr::Polygon& polygon) {
    if (polygon.empty()) return false;
    const ocr::Box own = bounds_of(polygon);
    const float x = (own.left + own.right) / 2, y = (own.top + own.bottom) / 2;
    return x >= box.left && x < box.right && y >= box.top && y < box.bottom;
}

// Adds a line with so many of its heights around it, from one edge of the photo to the other as it is read.
void widen(std::optional<ocr::Box>& box, const ocr::Line& line, const ocr::Page& page, float heights) {
    const ocr::Box own = bounds_of(line.polygon);
    const float around = heights * line.height;
    const auto width = static_cast<float>(page.width), height = static_cast<float>(page.height);
    const bool is_upright = page.rotation % 180 == 0;
    const ocr::Box wide = is_upright ? ocr::Box{0, own.top - around, width, own.bottom + around}
                                     : ocr::Box{own.left - around, 0, own.right + around, height};
    box = box ? ocr::Box{std::min(box->left, wide.left), std::min(box->top, wide.top), std::max(box->right, wide.right),
                         std::max(box->bottom, wide.bottom)}
              : wide;
}

bool shows_only_a_front(const ocr::Page& page, const calc::Assessment& assessment) {
    const auto advice = photo_advice(page, assessment);
    return std::any_of(advice.begin(), advice.end(),
                       [](const parser::Warning& warning) { return warning.code == "only_front_seen"; });
}

// Which side of a label leaves open what it seems to say.
enum class Open { kNot, kRows, kFront };

Open left_open(const ocr::Page& page) {
    const calc::Assessment assessment = assessment_of(page);
    switch (assessment.outcome) {
        case calc::Outcome::kComplete:
            return assessment.confidence < kDoubtful ? Open::kRows : Open::kNot;
        case calc::Outcome::kNoMagnesium:
            return is_doubtful_panel(page) ? Open::kRows : Open::kNot;
        case calc::Outcome::kPartial:
            break;
        default:
            return Open::kNot;
    }
    if (assessment.status == calc::Status::kStated || assessment.status == calc::Status::kDerived) return Open::kNot;
    // The label gives no more than bounds, and reading it again does not change that.
    if (assessment.status == calc::Status::kEstimated && assessment.confidence >= kDoubtful) return Open::kNot;
    if (!shows_only_a_front(page, assessment)) return Open::kRows;
    return !has_form(assessment) && hides_a_form(page) ? Open::kFront : Open::kNot;
}

}  // namespace

std::optional<SecondTry> second_try_for(const ocr::Page& page) {
    const Open open = left_open(page);
    if (open == Open::kNot) return std::nullopt;
    const ocr::Box all{0, 0, static_cast<float>(page.width), static_cast<float>(page.height)};
    const SecondTry whole{false, all, all};
    if (open == Open::kFront) return whole;
    std::optional<ocr::Box> kept, seen;
    for (const ocr::Line& line : page.lines) {
        if (line.polygon.empty() || !is_name(line)) continue;
        widen(kept, line, page, kRowsAround);
        widen(seen, line, page, kRowsAround + kUncut);
    }
    if (!kept) return whole;
    return SecondTry{true, *kept, *seen};
}

ocr::Page with_second_try(const ocr::Page& page, ocr::Page again, const SecondTry& second_try) {
    ocr::Page out = page;
    const auto inside = [&](const ocr::Line& line) { return is_middle_in(second_try.kept, line.polygon); };
    for (const auto lines : {&ocr::Page::lines, &ocr::Page::unread}) {
        std::vector<ocr::Line>& old = out.*lines;
        const auto at = std::find_if(old.begin(), old.end(), inside) - old.begin();
        old.erase(std::remove_if(old.begin(), old.end(), inside), old.end());
        std::vector<ocr::Line>& anew = again.*lines;
        const auto end = std::stable_partition(anew.begin(), anew.end(), inside);
        old.insert(old.begin() + std::min(at, std::ssize(old)), std::make_move_iterator(anew.begin()),
                   std::make_move_iterator(end));
    }
    return out;
}

bool is_clearer(const ocr::Page& second, const ocr::Page& first) {
    const calc::Assessment now = assessment_of(second);
    const calc::Assessment before = assessment_of(first);
    if (now.outcome == calc::Outcome::kPartial && before.outcome == calc::Outcome::kPartial)
        return has_form(now) && !has_form(before);
    if (now.outcome != calc::Outcome::kComplete) return false;
    const bool had_figure = before.outcome == calc::Outcome::kComplete;
    return had_figure ? now.confidence > before.confidence : now.confidence >= kDoubtful;
}

}  // namespace magscan::scan
