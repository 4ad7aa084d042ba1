#include "scan/wording.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <utility>

namespace magscan::scan {
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

// Units of measure have no plural.
bool is_measure(std::string_view unit) {
    constexpr std::array<std::string_view, 6> measures = {"g", "mg", "ml", "l", "oz", "kg"};
    return std::find(measures.begin(), measures.end(), unit) != measures.end();
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

std::string format_number(double value) {
    if (!std::isfinite(value)) return "?";
    std::array<char, 352> buffer{};  // the largest double has 309 digits
    const int size = std::snprintf(buffer.data(), buffer.size(), "%.2f", std::abs(value));
    std::string text(buffer.data(), static_cast<std::size_t>(std::max(0, size)));
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

std::string format_interval(const calc::Interval& interval) {
    const bool is_point = interval.high - interval.low <= kSameMg;
    if (!interval.value) return is_point ? format_mg(interval.low) : range(interval.low, interval.high);
    if (is_point) return format_mg(*interval.value);
    return "about " + format_mg(rounded_bound(*interval.value)) + " (" + range(interval.low, interval.high) + ")";
}

std::string format_units(const std::optional<double>& count, const std::string& unit) {
    if (!count) return unit;
    return format_number(*count) + " " + (*count > 1 ? plural(unit) : unit);
}

std::string form_name(std::string_view family) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 8> exceptions = {{
        {"l-threonate", "magnesium L-threonate"},
        {"acetyl-taurate", "magnesium acetyl taurate"},
        {"amino-acid-chelate", "magnesium amino acid chelate"},
        {"alpha-ketoglutarate", "magnesium alpha-ketoglutarate"},
        {"bhb", "magnesium beta-hydroxybutyrate"},
        {"marine", "marine magnesium"},
        {"sucrosomial", "sucrosomial magnesium"},
        {"other", "another form of magnesium"},
    }};
    for (const auto& [id, name] : exceptions) {
        if (id == family) return std::string(name);
    }
    std::string name(family);
    std::replace(name.begin(), name.end(), '-', ' ');
    return "magnesium " + name;
}

std::string form_names(const std::vector<std::string>& families) {
    std::string out;
    for (std::size_t i = 0; i < families.size(); ++i) {
        if (i > 0) out += i + 1 == families.size() ? " and " : ", ";
        out += form_name(families[i]);
    }
    return out;
}

std::string printable(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        // C1 control characters are U+0080 to U+009F: the bytes C2 80 to C2 9F.
        const bool is_c1 = byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
        if (is_c1) ++i;
        out += byte < 0x20 || byte == 0x7F || is_c1 ? ' ' : text[i];
    }
    return out;
}

}  // namespace magscan::scan
