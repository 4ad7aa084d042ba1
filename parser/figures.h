// Numbers as text. The decimal mark is a point whatever the locale of the program is: printf and streams follow it.
#pragma once

#include <string>

namespace magscan::parser {

// As printf's %.*f: so many digits behind the point.
std::string fixed(double value, int digits);

// As printf's %.*g: so many digits in all at most, none that are zeros at the end.
std::string significant(double value, int digits);

}  // namespace magscan::parser
