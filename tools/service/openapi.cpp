#include "tools/service/openapi.h"

#include <nlohmann/json.hpp>

#include "magscan_service_data.h"
#include "tools/service/problem.h"

namespace magscan::service {
namespace {

using nlohmann::ordered_json;

// A schema of docs/ has its parts at its own root; in the document they stand below the schema's name.
void move_references(ordered_json& node, const std::string& root) {
    if (node.is_object() && node.contains("$ref")) {
        const std::string target = node["$ref"];
        if (target.starts_with("#/definitions/")) node["$ref"] = root + target.substr(1);
    }
    if (!node.is_structured()) return;
    for (ordered_json& child : node) move_references(child, root);
}

ordered_json schema_of(std::string_view file, const std::string& name) {
    ordered_json schema = ordered_json::parse(file);
    schema.erase("$schema");
    move_references(schema, "#/components/schemas/" + name);
    return schema;
}

std::string made() {
    ordered_json document = ordered_json::parse(data::openapi);
    document["info"]["version"] = MAGSCAN_VERSION;
    ordered_json& schemas = document["components"]["schemas"];
    schemas["Report"] = schema_of(data::report, "Report");
    schemas["Dose"] = schema_of(data::calc, "Dose");
    for (const ProblemKind& kind : problem_kinds())
        schemas["Problem"]["properties"]["code"]["enum"].push_back(kind.code);
    return document.dump() + "\n";
}

}  // namespace

const std::string& openapi_document() {
    static const std::string document = made();
    return document;
}

}  // namespace magscan::service
