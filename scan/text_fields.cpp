#include "scan/text_fields.h"

#include <algorithm>

namespace magscan::scan {

void add_wrapped(std::string& out, const std::string& first, const std::string& indent, std::string_view text) {
    std::string line = first;
    std::size_t words = 0;
    while (!text.empty()) {
        const std::size_t space = std::min(text.find(' '), text.size());
        const std::string_view word = text.substr(0, space);
        text.remove_prefix(std::min(space + 1, text.size()));
        if (word.empty()) continue;
        if (words > 0 && line.size() + 1 + word.size() > kTextWidth) {
            out += line + "\n";
            line = indent;
            words = 0;
        }
        line += words > 0 ? " " : "";
        line += word;
        ++words;
    }
    out += line + "\n";
}

void add_field(std::string& out, std::string_view name, std::string_view text) {
    std::string first(name);
    first.resize(std::max(kFieldWidth, first.size() + 1), ' ');
    add_wrapped(out, first, std::string(kFieldWidth, ' '), text);
}

}  // namespace magscan::scan
