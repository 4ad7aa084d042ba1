// What somebody may have meant who misspelled a name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace magscan::scan {

// The names that are like the word, the likest first, at most `most`; none where nothing is. Case and marks don't
// count. Names of at most 100 bytes are compared.
std::vector<std::string> nearest(std::string_view word, const std::vector<std::string>& names, std::size_t most = 3);

}  // namespace magscan::scan
