// JSON of pages: any bytes get a report or a usage error, and a page that is read is the same as values.
#include <magscan/magscan.h>
#include <magscan/scanner.h>

#include <cstdlib>
#include <string>

#include "fuzz.h"

namespace {

std::string untimed(const std::string& json) {
    return json.substr(0, json.rfind("\"timings_ms\""));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto* text = reinterpret_cast<const char*>(data);
    magscan_result* result = nullptr;
    const magscan_status status = magscan_parse_page(text, size, nullptr, &result);
    if (status != MAGSCAN_OK && status != MAGSCAN_USAGE) std::abort();
    if (const auto page = magscan::page_from_json({text, size})) {
        const auto report = magscan::Scanner::parse(*page);
        if (report.has_value() != (status == MAGSCAN_OK)) std::abort();
        if (report && untimed(report->to_json()) != untimed(magscan_result_text(result))) std::abort();
    }
    magscan_result_free(result);
    return 0;
}
