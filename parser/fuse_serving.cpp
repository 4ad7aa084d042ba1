#include "parser/fuse_serving.h"

#include <cmath>
#include <string>

#include "parser/figures.h"

namespace magscan::parser {
namespace {

struct Shown {
    std::size_t photo = 0;  // index
    Serving serving;
};

std::string number(double value) {
    return significant(value, 6);
}

std::string size_of(const Serving& s) {
    return s.text ? *s.text : number(s.units.value_or(0)) + " " + s.unit.value_or("");
}

void warn(std::vector<Warning>& warnings, const Shown& a, const std::string& of_a, const Shown& b,
          const std::string& of_b, const std::string& what) {
    warnings.push_back({"photos_disagree", "Photo " + std::to_string(a.photo + 1) + " gives " + of_a + ", photo " +
                                               std::to_string(b.photo + 1) + " " + of_b + " as " + what +
                                               "; it is left open. Check that both show one product, and take the "
                                               "facts panel again."});
}

// What a panel or its heading calls a serving. Directions and headlines may name another number than the panel.
bool defines(const Serving& s) {
    return s.rank <= ServingRank::kPanelHeading;
}

bool sizes_conflict(const Serving& a, const Serving& b) {
    if (defines(a) != defines(b) || (!defines(a) && a.rank != b.rank) || !a.units || !b.units) return false;
    const bool same_unit = !a.unit || !b.unit || *a.unit == *b.unit;
    return same_unit ? *a.units != *b.units : defines(a);
}

// Servings a day, where `from` counts in servings of its own size.
void take_daily(Serving& to, const Serving& from, bool own_size) {
    if (to.per_day_low || !from.per_day_low || !from.per_day_high) return;
    if (from.dose_varies || from.varies) return;
    double factor = 1;
    if (!own_size && from.units) {
        const bool comparable = to.units && to.unit == from.unit;
        if (!comparable) return;
        factor = *from.units / *to.units;
    }
    to.per_day_low = *from.per_day_low * factor;
    to.per_day_high = *from.per_day_high * factor;
}

void fuse_sizes(Serving& to, const std::vector<Shown>& shown, const Shown& best, std::vector<Warning>& warnings) {
    for (const Shown& other : shown) {
        if (other.photo == best.photo || !sizes_conflict(best.serving, other.serving)) continue;
        warn(warnings, best, "\"" + size_of(best.serving) + "\"", other, "\"" + size_of(other.serving) + "\"",
             "the serving");
        if (best.serving.unit != other.serving.unit) to.unit.reset();
        to.units.reset();
        to.text.reset();
        return;
    }
    for (const Shown& other : shown) {
        const bool equal = other.serving.rank == best.serving.rank;
        to.varies = to.varies || (equal && other.serving.varies && other.serving.unit == to.unit);
    }
    if (to.varies) to.units.reset();
}

void fuse_counts(Serving& to, const std::vector<Shown>& shown, std::vector<Warning>& warnings) {
    const Shown* first = nullptr;
    for (const Shown& one : shown) {
        if (!one.serving.per_container) continue;
        if (first == nullptr) {
            first = &one;
            to.per_container = one.serving.per_container;
        } else if (*one.serving.per_container != *first->serving.per_container) {
            warn(warnings, *first, number(*first->serving.per_container), one, number(*one.serving.per_container),
                 "the number of servings");
            to.per_container.reset();
            return;
        }
    }
}

void fuse_days(Serving& to, const std::vector<Shown>& shown, const Shown& best, std::vector<Warning>& warnings) {
    const Shown* first = nullptr;
    for (const Shown& one : shown) {
        Serving day = to;
        day.per_day_low.reset();
        day.per_day_high.reset();
        take_daily(day, one.serving, one.photo == best.photo);
        if (!day.per_day_low) continue;
        if (first == nullptr) {
            first = &one;
            to.per_day_low = day.per_day_low;
            to.per_day_high = day.per_day_high;
        } else if (std::abs(*day.per_day_low - *to.per_day_low) > 0.01 ||
                   std::abs(*day.per_day_high - *to.per_day_high) > 0.01) {
            warn(warnings, *first, number(*to.per_day_low), one, number(*day.per_day_low), "servings a day");
            to.per_day_low.reset();
            to.per_day_high.reset();
            return;
        }
    }
}

}  // namespace

std::optional<Serving> fuse_servings(const std::vector<Label>& photos, std::vector<Warning>& warnings) {
    std::vector<Shown> shown;
    for (std::size_t i = 0; i < photos.size(); ++i) {
        if (!photos[i].serving) continue;
        shown.push_back({i, *photos[i].serving});
        for (Evidence& evidence : shown.back().serving.evidence) evidence.image = static_cast<int>(i);
    }
    if (shown.empty()) return std::nullopt;
    const Shown* best = &shown.front();
    for (const Shown& one : shown) {
        const bool knows_more = one.serving.unit && !best->serving.unit;
        if (one.serving.rank < best->serving.rank || (one.serving.rank == best->serving.rank && knows_more))
            best = &one;
    }
    Serving out = best->serving;
    out.per_day_low.reset();
    out.per_day_high.reset();
    out.per_container.reset();
    for (const Shown& one : shown) {
        if (one.photo == best->photo) continue;
        out.evidence.insert(out.evidence.end(), one.serving.evidence.begin(), one.serving.evidence.end());
    }
    fuse_sizes(out, shown, *best, warnings);
    fuse_counts(out, shown, warnings);
    fuse_days(out, shown, *best, warnings);
    return out;
}

}  // namespace magscan::parser
