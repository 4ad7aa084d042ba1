// For whom and where a report is made. Nothing of it changes what is read on a label.
#pragma once

#include <optional>

#include "calc/jurisdiction.h"
#include "calc/profile.h"

namespace magscan::scan {

struct ReportOptions {
    calc::Profile profile;  // whose limits and recommended intake
    // Whose limits come first; where the label does not show its market it also says what 100 % means.
    std::optional<calc::Jurisdiction> jurisdiction;
};

}  // namespace magscan::scan
