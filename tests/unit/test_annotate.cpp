#include <catch2/catch.hpp>
#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>

#include "scan/annotate.h"
#include "tests/support/reports.h"

using namespace magscan;

namespace {

cv::Mat grey_photo(int width, int height) {
    return {height, width, CV_8UC3, cv::Scalar(128, 128, 128)};
}

// Whether a pixel is no longer the photo's grey.
bool is_marked(const cv::Mat& picture, int x, int y) {
    const cv::Vec3b pixel = picture.at<cv::Vec3b>(y, x);
    return pixel[0] != pixel[1] || pixel[1] != pixel[2];
}

}  // namespace

TEST_CASE("photos of one product stand side by side, each with its own evidence", "[annotate]") {
    scan::Report report = stated_report();
    const cv::Mat one = scan::annotate(grey_photo(1000, 800), report);
    for (calc::Entry& entry : report.assessment.entries) {
        for (parser::Evidence& evidence : entry.evidence) evidence.image = 1;
    }
    const cv::Mat picture = scan::annotate(std::vector{grey_photo(1000, 1600), grey_photo(1000, 800)}, report);
    CHECK(picture.cols == 1500);  // the taller one at half its size
    REQUIRE(picture.rows > 800);
    const int banner = picture.rows - 800;
    CHECK(is_marked(picture, 1000, banner + 220));
    CHECK_FALSE(is_marked(picture, 250, banner + 110));
}

TEST_CASE("evidence is marked in its place, under a banner", "[annotate]") {
    const cv::Mat photo = grey_photo(1000, 800);
    const cv::Mat picture = scan::annotate(photo, stated_report());
    CHECK(picture.cols == 1000);
    REQUIRE(picture.rows > 800);
    const int banner = picture.rows - 800;
    CHECK(is_marked(picture, 500, banner + 220));  // within the amount's words
    CHECK(is_marked(picture, 100, banner + 220));  // on its outline
    CHECK(is_marked(picture, 250, banner + 65));   // within the serving's words
    CHECK_FALSE(is_marked(picture, 500, banner + 500));
    CHECK_FALSE(is_marked(picture, 950, banner + 220));
    // Green where elemental: more green than red and blue.
    const cv::Vec3b inside = picture.at<cv::Vec3b>(banner + 220, 500);
    CHECK(inside[1] > inside[0]);
    CHECK(inside[1] > inside[2]);
}

TEST_CASE("the photo itself is left as it is", "[annotate]") {
    const cv::Mat photo = grey_photo(300, 200);
    scan::annotate(photo, stated_report());
    CHECK(cv::countNonZero(photo.reshape(1) != 128) == 0);
}

TEST_CASE("photos of any size and reports without evidence can be drawn", "[annotate]") {
    for (const cv::Size size : {cv::Size(32, 32), cv::Size(40, 3000), cv::Size(6000, 64)}) {
        const cv::Mat picture = scan::annotate(grey_photo(size.width, size.height), stated_report());
        CHECK(picture.cols == size.width);
        CHECK(picture.rows > size.height);
    }
    const cv::Mat picture = scan::annotate(grey_photo(200, 100), empty_report(calc::Outcome::kUnreadable));
    const cv::Mat below = picture.rowRange(picture.rows - 100, picture.rows);
    CHECK(cv::countNonZero(below.clone().reshape(1) != 128) == 0);
}

TEST_CASE("the picture is a PNG that can be read again", "[annotate]") {
    const cv::Mat picture = scan::annotate(grey_photo(200, 100), estimated_report());
    const std::vector<std::byte> bytes = scan::encode_png(picture);
    REQUIRE_FALSE(bytes.empty());
    const cv::Mat raw(1, static_cast<int>(bytes.size()), CV_8UC1, const_cast<std::byte*>(bytes.data()));
    const cv::Mat read = cv::imdecode(raw, cv::IMREAD_COLOR);
    REQUIRE(read.size() == picture.size());
    CHECK(cv::norm(read, picture, cv::NORM_INF) == 0);
}
