#include <catch2/catch.hpp>

#include "tools/service/report_cache.h"

using namespace magscan::service;
using namespace std::chrono_literals;

namespace {

std::shared_ptr<const CachedReport> report(std::size_t bytes) {
    auto out = std::make_shared<CachedReport>();
    out->json.assign(bytes, 'x');
    return out;
}

}  // namespace

TEST_CASE("a report is kept for its life", "[report_cache]") {
    ReportCache cache(1000, 10s);
    const ReportCache::Clock::time_point start{};
    const auto kept = report(10);
    cache.put("a", kept, start);
    CHECK(cache.find("a", start + 9999ms) == kept);
    CHECK(cache.find("b", start) == nullptr);
    CHECK(cache.find("a", start + 10s) == nullptr);
    CHECK(cache.bytes() == 0);
}

TEST_CASE("the cache keeps within its bytes; what was not asked for the longest goes first", "[report_cache]") {
    ReportCache cache(3 * 301, 1h);  // three of 3 * 100 bytes and their keys
    const ReportCache::Clock::time_point now{};
    for (const char* key : {"a", "b", "c"}) cache.put(key, report(100), now);
    CHECK(cache.find("a", now) != nullptr);
    cache.put("d", report(100), now);
    CHECK(cache.find("b", now) == nullptr);
    for (const char* key : {"a", "c", "d"}) CHECK(cache.find(key, now) != nullptr);
    cache.put("d", report(100), now);  // again
    CHECK(cache.bytes() == 903);
    cache.put("huge", report(1000), now);
    CHECK(cache.find("huge", now) == nullptr);
    CHECK(cache.bytes() == 903);
    cache.put("large", report(250), now);
    CHECK(cache.find("large", now) != nullptr);
    CHECK(cache.bytes() <= 903);
}
