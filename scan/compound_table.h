// The table of compounds for programs and for people.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "calc/compounds.h"

namespace magscan::scan {

// All that the table holds of it and what follows from its formula; null where there is nothing. Shares are 0..1 of the
// compound's weight.
nlohmann::ordered_json compound_json(const calc::Compound& compound);

// A row a compound, for a terminal of 100 letters.
std::string compound_table();

// The same as comma-separated values (RFC 4180), with a line of headings and all columns.
std::string compound_csv();

}  // namespace magscan::scan
