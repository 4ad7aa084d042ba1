#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tools/queue/spool.h"

using namespace magscan::tools::queue;
namespace fs = std::filesystem;

namespace {

std::string content_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("a picture is a file with its own name until its item is read", "[fleet]") {
    fs::path folder;
    {
        const auto spool = Spool::make();
        REQUIRE(spool);
        const auto first = spool->add(1, 0, "shop/front.jpg", std::string("a\0b", 3));
        const auto same_name = spool->add(1, 1, "front.jpg", "second");
        const auto other = spool->add(2, 0, "front.jpg", "third");
        REQUIRE((first && same_name && other));
        folder = fs::path(*first).parent_path().parent_path().parent_path();
        CHECK(fs::path(*first).filename() == "front.jpg");
        CHECK(content_of(*first) == std::string("a\0b", 3));
        CHECK(content_of(*same_name) == "second");
        CHECK((fs::status(*first).permissions() & fs::perms::others_all) == fs::perms::none);
        spool->remove(1);
        CHECK_FALSE(fs::exists(*first));
        CHECK(content_of(*other) == "third");
    }
    CHECK_FALSE(fs::exists(folder));
}

TEST_CASE("no name leads out of the spool", "[fleet]") {
    const auto spool = Spool::make();
    REQUIRE(spool);
    const std::string names[] = {"..", ".", "", "a/..", "/", std::string("a\0b", 3), std::string(300, 'x')};
    for (const std::string& name : names) {
        const auto path = spool->add(7, 0, name, "x");
        INFO(name);
        REQUIRE(path);
        CHECK(fs::path(*path).filename() == "photo");
    }
    CHECK(fs::path(*spool->add(7, 1, "../../etc/passwd", "x")).filename() == "passwd");
}

TEST_CASE("what a killed process left is removed, and what a living one holds stays", "[fleet]") {
    const auto living = Spool::make();
    REQUIRE(living);
    const auto kept = living->add(1, 0, "a.jpg", "x");
    REQUIRE(kept);
    const fs::path left = fs::temp_directory_path() / "magscan-work-left1";
    fs::create_directories(left / "1" / "0");
    std::ofstream(left / "1" / "0" / "a.jpg") << "x";
    REQUIRE(Spool::make());
    CHECK_FALSE(fs::exists(left));
    CHECK(fs::exists(*kept));
}
