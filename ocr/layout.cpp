#include "ocr/layout.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace magscan::ocr {
namespace {

constexpr double kReadSide = 1600;  // longer side at which whole pictures are read
constexpr double kTrialSide = 900;  // the same while looking for the way up
constexpr double kMostZoom = 4;
constexpr float kDoubtful = 0.35F;  // confidence under which layout analysis has mostly read patterns

const std::array<cv::Point2f, 4> kAlong{cv::Point2f(1, 0), cv::Point2f(0, 1), cv::Point2f(-1, 0), cv::Point2f(0, -1)};

cv::Mat grey_at(const cv::Mat& bgr, double side, int quarter) {
    const double zoom = std::min(side / std::max(bgr.cols, bgr.rows), kMostZoom);
    cv::Mat gray;
    cv::cvtColor(bgr, gray, cv::COLOR_BGR2GRAY);
    cv::resize(gray, gray, {}, zoom, zoom, zoom < 1 ? cv::INTER_AREA : cv::INTER_CUBIC);
    if (quarter == 1) cv::rotate(gray, gray, cv::ROTATE_90_COUNTERCLOCKWISE);
    if (quarter == 2) cv::rotate(gray, gray, cv::ROTATE_180);
    if (quarter == 3) cv::rotate(gray, gray, cv::ROTATE_90_CLOCKWISE);
    return gray;
}

// From pixels of the turned and scaled picture to pixels of the picture itself.
cv::Point2f back(cv::Point2f p, int quarter, double zoom, cv::Size picture) {
    const auto unit = static_cast<float>(1 / zoom);
    const auto width = static_cast<float>(picture.width);
    const auto height = static_cast<float>(picture.height);
    p *= unit;
    if (quarter == 1) return {width - p.y, p.x};
    if (quarter == 2) return {width - p.x, height - p.y};
    if (quarter == 3) return {p.y, height - p.x};
    return p;
}

Reading reading_of(const ReadLine& words, int quarter, double zoom, cv::Size picture) {
    cv::Rect box = words.front().box;
    for (const ReadWord& word : words) box |= word.box;
    const auto unit = static_cast<float>(1 / zoom);
    Reading reading;
    TextLine& line = reading.line;
    line.along = kAlong[static_cast<std::size_t>(quarter)];
    line.start = back({static_cast<float>(box.x), static_cast<float>(box.y + box.br().y) / 2}, quarter, zoom, picture);
    line.length = static_cast<float>(box.width) * unit;
    line.height = static_cast<float>(box.height) * unit;
    const float middle = static_cast<float>(box.y + box.br().y) / 2;
    for (const ReadWord& word : words) {
        const cv::Rect2f place(static_cast<float>(word.box.x - box.x) * unit,
                               (static_cast<float>(word.box.y) - middle) * unit,
                               static_cast<float>(word.box.width) * unit, static_cast<float>(word.box.height) * unit);
        reading.words.push_back({word.text, word.confidence, place, {}});
        reading.score += word.confidence * word.confidence * static_cast<float>(letters_in({word}));
    }
    reading.confidence = confidence_of(words);
    return reading;
}

float score_of(const std::vector<ReadLine>& lines) {
    float score = 0;
    for (const ReadLine& line : lines) {
        for (const ReadWord& word : line) {
            score += word.confidence * word.confidence * static_cast<float>(letters_in({word}));
        }
    }
    return score;
}

}  // namespace

std::vector<Reading> read_by_layout(const cv::Mat& bgr, EnginePool& engines, const Effort& effort, int max_lines) {
    std::array<float, 4> trial{};
    engines.for_each(4, effort, [&](std::size_t quarter, Recognizer& recognizer) {
        trial[quarter] = score_of(recognizer.read_page(grey_at(bgr, kTrialSide, static_cast<int>(quarter))));
    });
    const int quarter = static_cast<int>(std::max_element(trial.begin(), trial.end()) - trial.begin());
    const cv::Mat gray = grey_at(bgr, kReadSide, quarter);
    const double zoom = static_cast<double>(std::max(gray.cols, gray.rows)) / std::max(bgr.cols, bgr.rows);
    std::vector<ReadLine> lines;
    engines.for_each(1, 1, [&](std::size_t, Recognizer& recognizer) { lines = recognizer.read_page(gray); });
    std::vector<Reading> readings;
    for (const ReadLine& line : lines) {
        if (line.empty() || confidence_of(line) < kDoubtful) continue;
        if (static_cast<int>(readings.size()) >= max_lines) break;
        readings.push_back(reading_of(line, quarter, zoom, bgr.size()));
    }
    return readings;
}

}  // namespace magscan::ocr
