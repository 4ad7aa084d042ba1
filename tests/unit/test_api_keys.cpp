#include <catch2/catch.hpp>
#include <string>

#include "tools/service/api_keys.h"

using namespace magscan::service;

TEST_CASE("hashes are those that other tools compute", "[api_keys]") {
    CHECK(to_hex(sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(to_base64url("\xFB\xFF") == "-_8");
    CHECK(to_base64url("any carnal pleas") == "YW55IGNhcm5hbCBwbGVhcw");
    CHECK(random_bytes(32) != random_bytes(32));
}

TEST_CASE("a key is found by its hash alone", "[api_keys]") {
    const auto keys =
        ApiKeys::parse("# ours\n\n one " + to_hex(sha256("first")) + "\r\ntwo " + to_hex(sha256("second")) + "  2.5\n");
    REQUIRE(keys);
    CHECK(keys->size() == 2);
    REQUIRE(keys->find("first") != nullptr);
    CHECK(keys->find("first")->name == "one");
    CHECK_FALSE(keys->find("first")->per_minute);
    CHECK(keys->find("second")->per_minute == 2.5);
    CHECK(keys->find("third") == nullptr);
    CHECK(keys->find(to_hex(sha256("first"))) == nullptr);
    CHECK(keys->find("") == nullptr);
}

TEST_CASE("a wrong line is named", "[api_keys]") {
    const std::string hash = to_hex(sha256("x"));
    const auto error = [](const std::string& text) {
        const auto keys = ApiKeys::parse(text);
        return keys ? "" : keys.error();
    };
    CHECK(error("a " + hash + "\nb").find("line 2") == 0);
    CHECK(error("a " + hash + "\na " + hash).find("taken") != std::string::npos);
    CHECK(error("a!b " + hash).find("name") != std::string::npos);
    CHECK(error("a " + hash.substr(1)).find("64") != std::string::npos);
    CHECK(error("a " + hash.substr(1) + "g").find("64") != std::string::npos);
    for (const char* rate : {"0", "-1", "x", "1x", "inf", "nan", "1e9", "1 2"}) {
        CAPTURE(rate);
        CHECK(error("a " + hash + " " + rate) != "");
    }
}
