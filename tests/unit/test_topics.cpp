#include "calc/topics.h"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>

#include "calc/compounds.h"
#include "calc/rules.h"
#include "scan/topic_answer.h"

using namespace magscan;
using calc::Topic;

namespace {

std::string read(const std::filesystem::path& path) {
    std::ifstream in(path);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

std::string fact(const Topic& topic, const std::string& name) {
    for (const calc::Fact& fact : topic.facts)
        if (fact.name == name) return fact.text;
    return "";
}

}  // namespace

TEST_CASE("Every data file of calc is a table of topics with ids of their own", "[topics]") {
    std::set<std::string> files;
    for (const calc::TopicTable& table : calc::topic_tables()) {
        files.insert(table.file);
        std::set<std::string> ids;
        CHECK_FALSE(table.topics.empty());
        CHECK_FALSE(table.about.empty());
        for (const Topic& topic : table.topics) {
            INFO(topic.kind << " " << topic.id);
            CHECK_FALSE(topic.id.empty());
            CHECK(ids.insert(topic.id).second);
            CHECK(topic.kind == table.kind);
            CHECK((table.kind == "source") == topic.sources.empty());
            for (const calc::Fact& fact : topic.facts) CHECK_FALSE(fact.text.empty());
            for (const std::string& source : topic.sources) {
                INFO(source);
                bool is_source = false;
                for (const Topic* found : calc::find_topics(source)) is_source |= found->kind == "source";
                CHECK(is_source);
            }
        }
    }
    for (const auto& entry : std::filesystem::directory_iterator(MAGSCAN_SOURCE_DIR "/calc/data"))
        if (entry.is_regular_file()) CHECK(files.count("calc/data/" + entry.path().filename().string()) == 1);
}

TEST_CASE("Topics are found by their id in any case", "[topics]") {
    REQUIRE(calc::find_topics("us-3").size() == 1);
    const Topic& rule = *calc::find_topics("us-3").front();
    CHECK(rule.id == "US-3");
    CHECK(rule.kind == "rule");
    CHECK(rule.title == calc::find_rule("US-3")->pattern);
    CHECK(fact(rule, "decision") == "compound");
    CHECK(fact(rule, "confidence") == "0.98");
    CHECK(calc::find_topics("capsule 00").size() == 1);
    CHECK(calc::find_topics("").empty());
    CHECK(calc::find_topics("nonsense").empty());
    CHECK(calc::find_topics("us").empty());
}

TEST_CASE("A compound's topic holds what follows from its formula", "[topics]") {
    REQUIRE(calc::find_topics("citrate-tri").size() == 1);
    const Topic& citrate = *calc::find_topics("citrate-tri").front();
    CHECK(fact(citrate, "declared %") == "14.5 / 16 / 16.5");
    CHECK(fact(citrate, "magnesium % by the formula") == "16.16");
    CHECK(fact(citrate, "molar mass g/mol") == "451.113");
    CHECK(fact(citrate, "CAS number") == "3344-18-1");
    const Topic& broad = *calc::find_topics("citrate-unspecified").front();
    CHECK(fact(broad, "covers") == "citrate-tri, citrate-nonahydrate, citrate-mono");
    CHECK(fact(broad, "molar mass g/mol").empty());
}

TEST_CASE("Every warning of a report is a topic, and the README's table agrees", "[topics]") {
    std::set<std::string> codes;
    for (const calc::TopicTable& table : calc::topic_tables())
        if (table.kind == "warning")
            for (const Topic& topic : table.topics) codes.insert(topic.id);
    std::string code;
    for (const char* room : {"parser", "calc", "scan"})
        for (const auto& entry : std::filesystem::directory_iterator(std::string(MAGSCAN_SOURCE_DIR "/") + room))
            if (entry.path().extension() == ".cpp") code += read(entry.path());
    for (const std::string& known : codes) {
        INFO(known);
        CHECK(code.find("\"" + known + "\"") != std::string::npos);
    }
    const std::regex made("(?:Warning|(?:out|warnings)\\.push_back\\()\\s*\\{\"([a-z_]+)\",");
    std::size_t found = 0;
    for (std::sregex_iterator at(code.begin(), code.end(), made), end; at != end; ++at) {
        INFO((*at)[1].str());
        CHECK(codes.count((*at)[1]) == 1);
        ++found;
    }
    CHECK(found >= 10);
    const std::string readme = read(MAGSCAN_SOURCE_DIR "/README.md");
    const std::size_t begin = readme.find("| code | means | what to do |");
    REQUIRE(begin != std::string::npos);
    const std::string table = readme.substr(begin, readme.find("\n\n", begin) - begin);
    const std::regex name("`([a-z]+(_[a-z]+)*)`");
    for (std::sregex_iterator at(table.begin(), table.end(), name), end; at != end; ++at) {
        const std::string word = (*at)[1];
        INFO(word);
        CHECK(codes.count(word) == 1);
    }
}

TEST_CASE("A topic in words, with its sources", "[topics]") {
    const std::string text = scan::topic_text(*calc::find_topics("US-3").front());
    CHECK(text.find("US-3") != std::string::npos);
    CHECK(text.find("cfr-101-36-sources: 21 CFR 101.36(d)") != std::string::npos);
    CHECK(text.find("(law") != std::string::npos);
    const auto json = scan::topic_json(*calc::find_topics("US-3").front());
    CHECK(json.at("facts").at("decision") == "compound");
    CHECK(json.at("sources").at(0).at("id") == "cfr-101-36-sources");
}

TEST_CASE("The page shows every row of every table, and links that lead somewhere", "[topics]") {
    const std::string page = scan::knowledge_page();
    for (const calc::TopicTable& table : calc::topic_tables()) {
        CHECK(page.find("\n## " + table.heading + "\n") != std::string::npos);
        for (const Topic& topic : table.topics) {
            INFO(topic.id);
            if (table.kind == "source") CHECK(page.find("<a id=\"" + topic.id + "\"></a>") != std::string::npos);
            for (const std::string& source : topic.sources)
                CHECK(page.find("[" + source + "](#" + source + ")") != std::string::npos);
        }
    }
    // All rows of a table have as many cells as its head.
    std::istringstream lines(page);
    long bars = 0;
    for (std::string line; std::getline(lines, line);) {
        if (line.empty() || line.front() != '|') {
            bars = 0;
            continue;
        }
        long here = 0;
        for (std::size_t i = 0; i < line.size(); ++i) here += line[i] == '|' && (i == 0 || line[i - 1] != '\\') ? 1 : 0;
        INFO(line);
        if (bars != 0) CHECK(here == bars);
        bars = here;
    }
}
