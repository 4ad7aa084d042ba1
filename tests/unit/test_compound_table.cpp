#include "scan/compound_table.h"

#include <catch2/catch.hpp>

#include <string>

using namespace magscan;

TEST_CASE("A compound as JSON says all that is known, and null for the rest", "[compound_table]") {
    const nlohmann::json citrate = scan::compound_json(*calc::find_compound("citrate-tri"));
    CHECK(citrate.at("formula") == "Mg3(C6H5O7)2");
    CHECK(citrate.at("molar_mass") == 451.113);
    CHECK(citrate.at("fraction") == 0.16163);
    CHECK(citrate.at("declared_high") == 0.165);
    CHECK(citrate.at("cas_status") == "verified");
    const nlohmann::json broad = scan::compound_json(*calc::find_compound("glycinate-unspecified"));
    for (const char* key : {"formula", "molar_mass", "fraction", "cas", "cas_status", "additive"}) {
        INFO(key);
        CHECK(broad.at(key).is_null());
    }
    CHECK(broad.at("covers").size() == 3);
    CHECK(broad.at("names_family") == true);
}

TEST_CASE("Commas and quotes in CSV stay in their cell", "[compound_table]") {
    const std::string csv = scan::compound_csv();
    CHECK(csv.find("\r\ntalc") == std::string::npos);
    CHECK(csv.find("silicate-talc,\"Talc, magnesium silicate\",other,") != std::string::npos);
    // Even numbers of quotes: every quoted cell is closed in its line.
    std::size_t begin = 0;
    std::size_t rows = 0;
    while (begin < csv.size()) {
        const std::size_t end = csv.find("\r\n", begin);
        REQUIRE(end != std::string::npos);
        const std::string line = csv.substr(begin, end - begin);
        std::size_t cells = 1;
        bool quoted = false;
        for (const char letter : line) {
            if (letter == '"') quoted = !quoted;
            if (letter == ',' && !quoted) ++cells;
        }
        INFO(line);
        CHECK_FALSE(quoted);
        CHECK(cells == 18);
        begin = end + 2;
        ++rows;
    }
    CHECK(rows == calc::compounds().size() + 1);
}
