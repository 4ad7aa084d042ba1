#include "parser/serving.h"

#include <algorithm>
#include <cmath>

#include "parser/directions.h"
#include "parser/serving_finder.h"

namespace magscan::parser {
namespace {

constexpr double kMostPackShare = 12;  // units of a serving that a pack may come to

// "60 capsules", "30 servings": 2 to a serving. Takes the packs out of what was found.
void divide_pack(std::vector<FoundServing>& found, const Serving& serving) {
    const auto first_pack =
        std::find_if(found.begin(), found.end(), [](const FoundServing& f) { return f.rank == ServingRank::kPack; });
    const std::vector<FoundServing> packs(first_pack, found.end());
    found.erase(first_pack, found.end());
    if (!found.empty() || packs.empty() || !serving.per_container || *serving.per_container < 1) return;
    FoundServing share = packs.front();
    for (const FoundServing& pack : packs) {
        if (pack.unit != share.unit || pack.low != share.low) return;
    }
    share.low = share.high = share.low / *serving.per_container;
    if (share.low >= 1 && share.low <= kMostPackShare && share.low == std::floor(share.low)) found.push_back(share);
}

}  // namespace

std::optional<Serving> serving_of(const std::vector<Markup>& blocks) {
    Serving serving;
    std::vector<FoundServing> found;
    for (const Markup& block : blocks) find_servings(block, found, serving);
    std::stable_sort(found.begin(), found.end(),
                     [](const FoundServing& a, const FoundServing& b) { return a.rank < b.rank; });
    divide_pack(found, serving);
    const Directions directions = directions_of(blocks, found.empty() ? std::string() : found.front().unit);
    if (directions.servings) {
        serving.per_day_low = directions.servings->low;
        serving.per_day_high = directions.servings->high;
    }
    if (found.empty() && !serving.per_container && !serving.per_day_low) return std::nullopt;
    if (found.empty()) return serving;
    const FoundServing& best = found.front();
    serving.rank = best.rank;
    serving.text = best.text;
    serving.evidence = {best.evidence};
    serving.unit = best.unit;
    const bool by_directions = best.rank == ServingRank::kDirections;
    serving.varies = best.several || (best.high > best.low && best.rank == ServingRank::kServingSize);
    serving.dose_varies = by_directions && (best.high > best.low || directions.doses_differ);
    if (best.low == best.high && !serving.varies && !serving.dose_varies) serving.units = best.low;
    // How many servings the directions make a day: "2 capsules twice daily" of a serving of 2.
    if (directions.units && serving.units) {
        serving.per_day_low = directions.units->low / *serving.units;
        serving.per_day_high = directions.units->high / *serving.units;
    }
    return serving;
}

}  // namespace magscan::parser
