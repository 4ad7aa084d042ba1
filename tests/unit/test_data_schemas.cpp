// Every data file keeps to the schema beside it, and the schemas are strict.
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "tests/support/schema.h"

using nlohmann::json;
namespace fs = std::filesystem;

namespace {

json load(const std::string& file) {
    std::ifstream in(fs::path(MAGSCAN_SOURCE_DIR) / file);
    INFO(file);
    REQUIRE(in);
    return json::parse(in);
}

// calc/data/rules.json -> calc/data/schema/rules.schema.json
std::string schema_of(const std::string& file) {
    const fs::path path(file);
    return (path.parent_path() / "schema" / path.stem()).string() + ".schema.json";
}

std::vector<std::string> data_files() {
    std::vector<std::string> out;
    for (const std::string room : {"ocr/data", "parser/data", "calc/data"})
        for (const auto& entry : fs::directory_iterator(fs::path(MAGSCAN_SOURCE_DIR) / room))
            if (entry.is_regular_file()) out.push_back(room + "/" + entry.path().filename().string());
    return out;
}

// Every object of a schema that lists its properties must refuse others.
void check_is_strict(const json& schema, const std::string& where) {
    if (schema.is_array())
        for (const json& part : schema) check_is_strict(part, where);
    if (!schema.is_object()) return;
    if (schema.value("type", json()) == "object" && schema.contains("properties")) {
        INFO(where << ": " << schema.dump().substr(0, 100));
        CHECK((schema.contains("additionalProperties") && schema.at("additionalProperties") == false));
        CHECK(schema.contains("required"));
    }
    for (const auto& [key, value] : schema.items()) check_is_strict(value, where + "/" + key);
}

struct Damage {
    std::string file;
    std::string list;
    std::string what;
    std::function<void(json& row)> apply;
};

}  // namespace

TEST_CASE("Every data file keeps to its schema", "[schemas]") {
    const auto files = data_files();
    CHECK(files.size() >= 17);
    for (const std::string& file : files) {
        INFO(file);
        REQUIRE(fs::exists(fs::path(MAGSCAN_SOURCE_DIR) / schema_of(file)));
        const std::string errors = schema_errors(load(file), schema_of(file));
        CHECK(errors.empty());
        if (!errors.empty()) WARN(errors);
    }
}

TEST_CASE("Every schema is of a data file and refuses keys that it does not name", "[schemas]") {
    for (const std::string room : {"ocr/data", "parser/data", "calc/data"}) {
        for (const auto& entry : fs::directory_iterator(fs::path(MAGSCAN_SOURCE_DIR) / room / "schema")) {
            const std::string name = entry.path().filename().string();
            INFO(name);
            const std::string ending = ".schema.json";
            REQUIRE(name.ends_with(ending));
            const std::string stem = name.substr(0, name.size() - ending.size());
            CHECK(fs::exists(fs::path(MAGSCAN_SOURCE_DIR) / room / (stem + ".json")));
            check_is_strict(load(room + "/schema/" + name), name);
        }
    }
}

TEST_CASE("A broken row is refused", "[schemas]") {
    const std::vector<Damage> damages = {
        {"calc/data/compounds.json", "compounds", "no source", [](json& row) { row["sources"] = json::array(); }},
        {"calc/data/compounds.json", "compounds", "no family", [](json& row) { row.erase("family"); }},
        {"calc/data/compounds.json", "compounds", "unknown family", [](json& row) { row["family"] = "oxides"; }},
        {"calc/data/compounds.json", "compounds", "share over 1", [](json& row) { row["declared"][2] = 60.3; }},
        {"calc/data/compounds.json", "compounds", "two shares", [](json& row) { row["declared"].erase(2); }},
        {"calc/data/compounds.json", "compounds", "bad CAS", [](json& row) { row["cas"] = "1309-48"; }},
        {"calc/data/compounds.json", "compounds", "CAS of no status", [](json& row) { row.erase("cas_status"); }},
        {"calc/data/compounds.json", "compounds", "misspelt key", [](json& row) { row["addtive"] = "E530"; }},
        {"calc/data/compounds.json", "compounds", "EU status", [](json& row) { row["eu_status"] = "yes"; }},
        {"calc/data/compounds.json", "compounds", "no formula", [](json& row) { row.erase("formula"); }},
        {"calc/data/compounds.json", "compounds", "open formula", [](json& row) { row["definition"] = "ambiguous"; }},
        {"calc/data/sources.json", "sources", "unknown kind", [](json& row) { row["kind"] = "hearsay"; }},
        {"calc/data/rules.json", "rules", "id", [](json& row) { row["id"] = "us1"; }},
        {"calc/data/rules.json", "rules", "decision", [](json& row) { row["decision"] = "perhaps"; }},
        {"calc/data/rules.json", "rules", "confidence", [](json& row) { row["confidence"] = 99; }},
        {"calc/data/reference_values.json", "reference_values", "grams", [](json& row) { row["mg"] = 0.42; }},
        {"calc/data/reference_values.json", "reference_values", "year", [](json& row) { row["since"] = "2016"; }},
        {"calc/data/unit_capacity.json", "units", "nothing", [](json& row) { row["hard_g"] = 0; }},
        {"calc/data/atomic_weights.json", "atomic_weights", "symbol", [](json& row) { row["element"] = "MG"; }},
        {"calc/data/broad_names.json", "names", "unknown family", [](json& row) { row["may_be"] = {"salt"}; }},
        {"calc/data/calibration.json", "knots", "medium", [](json& row) { row["medium"] = "video"; }},
        {"calc/data/calibration.json", "knots", "probability", [](json& row) { row["probability"] = 1.5; }},
        {"parser/data/salts.json", "salts", "excipient false", [](json& row) { row["excipient"] = false; }},
        {"parser/data/salts.json", "salts", "language", [](json& row) { row["words"]["english"] = {"oxide"}; }},
        {"parser/data/salts.json", "salts", "word twice",
         [](json& row) {
             row["words"]["en"] = {"a", "a"};
         }},
        {"parser/data/salts.json", "modifiers", "no words", [](json& row) { row["words"] = json::object(); }},
        {"parser/data/salts.json", "acids", "no salt", [](json& row) { row.erase("salt"); }},
        {"parser/data/trade_names.json", "names", "empty phrase", [](json& row) { row["phrases"] = {""}; }},
        {"parser/data/nutrients.json", "nutrients", "symbol", [](json& row) { row["symbol"] = "Mag"; }},
        {"parser/data/cues.json", "cues", "unknown cue", [](json& row) { row["cue"] = "elementary"; }},
        {"parser/data/directions.json", "words", "unknown role", [](json& row) { row["role"] = "takes"; }},
        {"parser/data/directions.json", "multiples", "value", [](json& row) { row["value"] = 1.5; }},
        {"parser/data/fillers.json", "fillers", "unknown role", [](json& row) { row["role"] = "off"; }},
        {"parser/data/ocr_confusions.json", "confusions", "cost", [](json& row) { row["cost"] = 2; }},
        {"parser/data/units.json", "units", "unit", [](json& row) { row["unit"] = "Capsule"; }},
        {"parser/data/units.json", "measures", "kind", [](json& row) { row["kind"] = "weight"; }},
        {"parser/data/units.json", "numbers", "value", [](json& row) { row["value"] = "two"; }},
        {"ocr/data/languages.json", "languages", "data", [](json& row) { row["data"] = "eng.traineddata"; }},
        {"ocr/data/languages.json", "other_scripts", "no words", [](json& row) { row.erase("read_as"); }},
    };
    for (const Damage& damage : damages) {
        INFO(damage.file << " " << damage.list << ": " << damage.what);
        json file = load(damage.file);
        damage.apply(file.at(damage.list).at(0));
        CHECK_FALSE(schema_errors(file, schema_of(damage.file)).empty());
    }
    for (const std::string& file : data_files()) {
        INFO(file);
        json without = load(file);
        without.erase("version");
        CHECK_FALSE(schema_errors(without, schema_of(file)).empty());
        json more = load(file);
        more["more"] = 1;
        CHECK_FALSE(schema_errors(more, schema_of(file)).empty());
    }
}
