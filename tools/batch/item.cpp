#include "tools/batch/item.h"

#include <array>
#include <charconv>
#include <cstdio>

#include "ocr/image.h"
#include "parser/text_utf8.h"
#include "scan/json_line.h"
#include "tools/files.h"

namespace magscan::tools::batch {

using nlohmann::ordered_json;

ordered_json item_json(const Item& item) {
    ordered_json out = {{"id", item.id}, {"files", item.files}};
    if (!item.columns.empty()) out["columns"] = item.columns;
    if (!item.refusal.empty()) out["refusal"] = item.refusal;
    if (!item.options.empty()) out["options"] = item.options;
    return out;
}

std::string item_line(const Item& item) {
    return scan::json_line(item_json(item));
}

std::optional<Item> item_of(std::string_view line) {
    return item_of_json(ordered_json::parse(line, nullptr, false));
}

std::optional<Item> item_of_json(const ordered_json& from) {
    if (!from.is_object() || !from.contains("id") || !from["id"].is_string()) return std::nullopt;
    if (!from.contains("files") || !from["files"].is_array()) return std::nullopt;
    Item item;
    item.id = from["id"];
    for (const ordered_json& file : from["files"]) {
        if (!file.is_string()) return std::nullopt;
        item.files.push_back(file);
    }
    if (from.contains("columns")) item.columns = from["columns"];
    if (from.contains("refusal") && from["refusal"].is_string()) item.refusal = from["refusal"];
    if (from.contains("options") && from["options"].is_object()) item.options = from["options"];
    return item.columns.is_object() ? std::optional(std::move(item)) : std::nullopt;
}

IdKey key_of(std::string_view id) {
    const std::string hex = ocr::sha256_hex(bytes_of(id));
    constexpr std::size_t kDigits = 16;  // of 64 bits
    IdKey key;
    if (hex.size() < 2 * kDigits) return key;
    std::from_chars(hex.data(), hex.data() + kDigits, key.high, 16);
    std::from_chars(hex.data() + kDigits, hex.data() + 2 * kDigits, key.low, 16);
    return key;
}

std::string as_utf8(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t from = at;
        const char32_t c = parser::next_code_point(text, at);
        const std::string_view read = text.substr(from, at - from);
        if (c == parser::kBrokenByte && read != "\xEF\xBF\xBD") {
            for (const char byte : read) {
                std::array<char, 4> escaped{};
                std::snprintf(escaped.data(), escaped.size(), "%%%02X", static_cast<unsigned char>(byte));
                out += escaped.data();
            }
        } else {
            out += read;
        }
    }
    return out;
}

}  // namespace magscan::tools::batch
