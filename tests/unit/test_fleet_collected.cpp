#include <stdlib.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tools/queue/collected.h"

using namespace magscan::tools;
using namespace magscan::tools::queue;
namespace fs = std::filesystem;

namespace {

struct Folder {
    Folder() {
        std::string name = (fs::temp_directory_path() / "magscan-test-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        path = name;
    }
    ~Folder() { fs::remove_all(path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    std::vector<std::string> lines(const char* file) const {
        std::ifstream in(path / file);
        std::vector<std::string> out;
        for (std::string line; std::getline(in, line);) out.push_back(line);
        return out;
    }
    fs::path path;
};

batch::Result report(const std::string& id, char photo) {
    return {true, R"({"source":{"name":")" + id + R"(","images":[{"sha256":")" + std::string(64, photo) + R"("}]}})",
            false};
}

batch::Result failure(const std::string& id, char photo) {
    batch::Item item;
    item.id = id;
    item.files = {"/p/" + id};
    return batch::failure_result(item, {"picture", kNotAPicture, "is none", 0}, {std::string(64, photo)});
}

PlanMessage list_of(const std::string& run, const std::vector<std::string>& ids) {
    PlanMessage list{run, {}, {}};
    for (const std::string& id : ids) {
        list.items.emplace_back().id = id;
        list.items.back().files = {"/p/" + id};
    }
    return list;
}

Collected opened(const Folder& folder, const std::string& job = "night") {
    auto collected = Collected::open(folder.path.string(), job);
    INFO((collected ? "" : collected.error().message));
    REQUIRE(collected);
    return std::move(*collected);
}

}  // namespace

TEST_CASE("each item has one line, whatever comes twice", "[fleet]") {
    const Folder folder;
    Collected collected = opened(folder);
    REQUIRE(collected.add_list(list_of("r", {"a", "b", "c"})));
    REQUIRE(collected.add_results({report("a", '1'), report("a", '1'), failure("b", '2')}));
    REQUIRE(collected.add_results({report("a", '1'), failure("b", '2')}));
    CHECK(folder.lines("reports.jsonl").size() == 1);
    CHECK(folder.lines("failures.jsonl").size() == 1);
    CHECK(collected.reports() == 1);
    CHECK(collected.failures() == 1);
    CHECK(collected.missing() == 1);
    CHECK(collected.counts().total == 3);
}

TEST_CASE("a report takes a failure's place, never the other way", "[fleet]") {
    const Folder folder;
    Collected collected = opened(folder);
    REQUIRE(collected.add_list(list_of("r", {"a", "b"})));
    REQUIRE(collected.add_results({failure("a", '1'), report("b", '2')}));
    REQUIRE(collected.add_results({report("a", '1'), failure("b", '2')}));
    CHECK(collected.reports() == 2);
    CHECK(collected.failures() == 0);
    CHECK(folder.lines("reports.jsonl").size() == 2);
    CHECK(folder.lines("failures.jsonl").empty());
}

TEST_CASE("a report of another photo takes the place of the one before", "[fleet]") {
    const Folder folder;
    Collected collected = opened(folder);
    REQUIRE(collected.add_list(list_of("r", {"a"})));
    REQUIRE(collected.add_results({report("a", '1')}));
    REQUIRE(collected.add_results({report("a", '2')}));
    const auto lines = folder.lines("reports.jsonl");
    REQUIRE(lines.size() == 1);
    CHECK(lines[0] == report("a", '2').line);
}

TEST_CASE("results that come before their list count once it is there", "[fleet]") {
    const Folder folder;
    Collected collected = opened(folder);
    REQUIRE(collected.add_results({report("a", '1'), report("other", '3')}));
    CHECK_FALSE(collected.has_list());
    REQUIRE(collected.add_list(list_of("r", {"a", "b"})));
    CHECK(collected.missing() == 1);
    CHECK(collected.counts().total == 3);  // one that no list names is an item, too
}

TEST_CASE("a folder that was left goes on, without a line that a death tore", "[fleet]") {
    const Folder folder;
    {
        Collected collected = opened(folder);
        REQUIRE(collected.add_list(list_of("r", {"a", "b", "c"})));
        REQUIRE(collected.add_results({report("a", '1'), failure("b", '2')}));
    }
    std::ofstream(folder.path / "reports.jsonl", std::ios::app) << R"({"source":{"name":"c)";
    std::ofstream(folder.path / "items.jsonl", std::ios::app) << R"({"id":"d)";
    Collected collected = opened(folder);
    CHECK(collected.reports() == 1);
    CHECK(collected.failures() == 1);
    CHECK(collected.missing() == 1);
    REQUIRE(collected.add_results({report("c", '3')}));
    CHECK(collected.missing() == 0);
    CHECK(folder.lines("reports.jsonl").size() == 2);
    CHECK(folder.lines("items.jsonl").size() == 3);
}

TEST_CASE("what is missing is named as long as it is", "[fleet]") {
    const Folder folder;
    Collected collected = opened(folder);
    REQUIRE(collected.add_list(list_of("r", {"a", "b"})));
    REQUIRE(collected.add_results({report("b", '1')}));
    const auto missing = collected.write_missing();
    REQUIRE(missing);
    CHECK(*missing == std::vector<std::string>{"a"});
    CHECK(folder.lines("missing.jsonl").size() == 1);
    REQUIRE(collected.add_results({report("a", '2')}));
    REQUIRE(collected.write_missing());
    CHECK_FALSE(fs::exists(folder.path / "missing.jsonl"));
}

TEST_CASE("a folder of something else is left alone", "[fleet]") {
    const Folder folder;
    { opened(folder, "night"); }
    CHECK_FALSE(Collected::open(folder.path.string(), "day"));
    const Folder other;
    std::ofstream(other.path / "notes.txt") << "mine";
    const auto refused = Collected::open(other.path.string(), "night");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message.find("Name another folder") != std::string::npos);
    CHECK(other.lines("notes.txt") == std::vector<std::string>{"mine"});
}

TEST_CASE("what is no result is left out", "[fleet]") {
    const Folder folder;
    Collected collected = opened(folder);
    REQUIRE(collected.add_results({{true, "{}", false}, {true, "no JSON", false}, {false, "[1]", false}}));
    CHECK(collected.counts().done == 0);
    CHECK(folder.lines("reports.jsonl").empty());
}
