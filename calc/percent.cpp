#include "calc/percent.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>

#include "calc/reference_values.h"

namespace magscan::calc {
namespace {

double percent_step(double percent) {
    if (std::abs(percent - std::round(percent)) < 1e-9) return 1;
    return std::abs(percent * 10 - std::round(percent * 10)) < 1e-6 ? 0.1 : 0.01;
}

// Of a market's adults, the current value first, and then those of the largest markets: products travel.
std::vector<double> daily_values_of(std::string_view market) {
    std::vector<double> values;
    const auto add = [&](double mg) {
        if (std::find(values.begin(), values.end(), mg) == values.end()) values.push_back(mg);
    };
    for (const ReferenceValue& value : reference_values()) {
        if (value.jurisdiction == market && value.population.starts_with("adults")) add(value.mg);
    }
    for (const char* id : {"us-dv", "us-dv-old", "eu-nrv"}) {
        if (const ReferenceValue* value = find_reference_value(id)) add(value->mg);
    }
    return values;
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

bool food_percent_fits(double mg, double step_mg, double percent, double daily_value) {
    const auto printed = [](double exact) {
        const double step = exact <= 10 ? 2 : exact <= 50 ? 5 : 10;
        return step * std::floor(exact / step + 0.5);
    };
    const double exact = 100 * mg / daily_value, slack = 100 * (step_mg / 2) / daily_value;
    return percent >= printed(std::max(0.0, exact - slack)) && percent <= printed(exact + slack);
}

const std::vector<double>& adult_daily_values(parser::Jurisdiction market) {
    using parser::Jurisdiction;
    static const std::map<Jurisdiction, std::vector<double>> tables = {
        {Jurisdiction::kUnknown, daily_values_of("us")},   {Jurisdiction::kUs, daily_values_of("us")},
        {Jurisdiction::kEu, daily_values_of("eu")},        {Jurisdiction::kCanada, daily_values_of("ca")},
        {Jurisdiction::kAustralia, daily_values_of("au")}, {Jurisdiction::kJapan, daily_values_of("jp")},
        {Jurisdiction::kRussia, daily_values_of("ru")}};
    return tables.at(market);
}

std::optional<double> fitting_daily_value(double mg, double step_mg, double percent, parser::Jurisdiction market) {
    for (const double value : adult_daily_values(market)) {
        if (percent_fits(mg, step_mg, percent, value)) return value;
    }
    return std::nullopt;
}

}  // namespace magscan::calc
