// The report as JSON, exactly as docs/report.schema.json describes it.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "scan/report.h"

namespace magscan::scan {

// Keys in the schema's order, every key present. Masses are rounded to 0.01 mg, places to 0.1 pixel.
nlohmann::ordered_json report_json(const Report& report);

// One line without its line break. Always valid UTF-8: bytes that are none become U+FFFD.
std::string report_json_line(const Report& report);

// "serving", "unit", "day", "100g", "100ml", "unknown"
std::string_view name_of(parser::Per per);

}  // namespace magscan::scan
