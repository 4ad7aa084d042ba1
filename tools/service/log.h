// One line of JSON on standard error for each thing worth knowing. Never what a client uploaded, and of what it wrote
// only the path. A reader that is too slow loses lines; it never holds up the service.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>

namespace magscan::service {

void start_log();
void stop_log();  // writes what is left

enum class LogLevel { kInfo, kWarning, kError };

// `fields` follow the time, the level and the event.
void log_event(LogLevel level, std::string_view event, const nlohmann::ordered_json& fields);

}  // namespace magscan::service
