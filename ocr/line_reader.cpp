#include "ocr/line_reader.h"

#include <algorithm>
#include <utility>

#include "ocr/line_extent.h"

namespace magscan::ocr {
namespace {

constexpr Rendering kPlain{48, 1.0};  // letters come out about 30 pixels high
constexpr Rendering kWide{48, 1.5};   // print seen from the side, and narrow type
constexpr Rendering kWidest{48, 2.2};
constexpr Rendering kSmall{36, 1.0};
constexpr float kShort = 6;           // length over height up to which one more look is cheap
constexpr float kClearly = 0.05F;     // confidence by which another reading of a
                                      // word must be better to replace it
constexpr float kSure = 0.85F;        // confidence from which one look is enough
constexpr float kDoubtful = 0.55F;    // confidence under which the line may stand on its head
constexpr float kNoticeable = 0.10F;  // bend over height from which straight and bent cuts differ

bool holds_digit(const std::string& text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Whether every word that holds a digit, and the line as a whole, was read
// surely.
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

bool holds_digit(const Reading& reading) {
    return std::any_of(reading.words.begin(), reading.words.end(),
                       [](const PlacedWord& w) { return holds_digit(w.text); });
}

void add_alternative(PlacedWord& word, Alternative other) {
    if (other.text == word.text) return;
    const auto known = std::find_if(word.alternatives.begin(), word.alternatives.end(),
                                    [&](const Alternative& a) { return a.text == other.text; });
    if (known == word.alternatives.end()) {
        word.alternatives.push_back(std::move(other));
    } else {
        known->confidence = std::max(known->confidence, other.confidence);
    }
    std::stable_sort(word.alternatives.begin(), word.alternatives.end(),
                     [](const Alternative& a, const Alternative& b) { return a.confidence > b.confidence; });
}

// Takes over each word of `other` that was read more surely at the same place;
// what loses becomes an alternative where digits are concerned.
void take_over(Reading& best, const Reading& other) {
    if (best.line.along.dot(other.line.along) <= 0) return;
    const float offset = (other.line.start - best.line.start).dot(best.line.along);
    for (PlacedWord& word : best.words) {
        for (PlacedWord candidate : other.words) {
            candidate.place.x += offset;
            if (!same_place(word, candidate) || candidate.text == word.text) continue;
            const bool digits = holds_digit(word.text) || holds_digit(candidate.text);
            if (candidate.confidence > word.confidence + kClearly) {
                std::swap(word.text, candidate.text);
                std::swap(word.confidence, candidate.confidence);
            }
            if (digits) add_alternative(word, {candidate.text, candidate.confidence});
        }
        std::erase_if(word.alternatives, [&](const Alternative& a) { return a.text == word.text; });
    }
}

}  // namespace

Reading read_once(const Pyramid& pyramid, Recognizer& recognizer, const TextLine& line, const Rendering& rendering) {
    Reading reading;
    reading.line = line;
    const Strip strip = cut_strip(pyramid, line, rendering);
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
    Reading best = read_once(pyramid, recognizer, line, kPlain);
    std::vector<Reading> others;
    const auto look_again = [&](const TextLine& band, const Rendering& rendering) {
        Reading again = read_once(pyramid, recognizer, band, rendering);
        if (again.score > best.score) std::swap(again, best);
        others.push_back(std::move(again));
    };
    if (line.sagitta() > kNoticeable * line.height && !is_sure(best)) {
        look_again(fitted_to_ink(pyramid, line_along(region, line.along)), kPlain);
    }
    const bool is_short = line.length < kShort * line.height;
    if (!is_sure(best) || (is_short && holds_digit(best))) look_again(TextLine(best.line), kWide);
    if (!is_sure(best)) look_again(TextLine(best.line), is_short ? kWidest : kSmall);
    if (best.confidence < kDoubtful) {
        TextLine inverted = line;
        inverted.light_on_dark = !line.light_on_dark;
        look_again(turned_round(line), kPlain);
        look_again(inverted, kPlain);
    }
    for (const Reading& other : others) take_over(best, other);
    return best;
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
