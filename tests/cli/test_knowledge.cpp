// What magscan knows, asked from the command line: calc, compounds, explain.
#include <catch2/catch.hpp>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "tests/support/run.h"
#include "tests/support/scratch.h"

using nlohmann::json;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> out;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) out.push_back(line);
    return out;
}

// Runs what has to be refused and gives its one error line.
std::string refused(const std::vector<std::string>& arguments) {
    const Run run = magscan(arguments);
    INFO(run.err);
    CHECK(run.code == 2);
    CHECK(run.out.empty());
    CHECK(lines_of(run.err).size() == 1);
    CHECK(run.err.rfind("magscan: ", 0) == 0);
    return run.err;
}

json answered(const std::vector<std::string>& arguments) {
    const Run run = magscan(arguments);
    INFO(run.err);
    CHECK(run.code == 0);
    CHECK(run.err.empty());
    REQUIRE(lines_of(run.out).size() == 1);
    return json::parse(run.out);
}

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

void check_fits_terminal(const std::string& text) {
    for (const std::string& line : lines_of(text)) {
        INFO(line);
        CHECK(line.size() <= 100);
    }
}

}  // namespace

TEST_CASE("calc answers people and programs") {
    const Run text = magscan({"calc", "--form", "citrate", "--amount", "500mg"});
    CHECK(text.code == 0);
    CHECK(holds(text.out, "52.5 to 82.5 mg elemental magnesium per serving, if the amount is the compound's"));
    CHECK(holds(text.out, "500 mg elemental magnesium per serving, if the amount is magnesium's"));
    check_fits_terminal(text.out);

    const json out = answered({"calc", "--form", "citrate", "--amount", "500mg", "--basis", "compound", "--json",
                               "--servings-per-day", "2", "--units-per-serving", "4"});
    CHECK(out.at("form").at("compound") == "citrate-unspecified");
    CHECK(out.at("elemental_mg").at("per_serving").at("low") == 52.5);
    CHECK(out.at("elemental_mg").at("per_day").at("high") == 165);
    CHECK(out.at("elemental_mg").at("per_unit").at("value").is_null());
    CHECK(out.at("readings").size() == 1);

    const json moles = answered({"calc", "--form", "aspartate", "--amount", "10 mmol", "--json"});
    CHECK(moles.at("basis") == "elemental");
    CHECK(moles.at("elemental_mg").at("per_serving").at("value") == 243.05);
    CHECK(answered({"calc", "--form", "oxide", "--amount", "0,4 g", "--json"}).at("amount_mg") == 400);
    CHECK(answered({"calc", "--form", "Magnesiumcitrat", "--amount", "1,000 mg", "--json"}).at("rule") == "FOP-2");
}

TEST_CASE("calc's errors say what to write instead") {
    CHECK(holds(refused({"calc", "--form", "citrte", "--amount", "500mg"}), "Did you mean citrate"));
    CHECK(holds(refused({"calc", "--form", "zinc citrate", "--amount", "500mg"}), "another mineral"));
    CHECK(holds(refused({"calc", "--form", "citrate", "--amount", "500"}), "has no unit. Write it as 500mg"));
    CHECK(holds(refused({"calc", "--form", "citrate", "--amount", "-5mg"}), "Write it as"));
    CHECK(holds(refused({"calc", "--form", "citrate", "--amount", "500mg", "--basis", "salt"}),
                "Write compound, elemental or unknown"));
    CHECK(holds(refused({"calc", "--form", "citrate", "--amount", "500mg", "--servings-per-day", "0"}), "servings"));
    refused({"calc", "--form", "citrate", "--amount", "500mg", "--units-per-serving", "nan"});
    refused({"calc", "--form", "citrate", "--amount", "500mg", "--units-per-serving", "two"});
    refused({"calc", "--form", "citrate"});
    refused({"calc", "--amount", "500mg"});
    refused({"calc", "--form", "a\nmagscan: all is well", "--amount", "500mg"});
    CHECK(magscan({"calc", "--form", "citrate", "--amount", "500mg"}, "", "/dev/full").code == 74);
}

TEST_CASE("compounds shows all, in a table, as JSON and as CSV") {
    const Run table = magscan({"compounds"});
    CHECK(table.code == 0);
    check_fits_terminal(table.out);
    const json rows = answered({"compounds", "--json"});
    CHECK(rows.size() >= 100);
    for (const json& row : rows) {
        INFO(row.dump());
        CHECK(holds("\n" + table.out, "\n" + row.at("id").get<std::string>() + " "));
        CHECK_FALSE(row.at("sources").empty());
    }
    const Run csv = magscan({"compounds", "--csv"});
    CHECK(csv.code == 0);
    CHECK(lines_of(csv.out).size() == rows.size() + 1);
    CHECK(csv.out.rfind("id,name,family,names_family,definition,formula,molar_mass,fraction,", 0) == 0);
    CHECK(holds(csv.out, "\r\ncitrate-tri,\"Trimagnesium dicitrate, anhydrous\",citrate,false,defined,"));
}

TEST_CASE("compounds shows all that is known of one") {
    const Run run = magscan({"compounds", "citrate-nonahydrate"});
    CHECK(run.code == 0);
    CHECK(holds(run.out, "Trimagnesium dicitrate nonahydrate"));
    CHECK(holds(run.out, "Mg3(C6H5O7)2.9H2O"));
    CHECK(holds(run.out, "153531-96-5"));
    CHECK(holds(run.out, "613.248"));
    CHECK(holds(run.out, "11.89"));
    CHECK(holds(run.out, "jungbunzlauer.com"));
    const json one = answered({"compounds", "Magtein", "--json"});
    CHECK(one.at("id") == "l-threonate-monohydrate");
    CHECK(one.at("eu_status") == "novel_food");
    CHECK(answered({"compounds", "malate", "--json"}).at("formula") == "MgC4H4O5");
    CHECK(holds(refused({"compounds", "citrte"}), "Did you mean citrate"));
    refused({"compounds", "--json", "--csv"});
    refused({"compounds", "oxide", "--csv"});
}

TEST_CASE("explain tells of every kind of topic, with its sources") {
    const Run rule = magscan({"explain", "us-3"});
    CHECK(rule.code == 0);
    CHECK(holds(rule.out, "US-3"));
    CHECK(holds(rule.out, "21 CFR 101.36(d)"));
    CHECK(holds(rule.out, "https://www.ecfr.gov"));
    check_fits_terminal(rule.out);
    CHECK(holds(magscan({"explain", "glare_over_text"}).out, "Tilt the pack"));
    CHECK(holds(magscan({"explain", "eu-nrv"}).out, "375"));
    CHECK(holds(magscan({"explain", "iupac-2021"}).out, "https://iupac.org"));
    CHECK(holds(magscan({"explain", "Magnesiumcitrat"}).out, "citrate-unspecified"));
    CHECK(holds(magscan({"explain", "capsule 00"}).out, "0.75"));
    const json one = answered({"explain", "FOP-3", "--json"});
    CHECK(one.at("kind") == "rule");
    CHECK(one.at("facts").at("decision") == "ambiguous");
    CHECK(one.at("sources").at(0).at("kind") == "unverified");
    CHECK(holds(refused({"explain", "FOP-9"}), "Did you mean FOP-"));
    CHECK(holds(refused({"explain", "unobtainium"}), "magscan explain lists all topics"));
    CHECK_FALSE(holds(refused({"explain", "\x1b[2J"}), "\x1b"));
    refused({"explain", "US-1", "--page"});
}

TEST_CASE("explain lists all topics, and each of them can be asked for") {
    const Run list = magscan({"explain"});
    CHECK(list.code == 0);
    check_fits_terminal(list.out);
    const Run all = magscan({"explain", "--json"});
    std::set<std::string> kinds;
    for (const std::string& line : lines_of(all.out)) {
        const json topic = json::parse(line);
        kinds.insert(topic.at("kind"));
        INFO(line);
        CHECK(holds(list.out, topic.at("id")));
        if (topic.at("kind") != "source") CHECK_FALSE(topic.at("sources").empty());
        for (const json& source : topic.at("sources")) CHECK_FALSE(source.at("title").get<std::string>().empty());
    }
    CHECK(kinds.size() >= 9);
}

TEST_CASE("docs/knowledge.md is what explain --page prints") {
    const Run page = magscan({"explain", "--page"});
    CHECK(page.code == 0);
    const bool same = page.out == read_file(MAGSCAN_SOURCE_DIR "/docs/knowledge.md");
    INFO("docs/knowledge.md is behind the data. Write it anew: build/magscan explain --page > docs/knowledge.md");
    CHECK(same);
}
