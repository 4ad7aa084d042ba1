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

// The serving that defines the label's amounts, `found` in order of rank. Where two panels have each their own, the one
// with magnesium below it.
const FoundServing& best_of(const std::vector<FoundServing>& found) {
    const FoundServing& first = found.front();
    if (first.rank != ServingRank::kServingSize || first.heads_magnesium) return first;
    const auto better = std::find_if(found.begin(), found.end(),
                                     [&](const FoundServing& f) { return f.rank == first.rank && f.heads_magnesium; });
    return better == found.end() ? first : *better;
}

// "1 capsule contains 100 mg", "3 capsules provide 300 mg": no one of them is the serving.
bool contents_differ(const std::vector<FoundServing>& found, const FoundServing& best) {
    return best.rank == ServingRank::kEach && std::any_of(found.begin(), found.end(), [&](const FoundServing& f) {
               return f.rank == best.rank && f.unit == best.unit && f.low != best.low;
           });
}

// The unit of a dose that names none: what the label counts elsewhere, if it is one thing.
std::string counted_unit(const std::vector<FoundServing>& found) {
    std::string unit;
    for (const FoundServing& f : found) {
        if (f.unit.empty()) continue;
        if (!unit.empty() && unit != f.unit) return {};
        unit = f.unit;
    }
    return unit;
}

}  // namespace

std::optional<Serving> serving_of(const std::vector<Markup>& blocks) {
    Serving serving;
    std::vector<FoundServing> found;
    for (const Markup& block : blocks) find_servings(block, found, serving);
    std::stable_sort(found.begin(), found.end(),
                     [](const FoundServing& a, const FoundServing& b) { return a.rank < b.rank; });
    const std::string unit = counted_unit(found);
    divide_pack(found, serving);
    const Directions directions = directions_of(blocks, found.empty() ? std::string() : best_of(found).unit);
    if (directions.servings) {
        serving.per_day_low = directions.servings->low;
        serving.per_day_high = directions.servings->high;
    }
    if (found.empty() && !serving.per_container && !serving.per_day_low) return std::nullopt;
    if (found.empty()) return serving;
    FoundServing best = best_of(found);
    // "Medicinal ingredients (per capsule) ... 1-2 capsules daily": the amounts are of one.
    if (best.rank == ServingRank::kDirections && best.high > best.low) {
        const auto unit_rows = std::find_if(found.begin(), found.end(), [&](const FoundServing& f) {
            return f.rank == ServingRank::kPerUnit && f.unit == best.unit;
        });
        if (unit_rows != found.end()) best = *unit_rows;
    }
    const bool bare = best.unit.empty();
    if (bare) best.unit = unit;
    serving.rank = best.rank;
    serving.text = best.text;
    serving.evidence = {best.evidence};
    serving.grams = best.grams;
    serving.millilitres = best.millilitres;
    if (!best.unit.empty()) serving.unit = best.unit;
    const bool by_directions = best.rank == ServingRank::kDirections;
    serving.varies = best.several || contents_differ(found, best) ||
                     (best.high > best.low && best.rank == ServingRank::kServingSize);
    serving.dose_varies = by_directions && (best.high > best.low || directions.doses_differ);
    if (best.low == best.high && !serving.varies && !serving.dose_varies) serving.units = best.low;
    if (bare && !serving.per_day_low) serving.per_day_low = serving.per_day_high = 1;
    // How many servings the directions make a day: "2 capsules twice daily" of a serving of 2.
    if (directions.units && serving.units) {
        serving.per_day_low = directions.units->low / *serving.units;
        serving.per_day_high = directions.units->high / *serving.units;
    }
    return serving;
}

}  // namespace magscan::parser
