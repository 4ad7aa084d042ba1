#include "ocr/known_print.h"

#include <algorithm>
#include <cmath>

#include "ocr/script_reader.h"

namespace magscan::ocr {
namespace {

constexpr float kSameDirection = 0.94F;  // cosine: up to 20 degrees between a line and a word of it
constexpr float kSameSize = 1.4F;        // height of a line as it was found first over the one found now, or under
constexpr float kOpenEnd = 0.7F;         // heights of a line that its words may leave free at either end
constexpr float kOpenGap = 2;            // and between them
constexpr float kSureFigure = 0.85F;     // confidence of a word that holds a digit
constexpr float kSureWord = 0.8F;        // and of any other
constexpr float kOutside = 0.5F;         // heights by which a word may reach out of the line

// Surer than a line has to be: one word in doubt may be the one that is asked for. What was read in another script is
// not read so again.
bool is_sure_word(const PlacedWord& word) {
    if (holds_other_letters(word.text)) return true;
    return word.confidence >= (holds_digit(word.text) ? kSureFigure : kSureWord);
}

}  // namespace

KnownPrint::KnownPrint(const Page& page, const Box& wanted, const Placement& placement) {
    const auto scale = static_cast<float>(placement.scale);
    const cv::Point2f corner(wanted.left, wanted.top), opposite(wanted.right, wanted.bottom);
    wanted_ = cv::Rect2f((corner - placement.origin) * scale, (opposite - placement.origin) * scale);
    for (const Line& line : page.lines) add(line, placement);
}

void KnownPrint::add(const Line& line, const Placement& placement) {
    const auto scale = static_cast<float>(placement.scale);
    for (const Word& word : line.words) {
        const std::size_t corners = word.polygon.size();
        if (corners < 4) continue;
        const auto at = [&](std::size_t i) {
            return (cv::Point2f(word.polygon[i].x, word.polygon[i].y) - placement.origin) * scale;
        };
        const std::size_t half = corners / 2;
        const cv::Point2f down = at(corners - 1) - at(0);
        words_.push_back({(at(0) + at(corners - 1)) / 2,
                          (at(half - 1) + at(half)) / 2,
                          static_cast<float>(cv::norm(down)),
                          line.height * scale,
                          {word.text, word.confidence, {}, word.alternatives}});
    }
}

void KnownPrint::turn(std::vector<TextLine>& lines) const {
    cv::Point2f flat(0, 0), steep(0, 0);
    for (const KnownWord& known : words_) {
        const cv::Point2f along = known.right - known.left;
        const auto letters = static_cast<float>(letters_in(known.word.text));
        const float weight = known.word.confidence * known.word.confidence * letters;
        (is_steep(along) ? steep : flat) += along * (weight / std::max(static_cast<float>(cv::norm(along)), 1.0F));
    }
    for (TextLine& line : lines) {
        if (line.along.dot(is_steep(line.along) ? steep : flat) < 0) line = turned_round(line);
    }
}

// Whether words that are known stand in the line from end to end; they are given their places in it.
bool KnownPrint::covers(const TextLine& line, std::vector<PlacedWord>& words) const {
    for (const KnownWord& known : words_) {
        const cv::Point2f from = known.left - line.start, to = known.right - line.start;
        const float u0 = from.dot(line.along), u1 = to.dot(line.along);
        const float middle = (u0 + u1) / 2;
        const float v = ((from + to) / 2).dot(line.down()) - line.shift(2 * middle / std::max(line.length, 1.0F) - 1);
        if (std::abs(v) > line.height / 2 || u1 < 0 || u0 > line.length) continue;
        const float reach = kOutside * line.height;
        const bool fits = u0 > -reach && u1 < line.length + reach && known.line_height < kSameSize * line.height &&
                          line.height < kSameSize * known.line_height &&
                          (u1 - u0) > kSameDirection * static_cast<float>(cv::norm(to - from));
        if (!fits) return false;
        const float start = std::clamp(u0, 0.0F, line.length), end = std::clamp(u1, start, line.length);
        const float half = std::min(known.height, line.height) / 2;
        const float top = std::clamp(v - half, -line.height / 2, line.height / 2 - 2 * half);
        words.push_back(known.word);
        words.back().place = {start, top, end - start, 2 * half};
    }
    std::sort(words.begin(), words.end(),
              [](const PlacedWord& a, const PlacedWord& b) { return a.place.x < b.place.x; });
    if (words.empty() || words.front().place.x > kOpenEnd * line.height) return false;
    float end = words.front().place.x;
    for (const PlacedWord& word : words) {
        if (word.place.x - end > kOpenGap * line.height) return false;
        end = std::max(end, word.place.x + word.place.width);
    }
    return line.length - end <= kOpenEnd * line.height;
}

std::optional<Reading> KnownPrint::reading_of(const TextLine& line) const {
    Reading reading;
    reading.line = line;
    if (covers(line, reading.words)) {
        weigh(reading);
        if (std::all_of(reading.words.begin(), reading.words.end(), is_sure_word)) return reading;
    }
    if (wanted_.contains(line.center())) return std::nullopt;
    return Reading{line, {}, 0, 0};
}

FirstReadings KnownPrint::take(std::vector<TextLine>& lines) const {
    turn(lines);
    FirstReadings readings;
    for (const TextLine& line : lines) readings.push_back(reading_of(line));
    return readings;
}

}  // namespace magscan::ocr
