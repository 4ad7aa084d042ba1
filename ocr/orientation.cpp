#include "ocr/orientation.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace magscan::ocr {
namespace {

constexpr std::size_t kSamples = 6;  // lines read both ways, at most
constexpr std::size_t kQuickSamples = 3;
constexpr float kReadsUpright = 0.85F;  // confidence that text on its head does not reach
constexpr std::ptrdiff_t kEnough = 2;
constexpr float kClear = 3;     // score of all lines so far over that from their other ends, or under, that settles it
constexpr float kTells = 10;    // and the higher one's sum, at least: some ten letters
constexpr float kLongest = 12;  // length over height: beyond, a line costs more than it tells

// The lines that tell most: many letters, large enough to be read.
std::vector<std::size_t> samples_of(const std::vector<TextLine>& lines, bool steep) {
    std::vector<std::size_t> chosen;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const TextLine& line = lines[i];
        if (is_steep(line.along) == steep && line.length > 2 * line.height) chosen.push_back(i);
    }
    const auto worth = [&](std::size_t i) {
        const TextLine& line = lines[i];
        return std::min(line.length / line.height, kLongest) * std::min(line.seen_height, 40.0F);
    };
    std::stable_sort(chosen.begin(), chosen.end(), [&](std::size_t a, std::size_t b) { return worth(a) > worth(b); });
    if (chosen.size() > kSamples) chosen.resize(kSamples);
    return chosen;
}

// Whether lines read well from one end and badly from the other.
bool is_clear(float upright, float other) {
    const float more = std::max(upright, other);
    return more >= kTells && more >= kClear * std::min(upright, other);
}

int quarter_of(cv::Point2f direction) {
    if (std::abs(direction.x) >= std::abs(direction.y)) return direction.x >= 0 ? 0 : 2;
    return direction.y >= 0 ? 1 : 3;
}

}  // namespace

FirstReadings turn_by_reading(std::vector<TextLine>& lines, const Pyramid& pyramid, EnginePool& engines,
                              const Effort& effort) {
    FirstReadings readings(lines.size());
    for (const bool steep : {false, true}) {
        const std::vector<std::size_t> samples = samples_of(lines, steep);
        // A few lines that read well as they stand settle it.
        const std::size_t quick = std::min(samples.size(), kQuickSamples);
        const auto read_upright = [&](std::size_t from, std::size_t to) {
            engines.for_each(to - from, effort, [&](std::size_t job, Recognizer& recognizer) {
                const std::size_t i = samples[from + job];
                readings[i] = read_first(pyramid, recognizer, lines[i]);
            });
        };
        read_upright(0, quick);
        const auto settled = std::count_if(samples.begin(), samples.begin() + static_cast<std::ptrdiff_t>(quick),
                                           [&](std::size_t i) { return readings[i]->confidence >= kReadsUpright; });
        if (samples.empty() || settled >= kEnough) continue;
        std::vector<Reading> turned;
        float upright = 0, other = 0;
        for (const std::size_t upto : {std::size_t{1}, quick, samples.size()}) {
            const std::size_t from = turned.size();
            if (from > 0 && is_clear(upright, other)) break;
            if (upto > quick) read_upright(quick, upto);
            turned.resize(upto);
            engines.for_each(upto - from, effort, [&](std::size_t job, Recognizer& recognizer) {
                turned[from + job] = read_first(pyramid, recognizer, turned_round(lines[samples[from + job]]));
            });
            for (std::size_t job = from; job < upto; ++job) {
                upright += readings[samples[job]]->score;
                other += turned[job].score;
            }
        }
        if (other <= upright) continue;
        for (TextLine& line : lines) {
            if (is_steep(line.along) == steep) line = turned_round(line);
        }
        for (const std::size_t i : samples) readings[i].reset();
        for (std::size_t job = 0; job < turned.size(); ++job) readings[samples[job]] = std::move(turned[job]);
    }
    return readings;
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
