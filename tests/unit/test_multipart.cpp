#include <catch2/catch.hpp>
#include <string>

#include "tools/service/multipart.h"

using namespace magscan::service;

namespace {

std::string error_of(const std::string& body) {
    const auto parts = parts_of(body, "b");
    return parts ? "" : parts.error();
}

}  // namespace

TEST_CASE("parts are found with their names, and their bytes as they are", "[multipart]") {
    const std::string body =
        "--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a;\\\"b.png\"\r\n"
        "Content-Type: image/PNG\r\n\r\n\x89PNG\r\n--\r\n-b\r\n\r\n--b\r\n"
        "content-disposition:form-data;name=name\r\n\r\n\r\n--b--\r\n";
    const auto parts = parts_of(body, "b");
    REQUIRE(parts);
    REQUIRE(parts->size() == 2);
    CHECK(parts->at(0).name == "image");
    CHECK(parts->at(0).filename == "a;\"b.png");
    CHECK(parts->at(0).content_type == "image/png");
    CHECK(parts->at(0).data == "\x89PNG\r\n--\r\n-b\r\n");
    CHECK(parts->at(1).name == "name");
    CHECK(parts->at(1).data.empty());
    CHECK(parts_of("--b--", "b")->empty());
}

TEST_CASE("an end inside a part's bytes is the boundary alone", "[multipart]") {
    const std::string head = "--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n";
    CHECK(error_of(head + "data\r\n--bc\r\n--b--") != "");  // nothing but a line break or -- may follow it
    CHECK(parts_of(head + "data\r\n-b\r\n--b--", "b")->at(0).data == "data\r\n-b");
    CHECK(parts_of(head + "\r\n\r\n--b--\r\n", "b")->at(0).data == "\r\n");
    CHECK(parts_of(head + "--b--", "b")->at(0).data.empty());  // the line break before it may be the header's last
    CHECK(error_of(head + "data--b--") == "part 1 has no end: the last boundary is missing");
}

TEST_CASE("what is no form is an error that names the part", "[multipart]") {
    const std::string good = "--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n1\r\n";
    CHECK(error_of(good + "--b--").empty());
    CHECK(error_of("") != "");
    CHECK(error_of("x" + good + "--b--").find("begin") != std::string::npos);
    CHECK(error_of(good).find("part 1") != std::string::npos);
    CHECK(error_of(good + "--b").find("line break") != std::string::npos);
    CHECK(error_of(good + "--b--\r\nmore").find("more") != std::string::npos);
    CHECK(error_of(good + "--b\r\nX: y\r\n\r\n\r\n--b--").find("part 2 has no Content-Disposition") == 0);
    CHECK(error_of("--b\r\nContent-Disposition: attachment; name=\"x\"\r\n\r\n1\r\n--b--").find("part 1") == 0);
    CHECK(error_of("--b\r\nContent-Disposition: form-data; name=\"x\r\n\r\n1\r\n--b--").find("part 1") == 0);
    CHECK(error_of("--b\r\nContent-Transfer-Encoding: base64\r\n\r\n1\r\n--b--").find("encoded") != std::string::npos);
    CHECK(error_of("--b\r\nX: " + std::string(kMaxPartHeader, 'y') + "\r\n\r\n--b--").find("header") !=
          std::string::npos);
    std::string many;
    for (std::size_t i = 0; i <= kMaxParts; ++i) many += good;
    CHECK(error_of(many + "--b--").find("more than") != std::string::npos);
}

TEST_CASE("the boundary is the Content-Type's", "[multipart]") {
    CHECK(boundary_of("multipart/form-data; boundary=----WebKitFormBoundaryAbc") == "----WebKitFormBoundaryAbc");
    CHECK(boundary_of("Multipart/Form-Data; charset=utf-8; Boundary=\"a b'()\"") == "a b'()");
    for (const char* wrong :
         {"multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"",
          "multipart/form-data; boundary=\"a \"", "multipart/form-data; boundary=a\x01",
          "multipart/form-data; boundary=a; boundary=b", "multipart/form-data; boundary"}) {
        CAPTURE(wrong);
        CHECK_FALSE(boundary_of(wrong));
    }
    CHECK_FALSE(boundary_of("multipart/form-data; boundary=" + std::string(71, 'b')));
}
