#include "calc/shares.h"

#include <algorithm>
#include <optional>

#include "calc/broad_names.h"
#include "calc/compounds.h"

namespace magscan::calc {
namespace {

double densest_of_family(const std::string& family) {
    double high = 0;
    for (const Compound& compound : compounds()) {
        if (compound.family == family && family != "other") high = std::max(high, compound.declared_high);
    }
    return high;
}

}  // namespace

bool Share::holds(double share) const {
    return fits_declared(share, low, high);
}

Share share_of(const parser::Statement& statement) {
    Share all;
    for (const parser::Form& form : statement.forms) {
        const Compound* compound = find_compound(form.compound);
        if (compound == nullptr || compound->declared_high <= 0) return {};
        Share one;
        one.low = compound->declared_low;
        one.typical = compound->declared_typical;
        one.high = compound->declared_high;
        one.densest = std::max(one.high, densest_of_family(form.family));
        // A name for a source ("marine") leaves the substance open: the oxide may be all of it.
        const bool is_source = form.family != "oxide" && may_be_same(form.family, "oxide");
        one.pure = is_source ? one.densest : compound->pure_high;
        if (compound->definition == Definition::kDefined) one.theory = compound->fraction;
        one.named = true;
        if (!all.named) {
            all = one;
            continue;
        }
        all.low = std::min(all.low, one.low);
        all.high = std::max(all.high, one.high);
        all.pure = std::max(all.pure, one.pure);
        all.densest = std::max(all.densest, one.densest);
        all.typical = all.theory = 0;
    }
    return all;
}

Interval element_of(double compound_mg, const Share& share, bool pharmaceutical) {
    Interval element{std::nullopt, compound_mg * share.low, compound_mg * share.high};
    if (share.typical > 0) element.value = compound_mg * share.typical;
    if (pharmaceutical && share.theory > 0) {
        const double exact = compound_mg * share.theory;
        element = {exact, std::min(compound_mg * share.typical, exact), exact};
    }
    return element;
}

}  // namespace magscan::calc
