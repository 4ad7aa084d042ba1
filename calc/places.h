// Where on the photos statements stand.
#pragma once

#include "parser/label.h"

namespace magscan::calc {

// Whether two statements stand in different places, so that one is a witness for the other; a row that was read twice
// is none. Statements of a text have no place and always do; so do those on different photos.
bool stand_apart(const parser::Statement& a, const parser::Statement& b);

}  // namespace magscan::calc
