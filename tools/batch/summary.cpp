#include "tools/batch/summary.h"

#include <algorithm>
#include <array>

#include "tools/batch/csv.h"
#include "tools/batch/journal.h"
#include "tools/batch/out_file.h"
#include "tools/batch/plan.h"

namespace magscan::tools::batch {
namespace {

constexpr std::array kOwnColumns = {"id",
                                    "file",
                                    "outcome",
                                    "status",
                                    "forms",
                                    "serving_units",
                                    "serving_unit",
                                    "per_serving_mg",
                                    "per_serving_low_mg",
                                    "per_serving_high_mg",
                                    "per_unit_mg",
                                    "per_unit_low_mg",
                                    "per_unit_high_mg",
                                    "per_day_mg",
                                    "per_day_low_mg",
                                    "per_day_high_mg",
                                    "basis",
                                    "confidence",
                                    "warnings",
                                    "error"};

std::string text(const std::optional<double>& value) {
    return value ? nlohmann::json(*value == static_cast<double>(static_cast<long>(*value))
                                      ? nlohmann::json(static_cast<long>(*value))
                                      : nlohmann::json(*value))
                       .dump()
                 : "";
}

void add(CsvRow& cells, const RowMass& mass) {
    cells.insert(cells.end(), {text(mass.value), text(mass.low), text(mass.high)});
}

}  // namespace

std::string summary_header(const std::vector<std::string>& columns) {
    CsvRow cells(kOwnColumns.begin(), kOwnColumns.end());
    for (const std::string& column : columns) {
        const bool taken = std::find(kOwnColumns.begin(), kOwnColumns.end(), column) != kOwnColumns.end();
        cells.push_back(taken ? "manifest_" + column : column);
    }
    return csv_row(cells);
}

std::string summary_row(const Row& row, const std::vector<std::string>& columns) {
    CsvRow cells = {row.id,  joined(row.files), row.outcome, row.status, joined(row.forms), text(row.units_per_serving),
                    row.unit};
    for (const RowMass& mass : {row.per_serving, row.per_unit, row.per_day}) add(cells, mass);
    cells.insert(cells.end(), {joined(row.basis), text(row.confidence), joined(row.warnings), row.error});
    for (const std::string& column : columns) {
        const auto found = row.columns.find(column);
        if (found == row.columns.end() || found->is_null())
            cells.emplace_back();
        else
            cells.push_back(found->is_string() ? found->get<std::string>() : found->dump());
    }
    return csv_row(cells);
}

ExitCode Tallied::code() const {
    if (failed == 0) return illegible > 0 && legible == 0 ? kNothingLegible : kAnswered;
    if (legible > 0) return kSomeFailed;
    return static_cast<ExitCode>(std::max<int>(worst, illegible > 0 ? kNothingLegible : kAnswered));
}

Expected<Tallied> write_summary(const std::string& folder, const std::vector<std::string>& columns) {
    auto out = WholeFile::create(path_in(folder, kSummaryFile));
    if (!out) return tl::unexpected(out.error());
    out->write(summary_header(columns));
    Tallied tally;
    const auto read = each_line(folder, [&](const nlohmann::ordered_json& line) {
        const Row row = row_of(line);
        if (row.outcome == "failed") {
            ++tally.failed;
            tally.worst = std::max(tally.worst, row.exit_code);
        } else {
            ++(row.outcome == "unreadable" ? tally.illegible : tally.legible);
        }
        out->write(summary_row(row, columns));
    });
    if (!read) return tl::unexpected(read.error());
    if (const auto written = out->commit(); !written) return tl::unexpected(written.error());
    return tally;
}

}  // namespace magscan::tools::batch
