#include "ocr/ground.h"

#include <catch2/catch.hpp>
#include <functional>
#include <opencv2/imgproc.hpp>

using namespace magscan::ocr;

namespace {

constexpr int kMargin = 6;
constexpr int kHeight = 40;
constexpr int kWidth = 400;

cv::Mat ground_of(const cv::Scalar& bgr) {
    return {kHeight + 2 * kMargin, kWidth, CV_8UC3, bgr};
}

// Where the stems of drawn letters stand: a third of each 24 columns, most of the height.
cv::Mat stems() {
    cv::Mat mask = cv::Mat::zeros(kHeight, kWidth, CV_8U);
    for (int x = 8; x + 8 < kWidth; x += 24) mask(cv::Rect(x, 4, 8, kHeight - 8)).setTo(255);
    return mask;
}

void print(cv::Mat& bgr, const std::function<cv::Vec3b(cv::Vec3b)>& colour) {
    const cv::Mat mask = stems();
    for (int y = 0; y < kHeight; ++y) {
        for (int x = 0; x < kWidth; ++x) {
            if (mask.at<uchar>(y, x) == 0) continue;
            auto& pixel = bgr.at<cv::Vec3b>(y + kMargin, x);
            pixel = colour(pixel);
        }
    }
}

cv::Vec3b bgr_of(const cv::Vec3b& ycrcb) {
    const cv::Mat one(1, 1, CV_8UC3, cv::Scalar(ycrcb));
    cv::Mat out;
    cv::cvtColor(one, out, cv::COLOR_YCrCb2BGR);
    return out.at<cv::Vec3b>(0, 0);
}

// Mean of the letters and of the ground, away from where the ground's own shade changes.
struct Means {
    double letters;
    double ground;
};

Means means(const cv::Mat& gray, int without_from = 0, int without_to = 0) {
    cv::Mat letters = stems();
    cv::Mat ground;
    cv::bitwise_not(letters, ground);
    letters.colRange(without_from, without_to).setTo(0);
    ground.colRange(without_from, without_to).setTo(0);
    return {cv::mean(gray, letters)[0], cv::mean(gray, ground)[0]};
}

}  // namespace

TEST_CASE("gold on green of equal brightness stands out", "[ground]") {
    cv::Mat picture = ground_of(cv::Scalar(bgr_of({150, 96, 100})));
    const cv::Vec3b gold = bgr_of({150, 136, 70});
    print(picture, [&](cv::Vec3b) { return gold; });
    cv::Mat brightness;
    cv::cvtColor(picture, brightness, cv::COLOR_BGR2GRAY);
    double darkest = 0;
    double lightest = 0;
    cv::minMaxLoc(brightness, &darkest, &lightest);
    REQUIRE(lightest - darkest < 4);

    const cv::Mat gray = contrast_to_ground(picture, kMargin);
    REQUIRE(gray.size() == cv::Size(kWidth, kHeight));
    REQUIRE(gray.type() == CV_8UC1);
    CHECK(means(gray).letters < 30);
    CHECK(means(gray).ground > 240);
}

TEST_CASE("lighter and darker letters both come out dark on light", "[ground]") {
    for (const int step : {25, -25}) {
        cv::Mat picture = ground_of(cv::Scalar::all(225));
        print(picture, [&](cv::Vec3b) { return cv::Vec3b::all(static_cast<uchar>(225 + step)); });
        const cv::Mat gray = contrast_to_ground(picture, kMargin);
        REQUIRE_FALSE(gray.empty());
        CHECK(means(gray).letters < 30);
        CHECK(means(gray).ground > 240);
    }
}

TEST_CASE("a ground that changes from top to foot is followed", "[ground]") {
    cv::Mat picture = ground_of(cv::Scalar::all(0));
    for (int y = 0; y < picture.rows; ++y) picture.row(y).setTo(cv::Scalar::all(220 - 2.4 * y));
    print(picture, [](cv::Vec3b ground) { return cv::Vec3b::all(static_cast<uchar>(ground[0] - 50)); });
    const Means found = means(contrast_to_ground(picture, kMargin));
    CHECK(found.letters < 60);
    CHECK(found.ground > 215);
}

TEST_CASE("shade over one half of a line does not hide the letters in either", "[ground]") {
    cv::Mat picture = ground_of(cv::Scalar::all(210));
    picture.colRange(kWidth / 2, kWidth).setTo(cv::Scalar::all(110));
    print(picture, [](cv::Vec3b ground) { return cv::Vec3b::all(static_cast<uchar>(ground[0] - 60)); });
    const cv::Mat gray = contrast_to_ground(picture, kMargin);
    const int half = kWidth / 2;
    const Means lit = means(gray, half - 4, kWidth);
    const Means shaded = means(gray, 0, half + 4);
    CHECK(lit.letters < 60);
    CHECK(lit.ground > 230);
    CHECK(shaded.letters < 60);
    CHECK(shaded.ground > 230);
}

TEST_CASE("what reaches in from the next line does not change the ground", "[ground]") {
    cv::Mat picture = ground_of(cv::Scalar::all(210));
    print(picture, [](cv::Vec3b) { return cv::Vec3b::all(60); });
    for (int x = 20; x < kWidth; x += 90) {
        cv::rectangle(picture, {x, 0}, {x + 14, kMargin - 1}, cv::Scalar::all(60), cv::FILLED);
    }
    const Means found = means(contrast_to_ground(picture, kMargin));
    CHECK(found.letters < 30);
    CHECK(found.ground > 240);
}

TEST_CASE("an edge that runs through a margin does not change the ground", "[ground]") {
    for (const bool top : {true, false}) {
        cv::Mat picture = ground_of(cv::Scalar(110, 215, 235));
        print(picture, [](cv::Vec3b) { return cv::Vec3b::all(50); });
        const int y = top ? 0 : picture.rows - kMargin;
        picture(cv::Rect(0, y, kWidth / 2, kMargin)).setTo(cv::Scalar::all(40));
        const cv::Mat gray = contrast_to_ground(picture, kMargin);
        REQUIRE_FALSE(gray.empty());
        CHECK(means(gray, kWidth / 2 - 4, kWidth).letters < 40);
        CHECK(means(gray, kWidth / 2 - 4, kWidth).ground > 230);
        CHECK(means(gray, 0, kWidth / 2 + 4).ground > 230);
    }
}

TEST_CASE("nothing comes out where nothing stands out", "[ground]") {
    CHECK(contrast_to_ground(ground_of(cv::Scalar(90, 160, 120)), kMargin).empty());
    cv::Mat faint = ground_of(cv::Scalar::all(150));
    cv::Mat noise(faint.size(), CV_8UC3);
    cv::theRNG().state = 5;
    cv::randu(noise, 0, 4);
    CHECK(contrast_to_ground(faint + noise, kMargin).empty());
}

TEST_CASE("a margin that leaves no line gives nothing", "[ground]") {
    cv::Mat picture = ground_of(cv::Scalar::all(210));
    print(picture, [](cv::Vec3b) { return cv::Vec3b::all(60); });
    for (const int margin : {-3, 0, picture.rows / 2, picture.rows, 10'000}) {
        CAPTURE(margin);
        CHECK(contrast_to_ground(picture, margin).empty());
    }
    CHECK(contrast_to_ground(cv::Mat(0, 0, CV_8UC3), 1).empty());
    CHECK(contrast_to_ground(picture.colRange(8, 9).clone(), kMargin).size() == cv::Size(1, kHeight));
}
