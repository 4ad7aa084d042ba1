// The answer to a question about a dose, for programs and for people.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "calc/dose.h"

namespace magscan::scan {

// As docs/calc.schema.json describes it. Every key is always present; null means "not known" or "not asked".
nlohmann::ordered_json dose_json(const calc::Dose& dose);

// A few lines for a terminal, the last one with its line break.
std::string dose_text(const calc::Dose& dose);

}  // namespace magscan::scan
