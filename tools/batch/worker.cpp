#include "tools/batch/worker.h"

#include <filesystem>

#include "ocr/image.h"
#include "scan/json_line.h"
#include "tools/files.h"

namespace magscan::tools::batch {

using nlohmann::ordered_json;

Result failure_result(const Item& item, const Failure& failure, const std::vector<std::string>& hashes) {
    ordered_json images = ordered_json::array();
    for (std::size_t i = 0; i < item.files.size(); ++i) {
        const bool known = i < hashes.size() && !hashes[i].empty();
        images.push_back(
            {{"name", base_name(item.files[i])}, {"sha256", known ? ordered_json(hashes[i]) : ordered_json(nullptr)}});
    }
    ordered_json source = {{"name", item.id}, {"kind", item.files.size() > 1 ? "photos" : "photo"}, {"images", images}};
    if (!item.columns.empty()) source["columns"] = item.columns;
    const ordered_json out = {{"source", source},
                              {"error",
                               {{"code", failure.code},
                                {"message", failure.message},
                                {"photo", failure.photo},
                                {"exit_code", static_cast<int>(failure.exit_code)}}}};
    const bool again = failure.code == "crashed" || failure.code == "deadline" || failure.code == "internal";
    return {false, scan::json_line(out), again};
}

std::vector<std::string> hashes_of(const Item& item) {
    std::vector<std::string> out;
    for (const std::string& file : item.files) {
        std::error_code failed;
        const bool readable = std::filesystem::is_regular_file(file, failed);
        const auto bytes = readable ? read_file(file, ocr::kMaxImageBytes) : tl::unexpected(std::string());
        out.push_back(bytes ? ocr::sha256_hex(*bytes) : "");
    }
    return out;
}

}  // namespace magscan::tools::batch
