// A cell of a table as comma-separated values (RFC 4180).
#pragma once

#include <string>
#include <string_view>

namespace magscan::scan {

// In quotes where it holds a comma, a quote or a line break.
std::string csv_cell(std::string_view text);

}  // namespace magscan::scan
