// The data behind the notes: complete, with studies and sources that exist, in words that a buyer understands.
#include <catch2/catch.hpp>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>

#include <nlohmann/json.hpp>

#include "calc/cautions.h"
#include "calc/compounds.h"
#include "calc/form_facts.h"
#include "calc/formula.h"
#include "calc/label_word_notes.h"
#include "calc/studies.h"
#include "calc/wording.h"
#include "scan/wording.h"
#include "tests/support/schema.h"

using nlohmann::json;
namespace calc = magscan::calc;

namespace {

json load(const std::string& name) {
    std::ifstream in(std::filesystem::path(MAGSCAN_SOURCE_DIR) / name);
    INFO(name);
    REQUIRE(in);
    return json::parse(in);
}

const std::vector<std::string> kFiles = {"calc/data/purposes",     "calc/data/suitability", "calc/data/studies",
                                         "calc/data/absorption",   "calc/data/cautions",    "calc/data/label_notes",
                                         "parser/data/label_words"};

std::string schema_of(const std::string& file) {
    const std::size_t slash = file.rfind('/');
    return file.substr(0, slash) + "/schema" + file.substr(slash) + ".schema.json";
}

// Every sentence that a report can show.
std::map<std::string, std::string> sentences() {
    std::map<std::string, std::string> all;
    for (const calc::FormFacts& form : calc::form_facts()) {
        all["gist of " + form.form] = form.gist;
        if (form.absorption) all["absorption of " + form.form] = form.absorption->evidence;
        for (const calc::PurposeNote& note : form.purposes) {
            all[form.form + " " + note.purpose] = note.note;
            if (note.conflict) all[form.form + " " + note.purpose + " conflict"] = *note.conflict;
        }
    }
    for (const calc::Caution& caution : calc::cautions()) all["caution " + caution.id] = caution.text;
    for (const calc::LabelNoteRow& note : calc::label_note_rows()) all["label note " + note.id] = note.text;
    all["disclaimer"] = calc::disclaimer();
    return all;
}

std::set<std::string> families() {
    std::set<std::string> out;
    for (const calc::Compound& compound : calc::compounds()) out.insert(compound.family);
    return out;
}

// Milligrams of the co-ligand that come with one milligram of magnesium.
double ligand_per_mg(const char* ligand, double count) {
    const auto mass = [](const char* formula) { return calc::molar_mass(*calc::parse_formula(formula)); };
    return count * mass(ligand) / mass("Mg");
}

}  // namespace

TEST_CASE("each data file of the notes keeps to its schema", "[suitability_data]") {
    for (const std::string& file : kFiles) {
        INFO(file);
        json data = load(file + ".json");
        CHECK(schema_errors(data, schema_of(file)) == "");
        data["extra"] = 1;
        CHECK(schema_errors(data, schema_of(file)) != "");
    }
    json cells = load("calc/data/suitability.json");
    cells["cells"][0]["rating"] = "excellent";
    CHECK(schema_errors(cells, schema_of("calc/data/suitability")) != "");
}

TEST_CASE("every family has a note for every purpose", "[suitability_data]") {
    REQUIRE(calc::purposes().size() == 12);
    for (const std::string& family : families()) {
        INFO(family);
        const calc::FormFacts& facts = calc::facts_of(family);
        CHECK(facts.form == family);
        CHECK(facts.name == magscan::scan::form_name(family));
        REQUIRE(facts.purposes.size() == calc::purposes().size());
        for (std::size_t i = 0; i < facts.purposes.size(); ++i) {
            CHECK(facts.purposes[i].purpose == calc::purposes()[i].id);
            CHECK_FALSE(facts.purposes[i].sources.empty());
        }
    }
    CHECK(calc::form_facts().size() == families().size() + 1);  // and a variant
    CHECK(calc::facts_of("bisglycinate", true).form == "bisglycinate-buffered");
    CHECK(calc::facts_of("citrate", true).form == "citrate");
    CHECK(calc::facts_of("nonsense").form == "other");
}

TEST_CASE("the purposes are those that the report's schema names", "[suitability_data]") {
    const json schema = load("docs/report.schema.json");
    const json& purpose = schema.at("properties").at("suitability").at("properties").at("forms").at("items");
    const std::string described =
        purpose.at("properties").at("purposes").at("items").at("properties").at("purpose").at("description");
    std::string listed;
    for (const calc::Purpose& row : calc::purposes()) listed += (listed.empty() ? "" : ", ") + row.id;
    CHECK(described == listed);
}

TEST_CASE("cells stand for a form and a purpose once, and rest on studies that are told", "[suitability_data]") {
    std::set<std::pair<std::string, std::string>> seen;
    const json file = load("calc/data/suitability.json");
    for (const auto& cell : file.at("cells")) {
        const auto form = cell.at("form").get<std::string>(), purpose = cell.at("purpose").get<std::string>();
        INFO(form << " " << purpose);
        CHECK(seen.emplace(form, purpose).second);
        CHECK(calc::facts_of(form).form == form);
        REQUIRE(calc::find_purpose(purpose) != nullptr);
        std::set<std::string> sources;
        for (const auto& source : cell.at("sources")) sources.insert(source.get<std::string>());
        for (const auto& study : cell.at("studies")) {
            CHECK(calc::find_study(study.get<std::string>()) != nullptr);
            CHECK(sources.count(study.get<std::string>()) == 1);
        }
    }
    std::set<std::string> used;
    const json absorption = load("calc/data/absorption.json");
    for (const auto& row : absorption.at("absorption")) {
        CHECK(families().count(row.at("family").get<std::string>()) == 1);
        CHECK(used.insert(row.at("family").get<std::string>()).second);
    }
}

TEST_CASE("ratings agree with the evidence they name", "[suitability_data]") {
    using calc::EvidenceStrength;
    using calc::Rating;
    for (const calc::FormFacts& form : calc::form_facts()) {
        for (const calc::PurposeNote& note : form.purposes) {
            INFO(form.form << " " << note.purpose);
            // Nothing is good for something because nobody looked.
            if (note.rating == Rating::kGood) {
                CHECK((note.evidence == EvidenceStrength::kModerate || note.evidence == EvidenceStrength::kLimited ||
                       note.evidence == EvidenceStrength::kStrong));
            }
            if (note.rating == Rating::kUnknown) CHECK(note.evidence == EvidenceStrength::kNone);
            if (note.evidence == EvidenceStrength::kNegative) {
                CHECK((note.rating == Rating::kWeak || note.rating == Rating::kPoor));
            }
            // No form helps in coming off medicines, whatever anyone writes.
            if (note.purpose == "benzo-taper") {
                CHECK(note.rating == Rating::kUnknown);
                CHECK(note.note.find("ask the doctor who prescribed it") != std::string::npos);
            }
        }
    }
}

TEST_CASE("percentages taken up are of people and lie between 0 and 100", "[suitability_data]") {
    for (const calc::FormFacts& form : calc::form_facts()) {
        if (!form.absorption || !form.absorption->low_percent) continue;
        INFO(form.form);
        REQUIRE(form.absorption->high_percent);
        CHECK(*form.absorption->low_percent <= *form.absorption->high_percent);
    }
    CHECK(calc::facts_of("oxide").absorption->low_percent == 4);
    CHECK_FALSE(calc::facts_of("citrate").absorption->low_percent);
    CHECK_FALSE(calc::facts_of("succinate").absorption);
}

TEST_CASE("cautions have the hours that their sentences tell", "[suitability_data]") {
    std::set<std::string> ids;
    for (const calc::Caution& caution : calc::cautions()) {
        INFO(caution.id);
        CHECK(ids.insert(caution.id).second);
        CHECK(calc::find_caution(caution.id) == &caution);
        for (const auto& hours : {caution.hours_before, caution.hours_after}) {
            if (hours) CHECK(caution.text.find(calc::format_number(*hours) + " hour") != std::string::npos);
        }
        for (const std::string& family : caution.families) CHECK(families().count(family) == 1);
        for (const std::string& family : caution.other_families) CHECK(families().count(family) == 1);
        if (!caution.label_word.empty()) CHECK(calc::find_label_note(caution.label_word) != nullptr);
    }
    CHECK(calc::cautions().front().severity == calc::Severity::kStop);
    CHECK(calc::find_caution("nonsense") == nullptr);
}

TEST_CASE("studies are complete and found by their id", "[suitability_data]") {
    for (const calc::Study& study : calc::studies()) {
        INFO(study.id);
        CHECK(calc::find_study(study.id) == &study);
        CHECK(study.sources.front() == study.id);
    }
    CHECK(calc::find_study("roguin-maor-2017")->time_of_day == "bedtime");
    CHECK_FALSE(calc::find_study("abbasi-2012")->time_of_day);
    CHECK(calc::find_study("abbasi-2012")->elemental_mg == 500);
    CHECK(calc::find_study("nonsense") == nullptr);
}

TEST_CASE("what the parser finds on a label is what the notes explain", "[suitability_data]") {
    std::set<std::string> found;
    const json words = load("parser/data/label_words.json");
    for (const char* list : {"companions", "phrases"}) {
        for (const auto& row : words.at(list)) {
            if (row.at("id") != "nothing") found.insert(row.at("id").get<std::string>());
        }
    }
    std::set<std::string> told;
    for (const calc::LabelNoteRow& row : calc::label_note_rows()) told.insert(row.id);
    CHECK(found == told);
    std::set<std::string> nutrients;
    const json names = load("parser/data/nutrients.json");
    for (const auto& row : names.at("nutrients")) nutrients.insert(row.at("id"));
    for (const auto& row : words.at("companions")) {
        for (const auto& nutrient : row.at("nutrients")) CHECK(nutrients.count(nutrient.get<std::string>()) == 1);
    }
}

TEST_CASE("sentences are whole, short and in plain words", "[suitability_data]") {
    for (const auto& [what, text] : sentences()) {
        INFO(what << ": " << text);
        CHECK(text.back() == '.');
        CHECK(text.find("  ") == std::string::npos);
        for (const char* word : {"may or may not", "seed", " RCT", "PSQI", " EEG", "bioavailab", "elemental", " cure",
                                 " heals", "elderly", "hypermagn", "osmotic", "chelation", "efficacy", "NMDA", "GABA",
                                 "placebo-controlled", " n=", "dysfunction"}) {
            CHECK(text.find(word) == std::string::npos);
        }
        std::size_t start = 0;
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] != '.' || (i + 1 < text.size() && text[i + 1] != ' ')) continue;
            CHECK(i - start < 260);
            start = i + 2;
        }
    }
}

TEST_CASE("figures in the sentences follow from the formulas", "[suitability_data]") {
    const auto said = [](const char* form, const char* purpose, const std::string& words) {
        for (const calc::PurposeNote& note : calc::facts_of(form).purposes) {
            if (note.purpose == purpose) {
                return (note.note + note.conflict.value_or("")).find(words) != std::string::npos;
            }
        }
        return false;
    };
    // 500 mg of citrate: from the 1:1 salt to what the pharmacopoeia allows of the water-free one, 16.4 %.
    CHECK(std::round(500 * calc::find_compound("citrate-mono")->fraction) == 57);
    CHECK(std::round(500 * 0.164) == 82);
    CHECK(said("citrate", "repletion", "57 to 82 mg"));
    CHECK(200 * ligand_per_mg("C2H5NO2", 2) == Approx(1240).margin(50));
    CHECK(said("bisglycinate", "sleep-onset", "about 1.2 g"));
    CHECK(100 * ligand_per_mg("C6H8O6", 2) == Approx(1400).margin(50));
    CHECK(said("ascorbate", "repletion", "about 1.4 g"));
    CHECK(2000 * 0.072 == Approx(144));
    CHECK(said("l-threonate", "repletion", "about 144 mg"));
}
