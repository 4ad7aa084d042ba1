#include "ocr/line_reader.h"

#include <algorithm>
#include <utility>

#include "ocr/line_extent.h"
#include "ocr/vote.h"

namespace magscan::ocr {
namespace {

constexpr Rendering kPlain{48, 1.0};      // letters come out about 30 pixels high
constexpr Rendering kPlainLong{40, 1.0};  // cheaper, and long lines help the recogniser by their words
constexpr Rendering kAgainstGround{48, 1.0, Contrast::kGround};
constexpr Rendering kWide{48, 1.5};  // print seen from the side, and narrow type
constexpr Rendering kWidest{48, 2.2, Contrast::kGround};
constexpr Rendering kSmall{36, 1.0, Contrast::kGround};
constexpr float kLong = 12;           // length over height
constexpr float kShort = 6;           // length over height up to which one more look is cheap
constexpr float kSure = 0.85F;        // confidence from which one look is enough
constexpr float kGarbled = 0.55F;     // confidence under which a line was not read at all
constexpr float kNoticeable = 0.10F;  // bend over height from which straight and bent cuts differ
constexpr float kLooseEnds = 0.3F;    // heights added at both ends, where letters may have been cut off

constexpr float kOpenEnd = 0.7F;     // heights of a line before the first word, or behind the last, that hold a letter
constexpr float kMuchBetter = 2.0F;  // score of a line on its head over the same line upright, to believe that
constexpr int kSpelled = 4;          // letters of a word that reads from one end only
constexpr float kEnd = 0.15F;        // heights of ground kept before the first word and behind the last

TextLine with_loose_ends(const TextLine& line) {
    const float more = kLooseEnds * line.height;
    return part_of(line, -more, line.length + more, -line.height / 2, line.height / 2);
}

// The line without the ends that hold no word.
Reading trimmed(Reading reading) {
    if (reading.words.empty()) return reading;
    const float half = reading.line.height / 2;
    const float u0 = std::max(0.0F, reading.words.front().place.x - kEnd * reading.line.height);
    const cv::Rect2f& last = reading.words.back().place;
    const float u1 = std::min(reading.line.length, last.x + last.width + kEnd * reading.line.height);
    if (u1 <= u0) return reading;
    reading.line = part_of(reading.line, u0, u1, -half, half);
    for (PlacedWord& word : reading.words) word.place.x -= u0;
    return reading;
}

}  // namespace

float shared_width(const PlacedWord& a, const PlacedWord& b) {
    return std::min(a.place.x + a.place.width, b.place.x + b.place.width) - std::max(a.place.x, b.place.x);
}

std::string text_of(const Reading& reading) {
    std::string text;
    for (const PlacedWord& word : reading.words) text += (text.empty() ? "" : " ") + word.text;
    return text;
}

std::vector<std::string> words_of(const std::vector<Reading>& readings) {
    std::vector<std::string> words;
    for (const Reading& reading : readings) {
        for (const PlacedWord& word : reading.words) words.push_back(word.text);
    }
    return words;
}

bool is_sure(const Reading& reading) {
    if (reading.confidence < kSure) return false;
    return std::all_of(reading.words.begin(), reading.words.end(),
                       [](const PlacedWord& w) { return !holds_digit(w.text) || w.confidence >= kSure; });
}

bool leaves_ends(const Reading& reading) {
    if (reading.words.empty() || holds_digit(text_of(reading))) return false;
    const float open = kOpenEnd * reading.line.height;
    const cv::Rect2f& last = reading.words.back().place;
    return reading.words.front().place.x > open || reading.line.length - (last.x + last.width) > open;
}

bool spells(const Reading& reading) {
    return std::any_of(reading.words.begin(), reading.words.end(), [](const PlacedWord& word) {
        return !holds_digit(word.text) && letters_in(word.text) >= kSpelled;
    });
}

bool is_right_way_round(const Reading& turned, const Reading& upright) {
    return is_sure(turned) && spells(turned) && turned.score > kMuchBetter * upright.score;
}

bool is_garbled(const Reading& reading) {
    return reading.confidence < kGarbled;
}

void weigh(Reading& reading) {
    float sum = 0;
    float letters = 0;
    reading.score = 0;
    for (const PlacedWord& word : reading.words) {
        const auto n = static_cast<float>(letters_in(word.text));
        sum += word.confidence * n;
        letters += n;
        reading.score += word.confidence * word.confidence * n;
    }
    reading.confidence = letters > 0 ? sum / letters : 0.0F;
}

Reading read_once(const Pyramid& pyramid, Recognizer& recognizer, const TextLine& line, const Rendering& rendering) {
    Reading reading;
    reading.line = line;
    const Strip strip = cut_strip(pyramid, line, rendering);
    if (strip.gray.empty()) return reading;
    const ReadLine words = recognizer.read_line(strip.gray);
    for (const ReadWord& word : words) {
        const float u0 = std::clamp(strip.u(static_cast<float>(word.box.x)), 0.0F, line.length);
        const float u1 = std::clamp(strip.u(static_cast<float>(word.box.br().x)), u0, line.length);
        const float half = line.height / 2;
        const float v0 = std::clamp(strip.v(static_cast<float>(word.box.y)), -half, half);
        const float v1 = std::clamp(strip.v(static_cast<float>(word.box.br().y)), v0, half);
        reading.words.push_back({word.text, word.confidence, {u0, v0, u1 - u0, v1 - v0}, {}});
    }
    weigh(reading);
    return reading;
}

Reading read_first(const Pyramid& pyramid, Recognizer& recognizer, const TextLine& line) {
    const bool is_long = line.length > kLong * line.height;
    return read_once(pyramid, recognizer, line, is_long ? kPlainLong : kPlain);
}

Reading look_again(const Pyramid& pyramid, Recognizer& recognizer, const Reading& first, const Surroundings& around,
                   int most) {
    const TextLine& line = first.line;
    const bool is_short = line.length < kShort * line.height;
    const bool bends = line.sagitta() > kNoticeable * line.height;
    std::vector<std::pair<TextLine, Rendering>> looks{{line, kAgainstGround}};
    if (is_short) looks.emplace_back(with_loose_ends(line), kSmall);
    if (is_short) looks.emplace_back(line, kWide);
    if (around.surface) {
        if (const auto round = rolled(*around.surface, line)) looks.emplace_back(*round, kAgainstGround);
    }
    if (bends) looks.emplace_back(fitted_to_ink(pyramid, line_along(around.region, line.along)), kPlain);
    if (!is_short) looks.emplace_back(with_loose_ends(line), kSmall);
    looks.emplace_back(line, is_short ? kWidest : kWide);
    if (static_cast<int>(looks.size()) > most) looks.resize(static_cast<std::size_t>(most));

    std::vector<Reading> readings{first};
    for (const auto& [band, rendering] : looks) {
        readings.push_back(read_once(pyramid, recognizer, band, rendering));
        Reading sofar = vote(readings);
        if (is_sure(sofar) && !leaves_ends(sofar)) return trimmed(std::move(sofar));
    }
    return trimmed(vote(std::move(readings)));
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
