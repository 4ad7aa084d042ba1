#include "tools/batch/manifest.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <map>
#include <optional>
#include <utility>

#include "tools/batch/csv.h"
#include "tools/batch/line_reader.h"
#include "tools/batch/listing.h"
#include "tools/files.h"

namespace magscan::tools::batch {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

constexpr int kDeepest = 8;  // levels of a JSON value that is passed through

// "File" in the header of somebody's spreadsheet is "file".
std::string column_name(const std::string& written) {
    std::string lower = written;
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return lower == "file" || lower == "id" || lower == "product" ? lower : as_utf8(written);
}

bool is_deeper(const ordered_json& value, int levels) {
    if (!value.is_structured()) return false;
    if (levels == 0) return true;
    return std::any_of(value.begin(), value.end(),
                       [&](const ordered_json& inner) { return is_deeper(inner, levels - 1); });
}

class Manifest {
  public:
    Manifest(const std::string& path, const std::function<bool(Item)>& take, const RemoteId& remote)
        : title_(base_name(path)), folder_(fs::absolute(path).parent_path()), take_(take), remote_(remote) {}

    // `row`: an object, a member a column.
    bool add(std::size_t number, const ordered_json& row) {
        Item item;
        std::string file, id, product;
        for (const auto& [written, value] : row.items()) {
            const std::string name = column_name(written);
            std::string* special = name == "file" ? &file : name == "id" ? &id : name == "product" ? &product : nullptr;
            if (special != nullptr) {
                if (value.is_number_integer())
                    *special = value.dump();
                else if (value.is_string())
                    *special = value.get<std::string>();
                else if (!value.is_null())
                    return refuse(number, "\"" + name + "\" is no text. Correct the row");
            } else {
                if (is_deeper(value, kDeepest))
                    return refuse(number, "\"" + name + "\" is nested too deep. Flatten it");
                item.columns[name] = value;
                note_column(name);
            }
        }
        if (file.empty()) return refuse(number, "names no file. Fill in the column \"file\"");
        if (as_utf8(file + id + product) != file + id + product) return refuse(number, "is no UTF-8. Save it as UTF-8");
        Item written = item_of_written(file, folder_.string(), remote_);
        item.id = !product.empty() ? product : !id.empty() ? id : written.id;
        item.files = std::move(written.files);
        if (!written.refusal.empty()) return refuse(number, "names a file that can't be read: " + written.refusal);
        return product.empty() ? take_(std::move(item)) : join(std::move(item));
    }

    bool refuse(std::size_t number, const std::string& why) {
        Item item;
        item.id = title_ + ":" + std::to_string(number);
        item.refusal = "row " + std::to_string(number) + " of the manifest " + why;
        return take_(std::move(item));
    }

    void give_products() {
        for (Item& product : products_) {
            if (!take_(std::move(product))) return;
        }
    }

    std::vector<std::string> take_columns() { return std::move(columns_); }
    void note_column(const std::string& name) {
        if (std::find(columns_.begin(), columns_.end(), name) == columns_.end()) columns_.push_back(name);
    }

  private:
    // A photo more of a product. Of its columns those count that no earlier photo has filled in.
    bool join(Item photo) {
        const auto [known, is_new] = product_of_.try_emplace(photo.id, products_.size());
        if (is_new) {
            products_.push_back(std::move(photo));
            return true;
        }
        Item& product = products_[known->second];
        product.files.push_back(photo.files.front());
        for (const auto& [name, value] : photo.columns.items()) {
            ordered_json& own = product.columns[name];
            if (own.is_null() || own == "") own = value;
        }
        return true;
    }

    std::string title_;
    fs::path folder_;
    const std::function<bool(Item)>& take_;
    const RemoteId& remote_;
    std::vector<std::string> columns_;
    std::vector<Item> products_;
    std::map<std::string, std::size_t> product_of_;
};

std::optional<std::string> header_error(const CsvRow& header) {
    std::vector<std::string> names;
    for (const std::string& cell : header) names.push_back(column_name(cell));
    if (std::find(names.begin(), names.end(), "file") == names.end()) {
        return "its first row has no column \"file\". Name the columns there: file, and if you like id, product and "
               "others";
    }
    std::sort(names.begin(), names.end());
    const auto twice = std::adjacent_find(names.begin(), names.end());
    if (twice != names.end()) return "its first row names the column \"" + *twice + "\" twice. Rename one";
    return std::nullopt;
}

tl::expected<void, std::string> read_table(const std::string& path, Manifest& manifest) {
    CsvRow header;
    std::optional<std::string> wrong;
    const auto read = read_csv(path, [&](std::size_t number, CsvRow row) {
        if (header.empty()) {
            header = std::move(row);
            wrong = header_error(header);
            return !wrong;
        }
        if (row.size() != header.size()) {
            return manifest.refuse(number, "has " + std::to_string(row.size()) + " cells, the first row " +
                                               std::to_string(header.size()) + ". Correct it");
        }
        ordered_json object = ordered_json::object();
        for (std::size_t i = 0; i < row.size(); ++i)
            object[header[i]] = as_utf8(row[i]) == row[i] ? row[i] : as_utf8(row[i]);
        return manifest.add(number, object);
    });
    if (!read) return read;
    if (wrong) return tl::unexpected(*wrong);
    if (header.empty())
        return tl::unexpected(std::string("is empty. Its first row has to name the columns: file, id, product ..."));
    return {};
}

tl::expected<void, std::string> read_objects(const std::string& path, Manifest& manifest) {
    auto lines = LineReader::open(path);
    if (!lines) return tl::unexpected(lines.error());
    std::string line;
    bool wanted = true;
    for (std::size_t number = 1; wanted && lines->next(line); ++number) {
        if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
        const ordered_json row = ordered_json::parse(line, nullptr, false);
        wanted = row.is_object() ? manifest.add(number, row) : manifest.refuse(number, "is no JSON object. Correct it");
    }
    if (!lines->error().empty()) return tl::unexpected(lines->error());
    return {};
}

}  // namespace

tl::expected<std::vector<std::string>, std::string> read_manifest(const std::string& path,
                                                                  const std::function<bool(Item)>& take,
                                                                  const RemoteId& remote) {
    Manifest manifest(path, take, remote);
    const std::string ending = fs::path(path).extension().string();
    const bool table =
        !ending.empty() && (ending[1] == 'c' || ending[1] == 'C' || ending[1] == 't' || ending[1] == 'T');
    const auto read = table ? read_table(path, manifest) : read_objects(path, manifest);
    if (!read) return tl::unexpected(read.error());
    manifest.give_products();
    return manifest.take_columns();
}

}  // namespace magscan::tools::batch
