#include "scan/second_try.h"

#include <algorithm>

#include "calc/assess.h"
#include "parser/label_parser.h"
#include "scan/photo_advice.h"

namespace magscan::scan {
namespace {

constexpr double kDoubtful = 0.7;  // confidence under which a whole answer is looked at again

calc::Assessment assessment_of(const ocr::Page& page) {
    return calc::assess(parser::parse_page(page));
}

}  // namespace

bool is_left_open(const ocr::Page& page) {
    const calc::Assessment assessment = assessment_of(page);
    if (assessment.outcome == calc::Outcome::kComplete) return assessment.confidence < kDoubtful;
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
