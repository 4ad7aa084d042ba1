// The note on what a product is good for, for people.
#pragma once

#include <string>

#include "calc/suitability.h"

namespace magscan::scan {

// Appends the summary, the purposes by how well the forms suit them and where that is disputed, the cautions, what else
// the label says and where to look it up, in lines as scan/text_fields.h makes them.
void add_suitability(std::string& out, const calc::Suitability& suitability);

}  // namespace magscan::scan
