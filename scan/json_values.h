// Values of a report as JSON: what is no number is written as null, a whole number without ".0".
#pragma once

#include <initializer_list>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "calc/assessment.h"

namespace magscan::scan {

inline constexpr int kMassDigits = 2;  // behind the decimal point
inline constexpr int kPercentDigits = 1;
inline constexpr int kConfidenceDigits = 3;
inline constexpr int kPixelDigits = 1;

struct Field {
    const char* key;
    mutable nlohmann::ordered_json value;
};

// An object whose fields are made once and not moved again: where one grows field by field, or is made of a list as the
// library does it, everything in it is copied several times.
nlohmann::ordered_json object(std::initializer_list<Field> fields);

nlohmann::ordered_json number(double value, int digits);
nlohmann::ordered_json number(const std::optional<double>& value, int digits);
nlohmann::ordered_json text(const std::optional<std::string>& value);
nlohmann::ordered_json probability(double value);  // within 0 and 1
nlohmann::ordered_json interval(const std::optional<calc::Interval>& value);
nlohmann::ordered_json evidence(const std::vector<parser::Evidence>& items);
nlohmann::ordered_json strings(const std::vector<std::string>& items);

}  // namespace magscan::scan
