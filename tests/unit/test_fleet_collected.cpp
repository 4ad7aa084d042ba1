#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tests/support/scratch.h"
#include "tools/queue/collected.h"

using namespace magscan::tools;
using namespace magscan::tools::queue;
namespace fs = std::filesystem;

namespace {

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

Collected opened(const Scratch& scratch, const std::string& job = "night") {
    auto collected = Collected::open(scratch.folder().string(), job);
    INFO((collected ? "" : collected.error().message));
    REQUIRE(collected);
    return std::move(*collected);
}

}  // namespace

TEST_CASE("each item has one line, whatever comes twice", "[fleet]") {
    const Scratch scratch;
    Collected collected = opened(scratch);
    REQUIRE(collected.add_list(list_of("r", {"a", "b", "c"})));
    REQUIRE(collected.add_results({report("a", '1'), report("a", '1'), failure("b", '2')}));
    REQUIRE(collected.add_results({report("a", '1'), failure("b", '2')}));
    CHECK(lines_of_file(scratch.path("reports.jsonl")).size() == 1);
    CHECK(lines_of_file(scratch.path("failures.jsonl")).size() == 1);
    CHECK(collected.reports() == 1);
    CHECK(collected.failures() == 1);
    CHECK(collected.missing() == 1);
    CHECK(collected.counts().total == 3);
}

TEST_CASE("a report takes a failure's place, never the other way", "[fleet]") {
    const Scratch scratch;
    Collected collected = opened(scratch);
    REQUIRE(collected.add_list(list_of("r", {"a", "b"})));
    REQUIRE(collected.add_results({failure("a", '1'), report("b", '2')}));
    REQUIRE(collected.add_results({report("a", '1'), failure("b", '2')}));
    CHECK(collected.reports() == 2);
    CHECK(collected.failures() == 0);
    CHECK(lines_of_file(scratch.path("reports.jsonl")).size() == 2);
    CHECK(lines_of_file(scratch.path("failures.jsonl")).empty());
}

TEST_CASE("a report of another photo takes the place of the one before", "[fleet]") {
    const Scratch scratch;
    Collected collected = opened(scratch);
    REQUIRE(collected.add_list(list_of("r", {"a"})));
    REQUIRE(collected.add_results({report("a", '1')}));
    REQUIRE(collected.add_results({report("a", '2')}));
    const auto lines = lines_of_file(scratch.path("reports.jsonl"));
    REQUIRE(lines.size() == 1);
    CHECK(lines[0] == report("a", '2').line);
}

TEST_CASE("results that come before their list count once it is there", "[fleet]") {
    const Scratch scratch;
    Collected collected = opened(scratch);
    REQUIRE(collected.add_results({report("a", '1'), report("other", '3')}));
    CHECK_FALSE(collected.has_list());
    REQUIRE(collected.add_list(list_of("r", {"a", "b"})));
    CHECK(collected.missing() == 1);
    CHECK(collected.counts().total == 3);  // one that no list names is an item, too
}

TEST_CASE("a folder that was left goes on, without a line that a death tore", "[fleet]") {
    const Scratch scratch;
    {
        Collected collected = opened(scratch);
        REQUIRE(collected.add_list(list_of("r", {"a", "b", "c"})));
        REQUIRE(collected.add_results({report("a", '1'), failure("b", '2')}));
    }
    std::ofstream(scratch.folder() / "reports.jsonl", std::ios::app) << R"({"source":{"name":"c)";
    std::ofstream(scratch.folder() / "items.jsonl", std::ios::app) << R"({"id":"d)";
    Collected collected = opened(scratch);
    CHECK(collected.reports() == 1);
    CHECK(collected.failures() == 1);
    CHECK(collected.missing() == 1);
    REQUIRE(collected.add_results({report("c", '3')}));
    CHECK(collected.missing() == 0);
    CHECK(lines_of_file(scratch.path("reports.jsonl")).size() == 2);
    CHECK(lines_of_file(scratch.path("items.jsonl")).size() == 3);
}

TEST_CASE("what is missing is named as long as it is", "[fleet]") {
    const Scratch scratch;
    Collected collected = opened(scratch);
    REQUIRE(collected.add_list(list_of("r", {"a", "b"})));
    REQUIRE(collected.add_results({report("b", '1')}));
    const auto missing = collected.write_missing();
    REQUIRE(missing);
    CHECK(*missing == std::vector<std::string>{"a"});
    CHECK(lines_of_file(scratch.path("missing.jsonl")).size() == 1);
    REQUIRE(collected.add_results({report("a", '2')}));
    REQUIRE(collected.write_missing());
    CHECK_FALSE(fs::exists(scratch.folder() / "missing.jsonl"));
}

TEST_CASE("a folder of something else is left alone", "[fleet]") {
    const Scratch scratch;
    { opened(scratch, "night"); }
    CHECK_FALSE(Collected::open(scratch.folder().string(), "day"));
    const Scratch other;
    other.file("notes.txt", "mine");
    const auto refused = Collected::open(other.folder().string(), "night");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message.find("Name another folder") != std::string::npos);
    CHECK(read_file(other.path("notes.txt")) == "mine");
}

TEST_CASE("what is no result is left out", "[fleet]") {
    const Scratch scratch;
    Collected collected = opened(scratch);
    REQUIRE(collected.add_results({{true, "{}", false}, {true, "no JSON", false}, {false, "[1]", false}}));
    CHECK(collected.counts().done == 0);
    CHECK(lines_of_file(scratch.path("reports.jsonl")).empty());
}
