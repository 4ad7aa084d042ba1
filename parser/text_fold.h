// Letters as matching sees them.
#pragma once

#include <string>
#include <string_view>

namespace magscan::parser {

// Lower case without marks; spaces and hyphens untouched. Broken UTF-8 is left out.
std::string fold(std::string_view text);

}  // namespace magscan::parser
