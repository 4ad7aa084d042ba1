#include "tools/batch/resume.h"

#include <algorithm>
#include <unordered_set>

#include "tools/batch/stop.h"

namespace magscan::tools::batch {
namespace {

bool still_holds(const Item& item, const DoneItem& done, bool retry) {
    if (!done.is_report && (retry || done.photos == IdKey{})) return false;
    const std::vector<std::string> now = hashes_of(item);
    const bool gone = std::find(now.begin(), now.end(), "") != now.end();
    if (gone) return done.is_report;
    return photos_key(now) == done.photos;
}

}  // namespace

Expected<Standing> standing_of(const std::string& folder, const Plan& plan, bool retry) {
    auto done = read_done(folder);
    if (!done) return tl::unexpected(done.error());
    Standing standing{std::move(*done), {}};
    standing.counts.total = plan.items;
    auto items = PlannedItems::open(folder);
    if (!items) return tl::unexpected(items.error());
    std::unordered_set<IdKey, IdKeyHash> stale;
    while (const auto item = items->next()) {
        const auto found = standing.done.find(key_of(item->id));
        if (found == standing.done.end()) continue;
        // Asked to stop, the rest is left as it is, to be looked at the next time.
        if (stop_signal() != 0 || still_holds(*item, found->second, retry)) {
            ++standing.counts.done;
            if (!found->second.is_report) ++standing.counts.failed;
        } else {
            stale.insert(found->first);
            standing.done.erase(found);
        }
    }
    if (stale.empty()) return standing;
    const auto dropped = drop_lines(folder, [&](const IdKey& id) { return stale.contains(id); });
    if (!dropped) return tl::unexpected(dropped.error());
    return standing;
}

}  // namespace magscan::tools::batch
