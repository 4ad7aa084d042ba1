#include <catch2/catch.hpp>

#include "tools/queue/amqp_server.h"
#include "tools/queue/fetch.h"

using namespace magscan::tools::queue;

TEST_CASE("a broker's URL is taken apart, with the usual values for what it leaves out", "[fleet]") {
    const auto plain = parse_amqp_url("amqp://localhost");
    REQUIRE(plain);
    CHECK(plain->host == "localhost");
    CHECK(plain->port == 5672);
    CHECK(plain->user == "guest");
    CHECK(plain->vhost == "/");
    CHECK_FALSE(plain->tls);
    const auto full = parse_amqp_url("amqps://me:p%40ss%2F@broker.example:5000/labels%2Fnight");
    REQUIRE(full);
    CHECK(full->host == "broker.example");
    CHECK(full->port == 5000);
    CHECK(full->user == "me");
    CHECK(full->password == "p@ss/");
    CHECK(full->vhost == "labels/night");
    CHECK(full->tls);
    CHECK(parse_amqp_url("amqps://h")->port == 5671);
}

TEST_CASE("messages about a broker hold no password", "[fleet]") {
    CHECK(parse_amqp_url("amqps://me:secret@h:5000/v")->title() == "amqps://h:5000/v");
    CHECK(parse_amqp_url("amqp://me:secret@h")->title() == "amqp://h:5672/");
    for (const char* url : {"", "h", "http://me:secret@h", "amqp://me:secret@h:port/", "amqp://me:secr%zzet@h"}) {
        const auto server = parse_amqp_url(url);
        INFO(url);
        REQUIRE_FALSE(server);
        CHECK(server.error().find("secr") == std::string::npos);
    }
}

TEST_CASE("a picture's URL has an id without what is secret or passing", "[fleet]") {
    CHECK(is_url("https://a/b.jpg"));
    CHECK(is_url("HTTP://a/b.jpg"));
    CHECK_FALSE(is_url("/tmp/http://a"));
    CHECK_FALSE(is_url("https:/a"));
    CHECK_FALSE(is_url("ftp://a/b.jpg"));
    CHECK(id_of_url("https://Shop.example/p/1.jpg?sig=secret#top") == "shop.example/p/1.jpg");
    CHECK(id_of_url("http://me:secret@shop.example:8080/1.jpg") == "shop.example:8080/1.jpg");
    CHECK(id_of_url("https://shop.example:443/1.jpg") == "shop.example/1.jpg");
    CHECK(id_of_url("https://").empty());
    CHECK(id_of_url("file:///etc/passwd").empty());
}

TEST_CASE("a picture's URL has a name to show", "[fleet]") {
    CHECK(name_of_url("https://shop.example/p/front.jpg?w=100") == "front.jpg");
    CHECK(name_of_url("https://shop.example/") == "photo");
    CHECK(name_of_url("no url") == "photo");
}

TEST_CASE("no host is asked that is not named", "[fleet]") {
    const FetchLimits named{{"shop.example", "other.example:8080"}, 1000, std::chrono::seconds(5)};
    const auto error_of = [&](const std::string& url) { return fetch(url, named).error(); };
    const std::string refusal = "may not ask";
    CHECK(error_of("http://127.0.0.1:1/a.jpg").find(refusal) != std::string::npos);
    CHECK(error_of("http://shop.example:8080/a.jpg").find(refusal) != std::string::npos);
    CHECK(error_of("https://shop.example.evil.example/a.jpg").find(refusal) != std::string::npos);
    CHECK(error_of("https://me@shop.example/a.jpg").find("names a user") != std::string::npos);
    CHECK(error_of("file:///etc/passwd").find("is no URL") != std::string::npos);
}
