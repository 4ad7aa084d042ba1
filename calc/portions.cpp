#include "calc/portions.h"

#include "calc/interval.h"
#include "calc/percent.h"

namespace magscan::calc {

void spread(Assessment& assessment, const Context& context) {
    if (!assessment.per_serving && assessment.per_unit && context.units_per_serving) {
        assessment.per_serving = scaled(*assessment.per_unit, *context.units_per_serving);
    }
    if (!assessment.per_serving) return;
    if (!assessment.per_unit && context.units_per_serving) {
        assessment.per_unit = scaled(*assessment.per_serving, 1 / *context.units_per_serving);
    }
    const auto& serving = assessment.serving;
    if (serving && serving->per_day_low && serving->per_day_high) {
        assessment.per_day = scaled(*assessment.per_serving, *serving->per_day_low, *serving->per_day_high);
    }
    const bool firm = assessment.status == Status::kStated || assessment.status == Status::kDerived;
    if (firm && assessment.per_serving->value) {
        assessment.us_dv_percent =
            100 * *assessment.per_serving->value / adult_daily_values(parser::Jurisdiction::kUs).front();
        assessment.eu_nrv_percent =
            100 * *assessment.per_serving->value / adult_daily_values(parser::Jurisdiction::kEu).front();
    }
}

}  // namespace magscan::calc
