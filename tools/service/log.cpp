#include "tools/service/log.h"

#include <spdlog/async.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "scan/json_line.h"

namespace magscan::service {
namespace {

constexpr std::size_t kLinesKept = 8192;

spdlog::level::level_enum level_of(LogLevel level) {
    switch (level) {
        case LogLevel::kInfo:
            return spdlog::level::info;
        case LogLevel::kWarning:
            return spdlog::level::warn;
        case LogLevel::kError:
            return spdlog::level::err;
    }
    return spdlog::level::err;
}

}  // namespace

void start_log() {
    spdlog::init_thread_pool(kLinesKept, 1);
    auto sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    auto logger = std::make_shared<spdlog::async_logger>("magscan", std::move(sink), spdlog::thread_pool(),
                                                         spdlog::async_overflow_policy::overrun_oldest);
    logger->set_pattern(R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})", spdlog::pattern_time_type::utc);
    logger->flush_on(spdlog::level::info);
    spdlog::set_default_logger(std::move(logger));
}

void stop_log() {
    spdlog::shutdown();
}

void log_event(LogLevel level, std::string_view event, const nlohmann::ordered_json& fields) {
    nlohmann::ordered_json line = {{"event", event}};
    line.update(fields);
    const std::string text = scan::json_line(line);
    // Without its braces: the pattern has them.
    spdlog::log(level_of(level), "{}", std::string_view(text).substr(1, text.size() - 2));
}

}  // namespace magscan::service
