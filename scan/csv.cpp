#include "scan/csv.h"

namespace magscan::scan {

std::string csv_cell(std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
    std::string out = "\"";
    for (const char letter : text) {
        out += letter;
        if (letter == '"') out += letter;
    }
    return out + "\"";
}

}  // namespace magscan::scan
