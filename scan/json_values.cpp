#include "scan/json_values.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace magscan::scan {

using nlohmann::ordered_json;

namespace {

constexpr double kLargestExactInteger = 9e15;

ordered_json polygon(const ocr::Polygon& points) {
    if (points.size() < 4) return nullptr;
    ordered_json out = ordered_json::array();
    for (const ocr::Point& point : points) {
        out.push_back(ordered_json::array({number(point.x, kPixelDigits), number(point.y, kPixelDigits)}));
    }
    return out;
}

}  // namespace

ordered_json object(std::initializer_list<Field> fields) {
    ordered_json::object_t out;
    out.reserve(fields.size());
    for (const Field& field : fields) out.emplace_back(field.key, std::move(field.value));
    return out;
}

ordered_json number(double value, int digits) {
    if (!std::isfinite(value)) return nullptr;
    const double scale = std::pow(10.0, digits);
    const double rounded = std::round(value * scale) / scale;
    if (std::abs(rounded) < kLargestExactInteger && rounded == std::trunc(rounded)) {
        return static_cast<std::int64_t>(rounded);
    }
    return rounded;
}

ordered_json number(const std::optional<double>& value, int digits) {
    return value ? number(*value, digits) : ordered_json(nullptr);
}

ordered_json text(const std::optional<std::string>& value) {
    return value ? ordered_json(*value) : ordered_json(nullptr);
}

ordered_json probability(double value) {
    return number(std::isfinite(value) ? std::clamp(value, 0.0, 1.0) : 0.0, kConfidenceDigits);
}

ordered_json interval(const std::optional<calc::Interval>& value) {
    if (!value) return nullptr;
    return object({{"value", number(value->value, kMassDigits)},
                   {"low", number(value->low, kMassDigits)},
                   {"high", number(value->high, kMassDigits)}});
}

ordered_json evidence(const std::vector<parser::Evidence>& items) {
    ordered_json out = ordered_json::array();
    for (const parser::Evidence& item : items) {
        out.push_back(object({{"image", std::max(item.image, 0)},
                              {"text", item.text},
                              {"confidence", probability(item.confidence)},
                              {"polygon", polygon(item.polygon)}}));
    }
    return out;
}

ordered_json strings(const std::vector<std::string>& items) {
    ordered_json out = ordered_json::array();
    for (const std::string& item : items) out.push_back(item);
    return out;
}

}  // namespace magscan::scan
