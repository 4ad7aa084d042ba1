// The note on what a product is good for, as docs/report.schema.json describes it.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "calc/suitability.h"

namespace magscan::scan {

nlohmann::ordered_json suitability_json(const std::optional<calc::Suitability>& suitability);

// The same on one line, with the words that are the same for many products written only once for all reports.
std::string suitability_json_line(const std::optional<calc::Suitability>& suitability);

}  // namespace magscan::scan
