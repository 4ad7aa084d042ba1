// A label's text: any bytes get a report.
#include <magscan/scanner.h>

#include <cstdlib>
#include <string_view>

#include "fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto report = magscan::Scanner::parse(text, {.name = "fuzz"});
    if (report.has_value() != (size <= magscan::kMaxTextBytes)) std::abort();
    if (report && (report->to_json().empty() || report->to_text().empty())) std::abort();
    return 0;
}
