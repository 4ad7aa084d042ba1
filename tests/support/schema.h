// Whether a document keeps to a JSON Schema: a report to docs/report.schema.json, a data file to its own.
#pragma once

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

// Empty where it does, else the places and what is wrong there.
inline std::string schema_errors(const nlohmann::json& report, const std::string& name = "docs/report.schema.json") {
    using Adapter = valijson::adapters::NlohmannJsonAdapter;
    std::ifstream file(std::string(MAGSCAN_SOURCE_DIR "/") + name);
    const nlohmann::json document = nlohmann::json::parse(file);
    valijson::Schema schema;
    valijson::SchemaParser parser;
    const Adapter described(document);
    parser.populateSchema(described, schema);

    valijson::Validator validator;
    valijson::ValidationResults results;
    const Adapter target(report);
    if (validator.validate(schema, target, &results)) return {};
    std::string out;
    for (valijson::ValidationResults::Error error; results.popError(error);) {
        for (const std::string& step : error.context) out += step;
        out += ": " + error.description + "\n";
    }
    return out;
}
