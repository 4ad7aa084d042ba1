#include <catch2/catch.hpp>
#include <string>

#include "tools/queue/message.h"

using namespace magscan::tools;
using namespace magscan::tools::queue;

namespace {

batch::Item item_of_two() {
    batch::Item item;
    item.id = "shop/Grüne Dose.jpg";
    item.files = {"/p/front.jpg", "/p/back.jpg"};
    item.columns = {{"sku", "7"}};
    item.options = {{"profile", "pregnant"}};
    return item;
}

}  // namespace

TEST_CASE("names of jobs are names of queues and folders", "[fleet]") {
    CHECK(is_job_name("night-2026.11_a"));
    CHECK(is_job_name(std::string(64, 'a')));
    CHECK_FALSE(is_job_name(""));
    CHECK_FALSE(is_job_name(std::string(65, 'a')));
    for (const char* name : {".hidden", "-x", "a/b", "a b", "ü", "a\n"}) {
        INFO(name);
        CHECK_FALSE(is_job_name(name));
    }
}

TEST_CASE("an item comes out of its message as it went in", "[fleet]") {
    const std::string picture = std::string("\x89PNG\n\0\n{", 8);
    const auto out = item_message_of(item_message({"night", item_of_two(), {picture, ""}}));
    REQUIRE(out);
    CHECK(out->job == "night");
    CHECK(out->item.id == "shop/Grüne Dose.jpg");
    CHECK(out->item.files == std::vector<std::string>{"/p/front.jpg", "/p/back.jpg"});
    CHECK(out->item.columns.dump() == R"({"sku":"7"})");
    CHECK(out->item.options.dump() == R"({"profile":"pregnant"})");
    CHECK(out->pictures == std::vector<std::string>{picture, ""});
    CHECK(item_message_of(item_message({"night", item_of_two(), {}}))->pictures.empty());
}

TEST_CASE("what is no item is told from one", "[fleet]") {
    const std::string good = item_message({"night", item_of_two(), {"abc", "de"}});
    REQUIRE(item_message_of(good));
    CHECK_FALSE(item_message_of(""));
    CHECK_FALSE(item_message_of("null\n"));
    CHECK_FALSE(item_message_of("{}\n"));
    CHECK_FALSE(item_message_of(good.substr(0, good.size() - 1)));  // a picture that is cut off
    CHECK_FALSE(item_message_of(good + "x"));                       // bytes that belong to none
    const auto with = [&](const std::string& old, const std::string& next) {
        std::string text = good;
        REQUIRE(text.find(old) != std::string::npos);
        return text.replace(text.find(old), old.size(), next);
    };
    CHECK_FALSE(item_message_of(with(R"("version":1)", R"("version":2)")));
    CHECK_FALSE(item_message_of(with(R"("job":"night")", R"("job":"../x")")));
    CHECK_FALSE(item_message_of(with(R"([3,2])", R"([3,-2])")));
    CHECK_FALSE(item_message_of(with(R"([3,2])", R"([3,18446744073709551615])")));
    CHECK_FALSE(item_message_of(with(R"([3,2])", R"([5])")));  // a picture for one of two files
}

TEST_CASE("a list comes out of its message as it went in", "[fleet]") {
    PlanMessage list{"run 1", {}, {item_of_two(), item_of_two()}};
    list.items[1].id = "b";
    list.plan.magscan = "1.2.3";
    list.plan.columns = {"sku", "price"};
    list.plan.options = {{"jurisdiction", "eu"}};
    const auto out = plan_message_of(plan_message(list));
    REQUIRE(out);
    CHECK(out->run == "run 1");
    CHECK(out->plan.magscan == "1.2.3");
    CHECK(out->plan.columns == std::vector<std::string>{"sku", "price"});
    CHECK(out->plan.options.dump() == R"({"jurisdiction":"eu"})");
    REQUIRE(out->items.size() == 2);
    CHECK(out->items[0].id == "shop/Grüne Dose.jpg");
    CHECK(out->items[1].id == "b");
    CHECK_FALSE(plan_message_of("[]"));
    CHECK_FALSE(plan_message_of(R"({"version":1,"run":"r","plan":{},"items":[]})"));
}
