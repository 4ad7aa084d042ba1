#include "scan/wording.h"

#include <algorithm>
#include <array>
#include <utility>

namespace magscan::scan {

std::string form_name(std::string_view family) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 8> exceptions = {{
        {"l-threonate", "magnesium L-threonate"},
        {"acetyl-taurate", "magnesium acetyl taurate"},
        {"amino-acid-chelate", "magnesium amino acid chelate"},
        {"alpha-ketoglutarate", "magnesium alpha-ketoglutarate"},
        {"bhb", "magnesium beta-hydroxybutyrate"},
        {"marine", "marine magnesium"},
        {"sucrosomial", "sucrosomial magnesium"},
        {"other", "another form of magnesium"},
    }};
    for (const auto& [id, name] : exceptions) {
        if (id == family) return std::string(name);
    }
    std::string name(family);
    std::replace(name.begin(), name.end(), '-', ' ');
    return "magnesium " + name;
}

std::string form_names(const std::vector<std::string>& families) {
    std::vector<std::string> names;
    for (const std::string& family : families) names.push_back(form_name(family));
    return calc::listed(names);
}

std::string printable(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        // C1 control characters are U+0080 to U+009F: the bytes C2 80 to C2 9F.
        const bool is_c1 = byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
        if (is_c1) ++i;
        out += byte < 0x20 || byte == 0x7F || is_c1 ? ' ' : text[i];
    }
    return out;
}

}  // namespace magscan::scan
