// Comma-separated values (RFC 4180), in and out.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace magscan::tools::batch {

using CsvRow = std::vector<std::string>;

// Calls `take` for each row with its number, counted from 1, until it returns false. Commas, semicolons or tabs part
// the fields, whichever the first line has most of; a byte order mark and empty lines are passed over. Only one row is
// held at a time. The error is a sentence without the file's name.
tl::expected<void, std::string> read_csv(const std::string& path,
                                         const std::function<bool(std::size_t number, CsvRow row)>& take);

// A row with its line break. A cell that a spreadsheet would take for a formula (one that begins with = + - @ tab or
// carriage return) gets an apostrophe before it.
std::string csv_row(const CsvRow& cells);

}  // namespace magscan::tools::batch
