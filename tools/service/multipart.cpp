#include "tools/service/multipart.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>

namespace magscan::service {
namespace {

using Error = tl::unexpected<std::string>;

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") + 1 - first);
}

// "form-data; name=\"image\"; filename=\"a;b.jpg\"": the first word, and what follows by name. A quoted value keeps
// its backslashes but for \" and \\.
struct Parameters {
    std::string value;
    std::map<std::string, std::string> by_name;
};

std::optional<std::string> take_quoted(std::string_view& text) {
    std::string out;
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == '"') {
            text.remove_prefix(i + 1);
            return out;
        }
        if (text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == '"' || text[i + 1] == '\\')) ++i;
        out += text[i];
    }
    return std::nullopt;
}

std::optional<Parameters> parameters_of(std::string_view text) {
    Parameters out;
    const std::size_t end = std::min(text.find(';'), text.size());
    out.value = lower(trimmed(text.substr(0, end)));
    text.remove_prefix(end);
    while (!text.empty()) {
        text = trimmed(text.substr(1));  // the semicolon
        if (text.empty()) break;         // one at the end is common
        const std::size_t equals = text.find('=');
        if (equals == std::string_view::npos) return std::nullopt;
        const std::string name = lower(trimmed(text.substr(0, equals)));
        text = trimmed(text.substr(equals + 1));
        std::string value;
        if (!text.empty() && text.front() == '"') {
            const auto quoted = take_quoted(text);
            if (!quoted) return std::nullopt;
            value = *quoted;
            text = trimmed(text);
            if (!text.empty() && text.front() != ';') return std::nullopt;
        } else {
            const std::size_t next = std::min(text.find(';'), text.size());
            value = trimmed(text.substr(0, next));
            text.remove_prefix(next);
        }
        if (name.empty() || !out.by_name.emplace(name, value).second) return std::nullopt;
    }
    return out;
}

// Fills the part from its header lines.
std::optional<std::string> read_header(std::string_view header, Part& part) {
    bool is_named = false;
    while (!header.empty()) {
        const std::size_t end = std::min(header.find("\r\n"), header.size());
        const std::string_view line = header.substr(0, end);
        header.remove_prefix(std::min(end + 2, header.size()));
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos || colon == 0) return "has a header line without a name";
        const std::string name = lower(line.substr(0, colon));
        const std::string_view value = trimmed(line.substr(colon + 1));
        if (name == "content-type") part.content_type = lower(value);
        if (name == "content-transfer-encoding" && lower(value) != "binary" && lower(value) != "8bit" &&
            lower(value) != "7bit")
            return "is encoded; send it as it is";
        if (name != "content-disposition") continue;
        const auto parameters = parameters_of(value);
        if (is_named || !parameters || parameters->value != "form-data" || parameters->by_name.count("name") == 0)
            return "has no valid Content-Disposition: form-data; name=\"...\"";
        is_named = true;
        part.name = parameters->by_name.at("name");
        if (const auto file = parameters->by_name.find("filename"); file != parameters->by_name.end())
            part.filename = file->second;
    }
    return is_named ? std::nullopt : std::optional<std::string>("has no Content-Disposition");
}

}  // namespace

tl::expected<std::string, std::string> boundary_of(std::string_view content_type) {
    constexpr std::string_view kMarks = "'()+_,-./:=? ";
    const auto parameters = parameters_of(content_type);
    const auto found = parameters ? parameters->by_name.find("boundary") : decltype(parameters->by_name.end()){};
    if (!parameters || found == parameters->by_name.end()) return Error("the Content-Type names no boundary");
    const std::string& boundary = found->second;
    const bool is_valid = !boundary.empty() && boundary.size() <= 70 && boundary.back() != ' ' &&
                          std::all_of(boundary.begin(), boundary.end(), [&](unsigned char c) {
                              return std::isalnum(c) != 0 || kMarks.find(static_cast<char>(c)) != kMarks.npos;
                          });
    if (!is_valid) return Error("the boundary in the Content-Type is not valid");
    return boundary;
}

tl::expected<std::vector<Part>, std::string> parts_of(std::string_view body, std::string_view boundary) {
    const std::string mark = "\r\n--" + std::string(boundary);
    if (body.substr(0, mark.size() - 2) != std::string_view(mark).substr(2))
        return Error("the body does not begin with the boundary");
    body.remove_prefix(mark.size() - 2);
    std::vector<Part> parts;
    for (;;) {
        // Behind a boundary: the next part, or the end.
        if (body.substr(0, 2) == "--") {
            if (body != "--" && body != "--\r\n") return Error("there is more behind the last boundary");
            return parts;
        }
        const std::string where = "part " + std::to_string(parts.size() + 1) + " ";
        if (body.substr(0, 2) != "\r\n") return Error("a boundary is not followed by a line break");
        if (parts.size() == kMaxParts) return Error("there are more than " + std::to_string(kMaxParts) + " parts");
        body.remove_prefix(2);
        const std::size_t header = body.substr(0, kMaxPartHeader).find("\r\n\r\n");
        if (header == std::string_view::npos) return Error(where + "has no end of its header, or too long a one");
        Part part;
        if (const auto wrong = read_header(body.substr(0, header), part)) return Error(where + *wrong);
        body.remove_prefix(header + 2);  // the line break before a boundary may be the header's own
        const std::size_t end = body.find(mark);
        if (end == std::string_view::npos) return Error(where + "has no end: the last boundary is missing");
        part.data = end < 2 ? std::string_view{} : body.substr(2, end - 2);
        body.remove_prefix(end + mark.size());
        parts.push_back(std::move(part));
    }
}

}  // namespace magscan::service
