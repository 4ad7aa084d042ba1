// JSON as one line.
#pragma once

#include <string>

namespace magscan::scan {

// Without its line break. Bytes that are no UTF-8, as names of files may hold, become U+FFFD.
template <class Json>
std::string json_line(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace magscan::scan
