#include "calc/percent.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string_view>
#include <utility>

#include "calc/reference_values.h"

namespace magscan::calc {
namespace {

using parser::Jurisdiction;

// As calc/data/reference_values.json names them.
constexpr std::array<std::pair<Jurisdiction, std::string_view>, 7> kMarkets = {{{Jurisdiction::kUnknown, "us"},
                                                                                {Jurisdiction::kUs, "us"},
                                                                                {Jurisdiction::kEu, "eu"},
                                                                                {Jurisdiction::kCanada, "ca"},
                                                                                {Jurisdiction::kAustralia, "au"},
                                                                                {Jurisdiction::kJapan, "jp"},
                                                                                {Jurisdiction::kRussia, "ru"}}};

double food_step(double percent) {
    return percent <= 10 ? 2 : percent <= 50 ? 5 : 10;
}

double percent_step(double percent) {
    if (std::abs(percent - std::round(percent)) < 1e-9) return 1;
    return std::abs(percent * 10 - std::round(percent * 10)) < 1e-6 ? 0.1 : 0.01;
}

// Of a market's adults, the current value first.
std::vector<double> own_daily_values(std::string_view market) {
    std::vector<double> values;
    for (const ReferenceValue& value : reference_values()) {
        if (value.jurisdiction == market && value.population.starts_with("adults")) values.push_back(value.mg);
    }
    return values;
}

// A market's own and then those of the largest markets: products travel.
std::vector<double> daily_values_of(std::string_view market) {
    std::vector<double> values = own_daily_values(market);
    const auto add = [&](double mg) {
        if (std::find(values.begin(), values.end(), mg) == values.end()) values.push_back(mg);
    };
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
        const double step = food_step(exact);
        return step * std::floor(exact / step + 0.5);
    };
    const double exact = 100 * mg / daily_value, slack = 100 * (step_mg / 2) / daily_value;
    return percent >= printed(std::max(0.0, exact - slack)) && percent <= printed(exact + slack);
}

const std::vector<double>& adult_daily_values(parser::Jurisdiction market) {
    static const std::map<parser::Jurisdiction, std::vector<double>> tables = [] {
        std::map<parser::Jurisdiction, std::vector<double>> all;
        for (const auto& [jurisdiction, id] : kMarkets) all[jurisdiction] = daily_values_of(id);
        return all;
    }();
    return tables.at(market);
}

AmountBounds amounts_of_percent(double percent, parser::Jurisdiction market, bool is_food) {
    std::vector<double> values = adult_daily_values(market);
    for (const auto& [jurisdiction, id] : kMarkets) {
        if (jurisdiction == market && market != Jurisdiction::kUnknown) values = own_daily_values(id);
    }
    const auto [least, most] = std::minmax_element(values.begin(), values.end());
    const double step = is_food ? food_step(percent) : percent_step(percent);
    return {std::max(0.0, percent - step / 2) * *least / 100, (percent + step / 2) * *most / 100};
}

std::optional<double> fitting_daily_value(double mg, double step_mg, double percent, parser::Jurisdiction market) {
    for (const double value : adult_daily_values(market)) {
        if (percent_fits(mg, step_mg, percent, value)) return value;
    }
    return std::nullopt;
}

}  // namespace magscan::calc
