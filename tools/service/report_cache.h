// Reports of pictures that were read a while ago: a phone that sends a photo again does not wait for it again.
#pragma once

#include <chrono>
#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "scan/report.h"

namespace magscan::service {

struct CachedReport {
    scan::Report report;
    std::string json;  // as it was answered
};

// Bounded by the bytes of its reports; the one that was not asked for the longest goes first. Thread-safe.
class ReportCache {
  public:
    using Clock = std::chrono::steady_clock;

    ReportCache(std::size_t limit, std::chrono::seconds life) : limit_(limit), life_(life) {}

    // Null where there is none, or none young enough. A key names all that the report depends on.
    std::shared_ptr<const CachedReport> find(const std::string& key, Clock::time_point now);
    void put(const std::string& key, std::shared_ptr<const CachedReport> report, Clock::time_point now);

    std::size_t bytes() const;

  private:
    struct Entry {
        std::string key;
        std::shared_ptr<const CachedReport> report;
        Clock::time_point made;
    };
    void erase(std::list<Entry>::iterator entry);  // with the mutex held

    const std::size_t limit_;
    const std::chrono::seconds life_;
    mutable std::mutex mutex_;
    std::size_t bytes_ = 0;
    std::list<Entry> entries_;  // the last asked for first
    std::unordered_map<std::string, std::list<Entry>::iterator> by_key_;
};

}  // namespace magscan::service
