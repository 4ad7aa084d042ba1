#include "ocr/line_reader.h"

#include <algorithm>
#include <utility>

namespace magscan::ocr {
namespace {

constexpr int kHeight = 48;           // strip pixels: letters come out about 30 high
constexpr int kOtherHeight = 36;      // second look at what was read unsurely
constexpr float kSure = 0.85F;        // confidence from which one look is enough
constexpr float kDoubtful = 0.55F;    // confidence under which the line may stand on its head
constexpr float kNoticeable = 0.10F;  // bend over height from which straight and bent cuts differ

bool holds_digit(const std::string& text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Whether every word that holds a digit, and the line as a whole, was read surely.
bool is_sure(const Reading& reading) {
    if (reading.confidence < kSure) return false;
    return std::all_of(reading.words.begin(), reading.words.end(),
                       [](const PlacedWord& w) { return !holds_digit(w.text) || w.confidence >= kSure; });
}

bool same_place(const PlacedWord& a, const PlacedWord& b) {
    const float shared =
        std::min(a.place.x + a.place.width, b.place.x + b.place.width) - std::max(a.place.x, b.place.x);
    return shared > 0.5F * std::max(a.place.width, b.place.width);
}

void add_alternatives(Reading& best, const Reading& other) {
    if (best.line.along.dot(other.line.along) < 0) return;
    const float offset = (other.line.start - best.line.start).dot(best.line.along);
    for (PlacedWord& word : best.words) {
        for (PlacedWord candidate : other.words) {
            candidate.place.x += offset;
            if (!same_place(word, candidate) || candidate.text == word.text) continue;
            if (!holds_digit(word.text) && !holds_digit(candidate.text)) continue;
            const bool known = std::any_of(word.alternatives.begin(), word.alternatives.end(),
                                           [&](const Alternative& a) { return a.text == candidate.text; });
            if (!known) word.alternatives.push_back({candidate.text, candidate.confidence});
        }
        std::stable_sort(word.alternatives.begin(), word.alternatives.end(),
                         [](const Alternative& a, const Alternative& b) { return a.confidence > b.confidence; });
    }
}

}  // namespace

Reading read_once(const Pyramid& pyramid, Recognizer& recognizer, const TextLine& line, int height) {
    Reading reading;
    reading.line = line;
    const Strip strip = cut_strip(pyramid, line, height);
    const ReadLine words = recognizer.read_line(strip.gray);
    for (const ReadWord& word : words) {
        const float u0 = std::clamp(strip.u(static_cast<float>(word.box.x)), 0.0F, line.length);
        const float u1 = std::clamp(strip.u(static_cast<float>(word.box.br().x)), u0, line.length);
        const float half = line.height / 2;
        const float v0 = std::clamp(strip.v(static_cast<float>(word.box.y)), -half, half);
        const float v1 = std::clamp(strip.v(static_cast<float>(word.box.br().y)), v0, half);
        const auto letters = static_cast<float>(letters_in({word}));
        reading.words.push_back({word.text, word.confidence, {u0, v0, u1 - u0, v1 - v0}, {}});
        reading.score += word.confidence * word.confidence * letters;
    }
    reading.confidence = confidence_of(words);
    return reading;
}

Reading read_best(const Pyramid& pyramid, Recognizer& recognizer, const TextLine& line, const TextRegion& region) {
    std::vector<Reading> readings;
    readings.push_back(read_once(pyramid, recognizer, line, kHeight));
    const bool bent = line.sagitta() > kNoticeable * line.height;
    const auto best = [&] {
        return static_cast<std::size_t>(
            std::max_element(readings.begin(), readings.end(),
                             [](const Reading& a, const Reading& b) { return a.score < b.score; }) -
            readings.begin());
    };
    if (bent && !is_sure(readings[best()])) {
        readings.push_back(read_once(pyramid, recognizer, straightened(line, region), kHeight));
    }
    if (readings[best()].confidence < kDoubtful) {
        readings.push_back(read_once(pyramid, recognizer, turned_round(line), kHeight));
    }
    if (!readings[best()].words.empty() && !is_sure(readings[best()])) {
        const TextLine again = readings[best()].line;
        readings.push_back(read_once(pyramid, recognizer, again, kOtherHeight));
    }
    const std::size_t chosen = best();
    Reading result = readings[chosen];
    for (std::size_t i = 0; i < readings.size(); ++i) {
        if (i != chosen) add_alternatives(result, readings[i]);
    }
    return result;
}

Line placed(const Reading& reading, double scale) {
    Line line;
    const TextLine& band = reading.line;
    line.height = static_cast<float>(band.height / scale);
    const float half = band.height / 2;
    line.polygon = outline(band, 0, band.length, -half, half, scale);
    for (const PlacedWord& word : reading.words) {
        const cv::Rect2f& p = word.place;
        Word out;
        out.text = word.text;
        out.confidence = word.confidence;
        out.polygon = outline(band, p.x, p.x + p.width, p.y, p.y + p.height, scale);
        out.alternatives = word.alternatives;
        line.words.push_back(std::move(out));
    }
    return line;
}

}  // namespace magscan::ocr
