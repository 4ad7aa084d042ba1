#include "calc/wording.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "parser/figures.h"

namespace magscan::calc {
namespace {

// Bounds that are closer than this are one figure.
constexpr double kSameMg = 0.05;
constexpr double kWholeFromMg = 10.0;

std::string with_commas(std::string digits) {
    for (std::ptrdiff_t at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) {
        digits.insert(static_cast<std::size_t>(at), ",");
    }
    return digits;
}

double rounded_bound(double milligrams) {
    return milligrams >= kWholeFromMg ? std::round(milligrams) : std::round(milligrams * 10) / 10;
}

std::string range(double low, double high) {
    return format_number(rounded_bound(low)) + " to " + format_mg(rounded_bound(high));
}

std::string plural(const std::string& unit) {
    const auto ends_with = [&](std::string_view ending) { return unit.ends_with(ending); };
    if (is_measure(unit)) return unit;
    if (ends_with("y") && unit.size() > 1 &&
        std::string_view("aeiou").find(unit[unit.size() - 2]) == std::string::npos) {
        return unit.substr(0, unit.size() - 1) + "ies";
    }
    return ends_with("s") || ends_with("x") || ends_with("ch") ? unit + "es" : unit + "s";
}

}  // namespace

bool is_measure(std::string_view unit) {
    constexpr std::array<std::string_view, 6> measures = {"g", "mg", "ml", "l", "oz", "kg"};
    return std::find(measures.begin(), measures.end(), unit) != measures.end();
}

std::string format_number(double value) {
    if (!std::isfinite(value)) return "?";
    const std::string text = parser::fixed(std::abs(value), 2);
    const std::size_t point = text.find('.');
    std::string decimals = text.substr(point + 1);
    while (!decimals.empty() && decimals.back() == '0') decimals.pop_back();
    std::string out = with_commas(text.substr(0, point));
    if (!decimals.empty()) out += "." + decimals;
    return value < 0 && out != "0" ? "-" + out : out;
}

std::string format_mg(double milligrams) {
    return format_number(milligrams) + " mg";
}

std::string format_interval(const Interval& interval) {
    const bool is_point = interval.high - interval.low <= kSameMg;
    if (!interval.value) return is_point ? format_mg(interval.low) : range(interval.low, interval.high);
    if (is_point) return format_mg(*interval.value);
    return "about " + format_mg(rounded_bound(*interval.value)) + " (" + range(interval.low, interval.high) + ")";
}

std::string format_units(const std::optional<double>& count, const std::string& unit) {
    if (!count) return unit;
    return format_number(*count) + " " + (*count > 1 ? plural(unit) : unit);
}

std::string listed(const std::vector<std::string>& items, std::string_view last) {
    std::string out;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i > 0) out += i + 1 == items.size() ? " " + std::string(last) + " " : ", ";
        out += items[i];
    }
    return out;
}

}  // namespace magscan::calc
