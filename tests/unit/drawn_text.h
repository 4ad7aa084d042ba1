// Pictures with text on them, drawn for the tests of `ocr`, and where the detector's file is.
#pragma once

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <opencv2/imgproc.hpp>
#include <string>
#include <vector>

#include "ocr/page.h"

namespace magscan::test {

inline std::string models_folder() {
    const char* set = std::getenv("MAGSCAN_MODELS");
    const std::string folder = set ? set : MAGSCAN_SOURCE_DIR "/models";
    if (!std::filesystem::exists(folder + "/ch_PP-OCRv4_det.net")) {
        FAIL("the text detector is missing in " << folder << ": run the setup script, or set MAGSCAN_MODELS");
    }
    return folder;
}

inline cv::Mat paper(int width, int height) {
    return {height, width, CV_8UC3, cv::Scalar(235, 240, 238)};
}

inline void draw(cv::Mat& picture, const std::string& text, cv::Point foot, double size = 1.2,
                 cv::Scalar colour = {30, 25, 20}) {
    cv::putText(picture, text, foot, cv::FONT_HERSHEY_SIMPLEX, size, colour, std::max(1, int(size * 2)), cv::LINE_AA);
}

// Three lines in the middle of a sheet.
inline cv::Mat drawn_label() {
    cv::Mat picture = paper(900, 600);
    draw(picture, "Magnesium Glycinate", {150, 200}, 1.5);
    draw(picture, "200 mg per serving", {150, 300}, 1.5);
    draw(picture, "120 vegetable capsules", {150, 400}, 1.3);
    return picture;
}

inline cv::Mat turned(const cv::Mat& picture, double degrees) {
    const cv::Point2f middle(float(picture.cols) / 2, float(picture.rows) / 2);
    cv::Mat out;
    cv::warpAffine(picture, out, cv::getRotationMatrix2D(middle, degrees, 1), picture.size(), cv::INTER_CUBIC,
                   cv::BORDER_REPLICATE);
    return out;
}

// Bends a picture down towards both sides, as print on a bottle seen from above.
inline cv::Mat bent(const cv::Mat& picture, double depth) {
    cv::Mat map(picture.size(), CV_32FC2);
    for (int y = 0; y < map.rows; ++y) {
        for (int x = 0; x < map.cols; ++x) {
            const double t = 2.0 * x / map.cols - 1;
            map.at<cv::Vec2f>(y, x) = {float(x), float(y - depth * (1 - t * t))};
        }
    }
    cv::Mat out;
    cv::remap(picture, out, map, cv::Mat(), cv::INTER_CUBIC, cv::BORDER_REPLICATE);
    return out;
}

inline std::string text_of(const ocr::Page& page) {
    std::string text;
    for (const ocr::Line& line : page.lines) {
        for (const ocr::Word& word : line.words) text += word.text + " ";
        text += "\n";
    }
    return text;
}

inline cv::Point2f middle_of(const ocr::Polygon& polygon) {
    cv::Point2f sum(0, 0);
    for (const ocr::Point& p : polygon) sum += cv::Point2f(p.x, p.y);
    return polygon.empty() ? sum : sum / float(polygon.size());
}

}  // namespace magscan::test
