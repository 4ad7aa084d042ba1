#include "calc/names.h"

namespace magscan::calc {

std::string_view name_of(Outcome outcome) {
    switch (outcome) {
        case Outcome::kComplete:
            return "complete";
        case Outcome::kPartial:
            return "partial";
        case Outcome::kNoMagnesium:
            return "no_magnesium";
        case Outcome::kUnreadable:
            return "unreadable";
    }
    return "unreadable";
}

std::string_view name_of(Status status) {
    switch (status) {
        case Status::kStated:
            return "stated";
        case Status::kDerived:
            return "derived";
        case Status::kEstimated:
            return "estimated";
        case Status::kUnknown:
            return "unknown";
    }
    return "unknown";
}

std::string_view name_of(Basis basis) {
    switch (basis) {
        case Basis::kElemental:
            return "elemental";
        case Basis::kCompound:
            return "compound";
        case Basis::kAmbiguous:
            return "ambiguous";
    }
    return "ambiguous";
}

std::string_view name_of(CheckResult result) {
    switch (result) {
        case CheckResult::kPass:
            return "pass";
        case CheckResult::kFail:
            return "fail";
        case CheckResult::kCorrected:
            return "corrected";
        case CheckResult::kSkipped:
            return "skipped";
    }
    return "skipped";
}

}  // namespace magscan::calc
