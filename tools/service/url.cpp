#include "tools/service/url.h"

#include <algorithm>
#include <charconv>

namespace magscan::service {
namespace {

std::optional<std::string> decoded(std::string_view text, bool plus_is_space) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char letter = text[i] == '+' && plus_is_space ? ' ' : text[i];
        if (letter == '%') {
            if (i + 2 >= text.size()) return std::nullopt;
            unsigned char byte = 0;
            const char* end = text.data() + i + 3;
            if (std::from_chars(text.data() + i + 1, end, byte, 16).ptr != end) return std::nullopt;
            letter = static_cast<char>(byte);
            i += 2;
        }
        if (static_cast<unsigned char>(letter) < 0x20 || letter == 0x7F) return std::nullopt;
        out += letter;
    }
    return out;
}

}  // namespace

std::optional<Target> parse_target(std::string_view target) {
    if (target.empty() || target.front() != '/') return std::nullopt;
    const std::size_t mark = std::min(target.find('?'), target.size());
    const auto path = decoded(target.substr(0, mark), false);
    if (!path) return std::nullopt;
    Target out{*path, {}};
    std::string_view rest = target.substr(std::min(mark + 1, target.size()));
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('&'), rest.size());
        const std::string_view pair = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (pair.empty()) continue;
        const std::size_t equals = std::min(pair.find('='), pair.size());
        const auto name = decoded(pair.substr(0, equals), true);
        const auto value = decoded(pair.substr(std::min(equals + 1, pair.size())), true);
        if (!name || !value || !out.query.emplace(*name, *value).second) return std::nullopt;
    }
    return out;
}

}  // namespace magscan::service
