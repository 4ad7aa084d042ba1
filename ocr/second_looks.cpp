#include "ocr/second_looks.h"

#include <algorithm>
#include <utility>

#include "ocr/median.h"
#include "ocr/script_reader.h"
#include "ocr/surface.h"

namespace magscan::ocr {
namespace {

constexpr std::size_t kMostDisplay = 16;  // lines of display type that are looked at again, the largest
constexpr std::size_t kMostGarbled = 4;   // and garbled lines beside a name, figures among them
constexpr float kOneSign = 1.5F;          // length over height up to which no word stands
constexpr float kLargePrint = 0.5F;       // of the height of the largest line that was read
constexpr float kDisplayType = 1.5F;      // of the height of the middle one
constexpr std::size_t kFewLines = 8;      // of which all may be display type
constexpr int kLooks = 3;                 // further looks at a line, at most
constexpr int kLooksAtNames = 5;          // and at display type
constexpr float kRowsBeside = 4;   // heights of a name above and below it in which its figures stand, bent or not
constexpr float kShortFigure = 6;  // length over height

struct Look {
    std::size_t line = 0;
    int most = kLooks;
};

bool is_among(const std::vector<Look>& looks, std::size_t line) {
    return std::any_of(looks.begin(), looks.end(), [&](const Look& look) { return look.line == line; });
}

// A single sign, a dagger or an emblem, says nothing.
bool is_one_sign(const TextLine& line) {
    return line.length < kOneSign * line.height;
}

// In the row of a name, or in one of the rows next to it.
bool stands_beside(const TextLine& line, const std::vector<TextLine>& names) {
    return std::any_of(names.begin(), names.end(), [&](const TextLine& name) {
        return std::abs((line.center() - name.center()).dot(name.down())) < kRowsBeside * name.height;
    });
}

// English data, which looks again, can't read it.
bool is_of_other_script(const Reading& reading) {
    return holds_other_letters(text_of(reading));
}

// A short line is a figure with little around it that would show a mistake: it is always read twice.
bool is_doubtful_figure(const Reading& reading) {
    return !is_sure(reading) || reading.line.length < kShortFigure * reading.line.height;
}

float middle_height(const std::vector<Reading>& readings) {
    std::vector<float> heights;
    for (const Reading& reading : readings) heights.push_back(reading.line.height);
    return median(std::move(heights));
}

// Height above which print is display type: names are set in it, and it reads worst.
float display_height(const std::vector<Reading>& readings) {
    float height = readings.size() > kFewLines ? kDisplayType * middle_height(readings) : 0;
    for (const Reading& reading : readings) {
        if (is_sure(reading) && spells(reading)) height = std::max(height, kLargePrint * reading.line.height);
    }
    return height;
}

std::vector<std::size_t> largest_first(const std::vector<Reading>& readings) {
    std::vector<std::size_t> order(readings.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return readings[a].line.height > readings[b].line.height; });
    return order;
}

// Display type that was not read surely or not to its ends might say anything.
std::vector<Look> display_type(const std::vector<Reading>& readings) {
    const float height = display_height(readings);
    std::vector<Look> chosen;
    for (const std::size_t i : largest_first(readings)) {
        const Reading& reading = readings[i];
        if (chosen.size() == kMostDisplay || reading.line.height <= height) break;
        if (!is_one_sign(reading.line) && !is_of_other_script(reading) && (!is_sure(reading) || leaves_ends(reading)))
            chosen.push_back({i, kLooksAtNames});
    }
    return chosen;
}

// Display type, and whatever may name what is asked for.
std::vector<Look> names_among(const std::vector<Reading>& readings, const std::vector<Interest>& interests) {
    std::vector<Look> chosen = display_type(readings);
    for (std::size_t i = 0; i < readings.size(); ++i) {
        if (interests[i] == Interest::kName && !is_among(chosen, i) && !is_sure(readings[i]) &&
            !is_of_other_script(readings[i]))
            chosen.push_back({i, kLooksAtNames});
    }
    return chosen;
}

// Where something names what is asked for: servings, the name's figures, and what hardly came out beside it.
std::vector<Look> figures_among(const std::vector<Reading>& readings, const std::vector<Interest>& interests,
                                const std::vector<Look>& seen) {
    std::vector<TextLine> names;
    for (std::size_t i = 0; i < readings.size(); ++i) {
        if (interests[i] == Interest::kName) names.push_back(readings[i].line);
    }
    std::vector<Look> chosen;
    if (names.empty()) return chosen;
    std::size_t garbled = 0;
    for (const std::size_t i : largest_first(readings)) {
        if (is_among(seen, i) || is_of_other_script(readings[i])) continue;
        const bool beside = stands_beside(readings[i].line, names);
        const bool wanted = interests[i] == Interest::kServing || (interests[i] == Interest::kFigure && beside);
        if (is_garbled(readings[i])) {
            if ((wanted || beside) && !is_one_sign(readings[i].line) && ++garbled <= kMostGarbled)
                chosen.push_back({i, kLooks});
        } else if (wanted && is_doubtful_figure(readings[i])) {
            chosen.push_back({i, kLooks});
        }
    }
    return chosen;
}

}  // namespace

void look_twice(std::vector<Reading>& readings, const Pyramid& pyramid, const std::vector<TextRegion>& regions,
                EnginePool& engines, const Effort& effort, const LineInterest& interest) {
    if (readings.empty()) return;
    std::vector<TextLine> read;
    for (const Reading& reading : readings) {
        if (!reading.words.empty()) read.push_back(reading.line);
    }
    const std::optional<Surface> surface = surface_of(read);
    const auto look = [&](const std::vector<Look>& chosen) {
        engines.for_each(chosen.size(), effort, [&](std::size_t job, Recognizer& recognizer) {
            const auto& [i, most] = chosen[job];
            readings[i] = look_again(pyramid, recognizer, readings[i], {regions[i], surface}, most);
        });
    };
    const auto interest_of = [&](const Reading& reading) {
        return interest ? interest(text_of(reading)) : Interest::kName;
    };

    std::vector<Interest> interests;
    for (const Reading& reading : readings) interests.push_back(interest_of(reading));
    const std::vector<Look> names = names_among(readings, interests);
    look(names);
    for (const Look& at : names) interests[at.line] = interest_of(readings[at.line]);
    look(figures_among(readings, interests, names));
}

}  // namespace magscan::ocr
