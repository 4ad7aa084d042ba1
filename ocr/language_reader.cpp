#include "ocr/language_reader.h"

#include <algorithm>

#include "ocr/language.h"

namespace magscan::ocr {
namespace {

constexpr Rendering kPlain{48, 1.0};
constexpr float kSure = 0.9F;       // confidence from which a word needs no second look
constexpr float kClearly = 1.05F;   // score of the own language's reading over the English one, to replace it
constexpr int kFewestLetters = 3;   // of a word that a language can help to read
constexpr float kSamePlace = 0.6F;  // share of the wider of two words that both cover

std::vector<std::size_t> figures_of(const Reading& reading, FigureTest is_figure) {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < reading.words.size(); ++i)
        if (is_figure(reading.words[i].text)) out.push_back(i);
    return out;
}

bool same_place(const PlacedWord& a, const PlacedWord& b) {
    return shared_width(a, b) > kSamePlace * std::max(a.place.width, b.place.width);
}

bool same_figures(const Reading& a, const Reading& b, FigureTest is_figure) {
    const std::vector<std::size_t> in_a = figures_of(a, is_figure);
    const std::vector<std::size_t> in_b = figures_of(b, is_figure);
    return std::equal(in_a.begin(), in_a.end(), in_b.begin(), in_b.end(),
                      [&](std::size_t i, std::size_t j) { return a.words[i].text == b.words[j].text; });
}

}  // namespace

bool is_doubtful(const Reading& reading) {
    return std::any_of(reading.words.begin(), reading.words.end(), [](const PlacedWord& word) {
        return word.confidence < kSure && !holds_digit(word.text) && letters_in(word.text) >= kFewestLetters;
    });
}

Reading better_of(const Reading& english, Reading own, FigureTest is_figure) {
    if (same_figures(english, own, is_figure)) {
        if (own.score < kClearly * english.score) return english;
        const std::vector<std::size_t> from = figures_of(english, is_figure);
        const std::vector<std::size_t> to = figures_of(own, is_figure);
        for (std::size_t i = 0; i < from.size(); ++i) own.words[to[i]] = english.words[from[i]];
        return own;
    }
    // Where the two differ in a figure, only words without one can be taken over.
    Reading mixed = english;
    for (PlacedWord& word : mixed.words) {
        if (is_figure(word.text)) continue;
        const auto better = std::find_if(own.words.begin(), own.words.end(), [&](const PlacedWord& other) {
            return same_place(word, other) && !is_figure(other.text) && other.confidence > word.confidence;
        });
        if (better != own.words.end()) word = *better;
    }
    return mixed;
}

std::string read_in_own_language(std::vector<Reading>& readings, const cv::Mat& bgr, EnginePool& engines,
                                 const Effort& effort, const LineInterest& interest) {
    const auto language = language_of(words_of(readings));
    if (!language) return {};
    std::vector<std::size_t> doubtful;
    for (std::size_t i = 0; i < readings.size(); ++i)
        if (is_doubtful(readings[i]) && !(interest && interest(text_of(readings[i])) == Interest::kName))
            doubtful.push_back(i);
    if (doubtful.empty()) return {};
    if (!engines.offers(language->data)) return language->name;

    const Pyramid pyramid(bgr);
    engines.for_each(
        doubtful.size(), effort,
        [&](std::size_t i, Recognizer& recognizer) {
            Reading& reading = readings[doubtful[i]];
            reading = better_of(reading, read_once(pyramid, recognizer, reading.line, kPlain));
        },
        language->data);
    return {};
}

}  // namespace magscan::ocr
