#include "ocr/orientation.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace magscan::ocr {
namespace {

constexpr std::size_t kSamples = 6;  // lines read both ways
constexpr std::size_t kQuickSamples = 3;
constexpr float kReadsUpright = 0.85F;  // confidence that text on its head does not reach
constexpr std::ptrdiff_t kEnough = 2;
constexpr Rendering kSample{40, 1.0};
constexpr float kLongest = 12;  // length over height: beyond, a line costs more than it tells

bool is_steep(const TextLine& line) {
    return std::abs(line.along.y) > std::abs(line.along.x);
}

// The lines that tell most: many letters, large enough to be read.
std::vector<std::size_t> samples_of(const std::vector<TextLine>& lines, bool steep) {
    std::vector<std::size_t> chosen;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const TextLine& line = lines[i];
        if (is_steep(line) == steep && line.length > 2 * line.height) chosen.push_back(i);
    }
    const auto worth = [&](std::size_t i) {
        const TextLine& line = lines[i];
        return std::min(line.length / line.height, kLongest) * std::min(line.seen_height, 40.0F);
    };
    std::stable_sort(chosen.begin(), chosen.end(), [&](std::size_t a, std::size_t b) { return worth(a) > worth(b); });
    if (chosen.size() > kSamples) chosen.resize(kSamples);
    return chosen;
}

int quarter_of(cv::Point2f direction) {
    if (std::abs(direction.x) >= std::abs(direction.y)) return direction.x >= 0 ? 0 : 2;
    return direction.y >= 0 ? 1 : 3;
}

}  // namespace

void turn_by_reading(std::vector<TextLine>& lines, const Pyramid& pyramid, EnginePool& engines, int threads) {
    for (const bool steep : {false, true}) {
        const std::vector<std::size_t> samples = samples_of(lines, steep);
        if (samples.empty()) continue;
        // A few lines that read well as they stand settle it.
        std::vector<float> upright(std::min(samples.size(), kQuickSamples));
        engines.for_each(upright.size(), threads, [&](std::size_t i, Recognizer& recognizer) {
            upright[i] = read_once(pyramid, recognizer, lines[samples[i]], kSample).confidence;
        });
        if (std::count_if(upright.begin(), upright.end(), [](float c) { return c >= kReadsUpright; }) >= kEnough) {
            continue;
        }
        std::vector<std::array<float, 2>> scores(samples.size());
        engines.for_each(samples.size() * 2, threads, [&](std::size_t job, Recognizer& recognizer) {
            const TextLine& line = lines[samples[job / 2]];
            const bool turned = job % 2 == 1;
            scores[job / 2][job % 2] =
                read_once(pyramid, recognizer, turned ? turned_round(line) : line, kSample).score;
        });
        float as_is = 0;
        float turned = 0;
        for (const auto& score : scores) {
            as_is += score[0];
            turned += score[1];
        }
        if (turned <= as_is) continue;
        for (TextLine& line : lines) {
            if (is_steep(line) == steep) line = turned_round(line);
        }
    }
}

cv::Point2f direction_of_reading(const std::vector<Reading>& readings) {
    std::array<float, 4> weight{};
    std::array<cv::Point2f, 4> sum{};
    for (const Reading& reading : readings) {
        const auto quarter = static_cast<std::size_t>(quarter_of(reading.line.along));
        weight[quarter] += reading.score;
        sum[quarter] += reading.line.along * reading.score;
    }
    const auto most = static_cast<std::size_t>(std::max_element(weight.begin(), weight.end()) - weight.begin());
    const auto norm = static_cast<float>(cv::norm(sum[most]));
    return norm > 0 ? sum[most] / norm : cv::Point2f(1, 0);
}

int rotation_for(cv::Point2f direction) {
    return (4 - quarter_of(direction)) % 4 * 90;
}

void sort_for_reading(std::vector<Reading>& readings, cv::Point2f direction) {
    const cv::Point2f down(-direction.y, direction.x);
    struct Place {
        float x;
        float y;
        float height;
        std::size_t index;
        std::size_t row;
    };
    std::vector<Place> places;
    for (std::size_t i = 0; i < readings.size(); ++i) {
        const TextLine& line = readings[i].line;
        const cv::Point2f center = line.center();
        places.push_back({std::min(line.start.dot(direction), line.at(line.length, 0).dot(direction)), center.dot(down),
                          line.height, i, 0});
    }
    std::stable_sort(places.begin(), places.end(), [](const Place& a, const Place& b) { return a.y < b.y; });
    std::size_t row = 0;
    const Place* first = nullptr;
    for (Place& place : places) {
        if (first && place.y - first->y > 0.5F * std::min(place.height, first->height)) {
            ++row;
            first = nullptr;
        }
        if (!first) first = &place;
        place.row = row;
    }
    std::stable_sort(places.begin(), places.end(),
                     [](const Place& a, const Place& b) { return a.row != b.row ? a.row < b.row : a.x < b.x; });
    std::vector<Reading> sorted;
    sorted.reserve(readings.size());
    for (const Place& place : places) sorted.push_back(std::move(readings[place.index]));
    readings = std::move(sorted);
}

}  // namespace magscan::ocr
