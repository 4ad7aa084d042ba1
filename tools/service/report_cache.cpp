#include "tools/service/report_cache.h"

#include <utility>

namespace magscan::service {
namespace {

// The report as a structure takes some twice what its JSON does.
std::size_t cost_of(const std::string& key, const CachedReport& report) {
    return key.size() + 3 * report.json.size();
}

}  // namespace

std::shared_ptr<const CachedReport> ReportCache::find(const std::string& key, Clock::time_point now) {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto found = by_key_.find(key);
    if (found == by_key_.end()) return nullptr;
    if (now - found->second->made >= life_) {
        erase(found->second);
        return nullptr;
    }
    entries_.splice(entries_.begin(), entries_, found->second);
    return entries_.front().report;
}

void ReportCache::put(const std::string& key, std::shared_ptr<const CachedReport> report, Clock::time_point now) {
    const std::size_t cost = cost_of(key, *report);
    const std::lock_guard<std::mutex> lock(mutex_);
    if (const auto old = by_key_.find(key); old != by_key_.end()) erase(old->second);
    if (cost > limit_) return;
    while (bytes_ + cost > limit_) erase(std::prev(entries_.end()));
    entries_.push_front({key, std::move(report), now});
    by_key_[key] = entries_.begin();
    bytes_ += cost;
}

std::size_t ReportCache::bytes() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return bytes_;
}

void ReportCache::erase(std::list<Entry>::iterator entry) {
    bytes_ -= cost_of(entry->key, *entry->report);
    by_key_.erase(entry->key);
    entries_.erase(entry);
}

}  // namespace magscan::service
