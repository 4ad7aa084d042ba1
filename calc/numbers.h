// Numbers in the sentences that tell a check's arithmetic.
#pragma once

#include <string>

namespace magscan::calc {

// "47.6", "200": one decimal where it says something.
std::string number(double value);

}  // namespace magscan::calc
