#include "tools/batch/csv.h"

#include <csv.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "scan/csv.h"
#include "tools/batch/line_reader.h"

namespace magscan::tools::batch {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kFormulaStarts = "=+-@\t\r";

struct Rows {
    const std::function<bool(std::size_t, CsvRow)>* take = nullptr;
    CsvRow row;
    std::size_t number = 0;
    bool wanted = true;
};

void end_field(void* text, std::size_t size, void* rows) {
    static_cast<Rows*>(rows)->row.emplace_back(static_cast<const char*>(text), size);
}

void end_row(int, void* data) {
    auto* rows = static_cast<Rows*>(data);
    ++rows->number;
    CsvRow row = std::exchange(rows->row, {});
    const bool empty = row.empty() || (row.size() == 1 && row.front().empty());
    if (rows->wanted && !empty) rows->wanted = (*rows->take)(rows->number, std::move(row));
}

char delimiter_of(std::string_view first_line) {
    char best = ',';
    std::ptrdiff_t most = 0;
    for (const char mark : {',', ';', '\t'}) {
        const auto count = std::count(first_line.begin(), first_line.end(), mark);
        if (count > most) {
            most = count;
            best = mark;
        }
    }
    return best;
}

// Blanks belong to the field (RFC 4180, 2.4).
int is_no_space(unsigned char) {
    return 0;
}

}  // namespace

tl::expected<void, std::string> read_csv(const std::string& path,
                                         const std::function<bool(std::size_t, CsvRow)>& take) {
    auto lines = LineReader::open(path);
    if (!lines) return tl::unexpected(lines.error());
    csv_parser parser{};
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL) != 0)
        return tl::unexpected(std::string("not enough memory"));
    const std::unique_ptr<csv_parser, decltype(&csv_free)> freed(&parser, csv_free);
    csv_set_space_func(&parser, is_no_space);

    Rows rows;
    rows.take = &take;
    const auto malformed = [&] {
        return tl::unexpected("row " + std::to_string(rows.number + 1) + ": " + csv_strerror(csv_error(&parser)) +
                              ". Are the quotes right?");
    };
    std::string line;
    for (bool is_first = true; rows.wanted && lines->next(line); is_first = false) {
        if (is_first) {
            if (line.starts_with(kByteOrderMark)) line.erase(0, kByteOrderMark.size());
            csv_set_delim(&parser, static_cast<unsigned char>(delimiter_of(line)));
        }
        line += '\n';
        if (csv_parse(&parser, line.data(), line.size(), end_field, end_row, &rows) != line.size()) return malformed();
        if (csv_get_buffer_size(&parser) > 2 * LineReader::kMaxLineBytes) {
            return tl::unexpected("row " + std::to_string(rows.number + 1) +
                                  " has more than 32 MB. Is a quote missing?");
        }
    }
    if (!lines->error().empty()) return tl::unexpected(lines->error());
    if (rows.wanted && csv_fini(&parser, end_field, end_row, &rows) != 0) return malformed();
    return {};
}

std::string csv_row(const CsvRow& cells) {
    std::string out;
    for (const std::string& cell : cells) {
        if (&cell != &cells.front()) out += ',';
        const bool formula = !cell.empty() && kFormulaStarts.find(cell.front()) != std::string_view::npos;
        out += scan::csv_cell(formula ? "'" + cell : cell);
    }
    return out + "\r\n";
}

}  // namespace magscan::tools::batch
