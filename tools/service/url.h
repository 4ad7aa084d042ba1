// The target of a request: path and query.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace magscan::service {

struct Target {
    std::string path;                          // percent-decoded
    std::map<std::string, std::string> query;  // percent-decoded, '+' a space
};

// Nothing where the target is not valid: no leading slash, a bad escape, a name twice, a control character.
std::optional<Target> parse_target(std::string_view target);

}  // namespace magscan::service
