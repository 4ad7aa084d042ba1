// The words of the JSON for the values of a report.
#include "calc/names.h"

#include "scan/api/enums.h"
#include "scan/report_json.h"

namespace magscan {

std::string_view name_of(Outcome outcome) {
    return calc::name_of(api::mirrored<calc::Outcome>(outcome));
}

std::string_view name_of(Status status) {
    return calc::name_of(api::mirrored<calc::Status>(status));
}

std::string_view name_of(Basis basis) {
    return calc::name_of(api::mirrored<calc::Basis>(basis));
}

std::string_view name_of(Per per) {
    return scan::name_of(api::mirrored<parser::Per>(per));
}

std::string_view name_of(CheckResult result) {
    return calc::name_of(api::mirrored<calc::CheckResult>(result));
}

}  // namespace magscan
