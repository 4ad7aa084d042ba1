// A line of reports.jsonl or failures.jsonl, flattened for tables.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace magscan::tools::batch {

// Milligrams of elemental magnesium; nothing where not known.
struct RowMass {
    std::optional<double> value, low, high;
};

struct Row {
    std::string id;
    std::vector<std::string> files;  // names without folders
    std::string outcome;             // as in the report; "failed" where there is none
    std::string status;
    std::vector<std::string> forms;  // of all rows of the label, each once
    std::optional<double> units_per_serving;
    std::string unit;
    RowMass per_serving, per_unit, per_day;
    std::vector<std::string> basis;  // of the printed amounts, each once
    std::optional<double> confidence;
    std::vector<std::string> warnings;  // codes
    std::string error;                  // of a failure: what was wrong
    int exit_code = 0;                  // of a failure
    nlohmann::ordered_json columns = nlohmann::ordered_json::object();
};

// Of a line that is an object with a source; what is missing in it is left empty.
Row row_of(const nlohmann::ordered_json& line);

// "a; b"
std::string joined(const std::vector<std::string>& items);

}  // namespace magscan::tools::batch
