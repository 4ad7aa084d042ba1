#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "tools/queue/ledger.h"

using namespace magscan::tools::queue;

namespace {

Ledger ledger(std::map<std::string, std::size_t> runs, std::set<std::string> listed, std::size_t planned,
              std::size_t reports, std::size_t failures) {
    return {std::move(runs), nullptr, std::move(listed), planned, reports, failures};
}

Ledger joined(const Ledger& first, const Ledger& second) {
    Ledger out;
    join(out, ledger_text(first));
    join(out, ledger_text(second));
    return out;
}

}  // namespace

TEST_CASE("items of a run count once, whether the collector has its list or not", "[fleet]") {
    CHECK(Ledger{}.empty());
    CHECK(Ledger{}.total() == 0);
    CHECK(ledger({{"a", 10}, {"b", 5}}, {}, 0, 0, 0).total() == 15);
    CHECK(ledger({{"a", 10}, {"b", 5}}, {"a"}, 8, 0, 0).total() == 13);  // two of a's stand for photos enqueued twice
    CHECK(ledger({{"a", 10}}, {"a"}, 10, 3, 1).total() == 10);
}

TEST_CASE("two ledgers that a death left are one, in either order", "[fleet]") {
    const Ledger older = ledger({{"a", 10}}, {}, 0, 0, 0);
    const Ledger later = ledger({{"a", 10}, {"b", 5}}, {"a"}, 10, 7, 1);
    for (const Ledger& both : {joined(older, later), joined(later, older)}) {
        CHECK(both.runs == later.runs);
        CHECK(both.listed == later.listed);
        CHECK(both.planned == 10);
        CHECK(both.reports == 7);
        CHECK(both.failures == 1);
    }
}

TEST_CASE("a report that takes a failure's place is the later state", "[fleet]") {
    const Ledger both = joined(ledger({{"a", 2}}, {"a"}, 2, 1, 1), ledger({{"a", 2}}, {"a"}, 2, 2, 0));
    CHECK(both.reports == 2);
    CHECK(both.failures == 0);
}

TEST_CASE("options stay those of the first run", "[fleet]") {
    Ledger first = ledger({{"a", 1}}, {}, 0, 0, 0), second = ledger({{"b", 1}}, {}, 0, 0, 0);
    first.options = {{"profile", "adult"}};
    second.options = {{"profile", "pregnant"}};
    CHECK(joined(first, second).options.dump() == R"({"profile":"adult"})");
    CHECK(joined(ledger({}, {}, 0, 0, 0), second).options.dump() == R"({"profile":"pregnant"})");
}

TEST_CASE("a text that is no ledger changes nothing", "[fleet]") {
    Ledger known = ledger({{"a", 10}}, {"a"}, 10, 7, 1);
    for (const char* text : {"", "null", "[]", "{}", R"({"runs":{"b":1}})",
                             R"({"runs":{"b":"x"},"options":null,"listed":[],"planned":0,"reports":0,"failures":0})"}) {
        INFO(text);
        join(known, text);
        CHECK(known.runs == std::map<std::string, std::size_t>{{"a", 10}});
        CHECK(known.total() == 10);
    }
}
