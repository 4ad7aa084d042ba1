#include "calc/plausibility.h"

#include "calc/numbers.h"
#include "calc/unit_capacity.h"

namespace magscan::calc {
namespace {

std::string needs(double mg, const std::string& unit, double grams, const char* verb) {
    return number(mg) + " mg of magnesium in one " + unit + " " + verb + " at least " + number(grams * 1000) +
           " mg of powder; it holds ";
}

}  // namespace

Plausibility plausibility(double mg, std::optional<double> units, const std::optional<std::string>& unit,
                          const Share& share) {
    if (mg > kImpossibleMg) {
        return {Fit::kImpossible, kImpossibleMg, "No serving holds " + number(mg) + " mg of magnesium.", true, true};
    }
    const UnitCapacity* capacity = unit && units && *units > 0 ? find_unit_capacity(*unit) : nullptr;
    if (capacity == nullptr) {
        const UnitCapacity* any = find_unit_capacity("unknown");
        const double grams = mg / share.densest / 1000;
        if (any == nullptr || !share.named || grams <= any->hard_g) return {};
        return {Fit::kImpossible, any->hard_g * 1000 * share.densest,
                number(mg) + " mg of magnesium would need at least " + number(grams) +
                    " g of the named compound, more than any serving holds.",
                true, true};
    }
    const double one = mg / *units;
    const auto grams = [&](double fraction) { return one / fraction / 1000; };
    Plausibility result{Fit::kFits, capacity->hard_g * 1000 * share.densest * *units, {}, false, false};
    result.tight = grams(share.densest) > capacity->soft_g;
    result.close = grams(share.pure) > capacity->hard_g / 4;
    const std::string most = number(capacity->hard_g * 1000) + " mg at most.";
    if (grams(share.densest) > capacity->hard_g) {
        const bool denser = grams(kDensestSource) <= capacity->soft_g;
        result.fit = denser ? Fit::kFormImpossible : Fit::kImpossible;
        result.detail = needs(one, *unit, grams(share.densest), "would need") + most;
    } else if (grams(share.pure) > capacity->hard_g) {
        result.fit = Fit::kNeedsDenser;
        result.detail = needs(one, *unit, grams(share.pure), "would need, as the pure compound,") + most;
    } else if (result.tight) {
        result.fit = Fit::kTight;
        result.detail = needs(one, *unit, grams(share.densest), "needs") + "usually no more than " +
                        number(capacity->soft_g * 1000) + " mg.";
    } else {
        result.detail = needs(one, *unit, grams(share.densest), "needs") + most;
    }
    return result;
}

}  // namespace magscan::calc
