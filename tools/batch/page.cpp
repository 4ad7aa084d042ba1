#include "tools/batch/page.h"

#include <array>
#include <ctime>
#include <unordered_map>

#include "magscan_tools_data.h"
#include "scan/json_line.h"
#include "scan/wording.h"
#include "tools/batch/journal.h"
#include "tools/batch/out_file.h"
#include "tools/batch/pictures.h"
#include "tools/batch/row.h"
#include "tools/batch/stop.h"

namespace magscan::tools::batch {
namespace {

using nlohmann::ordered_json;

constexpr std::string_view kDataMark = "/*DATA*/";
constexpr std::size_t kMostEvidence = 4;

std::string today() {
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    ::localtime_r(&now, &local);
    std::array<char, 32> text{};
    std::strftime(text.data(), text.size(), "%Y-%m-%d", &local);
    return text.data();
}

// JSON that no "</script>" or "<!--" in it can end.
std::string script_json(const ordered_json& value) {
    std::string out;
    for (const char c : scan::json_line(value)) {
        if (c == '<')
            out += "\\u003c";
        else
            out += c;
    }
    return out;
}

ordered_json mass(const RowMass& from) {
    const auto number = [](const std::optional<double>& value) {
        return value ? ordered_json(*value) : ordered_json(nullptr);
    };
    if (!from.value && !from.low) return nullptr;
    return ordered_json::array({number(from.value), number(from.low), number(from.high)});
}

ordered_json evidence(const ordered_json& report) {
    ordered_json out = ordered_json::array();
    if (!report.contains("magnesium")) return out;
    for (const ordered_json& entry : report["magnesium"]) {
        for (const ordered_json& item : entry.value("evidence", ordered_json::array())) {
            const std::string text = item.value("text", "");
            if (out.size() < kMostEvidence && std::find(out.begin(), out.end(), text) == out.end()) out.push_back(text);
        }
    }
    return out;
}

ordered_json row_json(const ordered_json& line, const Pictures& pictures) {
    const Row row = row_of(line);
    return {{"id", row.id},
            {"files", row.files},
            {"outcome", row.outcome},
            {"status", row.status},
            {"forms", row.forms},
            {"serving", row.unit.empty() ? "" : scan::format_units(row.units_per_serving, row.unit)},
            {"unit", row.unit},
            {"serving_mg", mass(row.per_serving)},
            {"unit_mg", mass(row.per_unit)},
            {"day_mg", mass(row.per_day)},
            {"basis", row.basis},
            {"confidence", row.confidence.value_or(0)},
            {"warnings", line.value("warnings", ordered_json::array())},
            {"evidence", evidence(line)},
            {"columns", row.columns},
            {"error", row.error},
            {"photo", pictures.photo},
            {"crop", pictures.crop}};
}

using Files = std::unordered_map<IdKey, std::vector<std::string>, IdKeyHash>;

Expected<Files> files_of(const std::string& folder) {
    auto items = PlannedItems::open(folder);
    if (!items) return tl::unexpected(items.error());
    Files out;
    while (auto item = items->next()) out[key_of(item->id)] = std::move(item->files);
    return out;
}

}  // namespace

Expected<> write_page(const std::string& folder, const Plan& plan) {
    const auto files = files_of(folder);
    if (!files) return tl::unexpected(files.error());
    auto out = WholeFile::create(path_in(folder, kPageFile));
    if (!out) return tl::unexpected(out.error());
    const std::string_view page = data::batch_page_html;
    const std::size_t mark = page.find(kDataMark);
    out->write(page.substr(0, mark));
    out->write("{\"magscan\":" + script_json(plan.magscan) + ",\"made\":" + script_json(today()) + ",\"rows\":[");
    std::size_t rows = 0, pictured = 0;
    const auto read = each_line(folder, [&](const ordered_json& line) {
        Pictures pictures;
        const auto known = files->find(key_of(id_of_line(line)));
        if (known != files->end() && pictured < kMostPictures && !line.contains("error") && stop_signal() == 0) {
            pictures = pictures_of(line, known->second);
        }
        if (!pictures.photo.empty()) ++pictured;
        out->write((rows++ == 0 ? "\n" : ",\n") + script_json(row_json(line, pictures)));
    });
    if (!read) return read;
    out->write("\n],\"pictures\":" + std::to_string(pictured) + "}");
    out->write(page.substr(mark + kDataMark.size()));
    return out->commit();
}

}  // namespace magscan::tools::batch
