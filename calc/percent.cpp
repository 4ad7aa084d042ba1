#include "calc/percent.h"

#include "calc/reference_values.h"

#include <algorithm>
#include <cmath>

namespace magscan::calc {
namespace {

double percent_step(double percent) {
    if (std::abs(percent - std::round(percent)) < 1e-9) return 1;
    return std::abs(percent * 10 - std::round(percent * 10)) < 1e-6 ? 0.1 : 0.01;
}

}  // namespace

bool percent_fits(double mg, double step_mg, double percent, double daily_value) {
    const double exact = 100 * mg / daily_value;
    // Half a step for rounding, another half because some makers cut off, and the rounding of the amount itself.
    const double slack = percent_step(percent) + 100 * (step_mg / 2) / daily_value;
    return percent_rounds(mg, step_mg, percent, daily_value) || (exact >= percent && exact - percent < slack + 1e-9);
}

bool percent_rounds(double mg, double step_mg, double percent, double daily_value) {
    const double exact = 100 * mg / daily_value;
    return std::abs(percent - exact) <= percent_step(percent) / 2 + 100 * (step_mg / 2) / daily_value + 1e-9;
}

const std::vector<double>& adult_daily_values(parser::Jurisdiction market) {
    const auto mg = [](std::string_view id) {
        const ReferenceValue* value = find_reference_value(id);
        return value != nullptr ? value->mg : 0.0;
    };
    static const std::vector<double> us = {mg("us-dv"), mg("us-dv-old"), mg("eu-nrv")};
    static const std::vector<double> eu = {mg("eu-nrv"), mg("us-dv"), mg("us-dv-old")};
    return market == parser::Jurisdiction::kEu ? eu : us;
}

std::optional<double> fitting_daily_value(double mg, double step_mg, double percent, parser::Jurisdiction market) {
    for (const double value : adult_daily_values(market)) {
        if (percent_fits(mg, step_mg, percent, value)) return value;
    }
    return std::nullopt;
}

}  // namespace magscan::calc
