#include "ocr/region_reader.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "ocr/line_extent.h"
#include "ocr/orientation.h"
#include "ocr/strip.h"
#include "ocr/text_flow.h"

namespace magscan::ocr {
namespace {

constexpr float kOwnDirection = 5;   // length over height up to which a line borrows its direction: the tail of a
                                     // letter tilts "200 mg" by four degrees
constexpr float kSamePrint = 0.77F;  // cosine: short text up to 40 degrees off
                                     // belongs to the print around it
constexpr std::size_t kMostIllegible = 16;  // lines that are looked at again without knowing what they say
constexpr float kOneSign = 1.5F;            // length over height up to which no word stands
constexpr float kLargePrint = 0.5F;         // of the height of the largest line that was read
constexpr int kLooks = 3;                   // further looks at a line, at most
constexpr int kLooksAtLarge = 5;
constexpr int kLooksAtGarbled = 2;
constexpr float kRowsBeside = 4;   // heights of a name above and below it in which its figures stand, bent or not
constexpr float kShortFigure = 6;  // length over height

// The bands of all regions. Those too short to tell their direction borrow it
// from the long ones around them.
std::vector<TextLine> lines_of(const std::vector<TextRegion>& regions) {
    std::vector<TextLine> lines;
    for (const TextRegion& region : regions) lines.push_back(line_of(region));
    const TextFlow flow(lines);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        TextLine& line = lines[i];
        if (line.length > kOwnDirection * line.height) continue;
        auto along = flow.direction_at(line.center(), line.height);
        if (along && along->dot(line.along) < 0) along = -*along;  // which end comes first is found out by reading
        const bool tells = has_direction(regions[i]);
        // Print at right angles to its surroundings stays as it is.
        if (along && (!tells || std::abs(along->dot(line.along)) > kSamePrint)) {
            line = line_along(regions[i], *along);
        } else if (!tells) {
            line = line_along(regions[i], {1, 0});
        }
    }
    return lines;
}

// Reads unsure lines again, in two rounds: first what may name what is asked for, then, where something does, the
// figures.
class SecondLooks {
  public:
    SecondLooks(const Pyramid& pyramid, const std::vector<TextRegion>& regions, EnginePool& engines,
                const Effort& effort, const LineInterest& interest)
        : pyramid_(pyramid), regions_(regions), engines_(engines), effort_(effort), interest_(interest) {}

    void run(std::vector<Reading>& readings) {
        std::vector<TextLine> lines;
        for (const Reading& reading : readings) {
            if (!reading.words.empty()) lines.push_back(reading.line);
        }
        surface_ = surface_of(lines);
        for (const Reading& reading : readings) {
            if (is_sure(reading) && spells(reading)) large_ = std::max(large_, kLargePrint * reading.line.height);
        }
        std::vector<Interest> interests = interests_of(readings);
        std::vector<std::size_t> chosen = illegible(readings);
        for (std::size_t i = 0; i < readings.size(); ++i) {
            const bool taken = std::find(chosen.begin(), chosen.end(), i) != chosen.end();
            if (interests[i] == Interest::kName && !taken && !is_sure(readings[i])) chosen.push_back(i);
        }
        look(readings, chosen);
        for (const std::size_t i : chosen) interests[i] = interest_of(readings[i]);
        if (std::find(interests.begin(), interests.end(), Interest::kName) == interests.end()) return;
        const std::vector<TextLine> names = names_among(readings, interests);
        std::vector<std::size_t> figures;
        for (std::size_t i = 0; i < readings.size(); ++i) {
            const bool known = std::find(chosen.begin(), chosen.end(), i) != chosen.end();
            const bool wanted = interests[i] == Interest::kServing ||
                                (interests[i] == Interest::kFigure && stands_beside(readings[i].line, names));
            if (wanted && !known && is_doubtful_figure(readings[i])) figures.push_back(i);
        }
        look(readings, figures);
    }

  private:
    Interest interest_of(const Reading& reading) const {
        return interest_ ? interest_(text_of(reading)) : Interest::kName;
    }

    std::vector<Interest> interests_of(const std::vector<Reading>& readings) const {
        std::vector<Interest> interests;
        for (const Reading& reading : readings) interests.push_back(interest_of(reading));
        return interests;
    }

    bool is_large(const Reading& reading) const { return reading.line.height > large_; }

    // Lines that were not read at all, and large print that was not read surely or not to its ends, might say
    // anything: the largest of them. A single sign, a dagger or an emblem, says nothing.
    std::vector<std::size_t> illegible(const std::vector<Reading>& readings) const {
        std::vector<std::size_t> chosen;
        for (std::size_t i = 0; i < readings.size(); ++i) {
            const TextLine& line = readings[i].line;
            if (line.length < kOneSign * line.height) continue;
            const bool large = is_large(readings[i]);
            if (is_garbled(readings[i]) || (large && (!is_sure(readings[i]) || leaves_ends(readings[i]))))
                chosen.push_back(i);
        }
        std::stable_sort(chosen.begin(), chosen.end(), [&](std::size_t a, std::size_t b) {
            return readings[a].line.height > readings[b].line.height;
        });
        if (chosen.size() > kMostIllegible) chosen.resize(kMostIllegible);
        return chosen;
    }

    static std::vector<TextLine> names_among(const std::vector<Reading>& readings,
                                             const std::vector<Interest>& interests) {
        std::vector<TextLine> names;
        for (std::size_t i = 0; i < readings.size(); ++i) {
            if (interests[i] == Interest::kName) names.push_back(readings[i].line);
        }
        return names;
    }

    // In the row of a name, or in one of the rows next to it.
    static bool stands_beside(const TextLine& line, const std::vector<TextLine>& names) {
        return std::any_of(names.begin(), names.end(), [&](const TextLine& name) {
            return std::abs((line.center() - name.center()).dot(name.down())) < kRowsBeside * name.height;
        });
    }

    // A short line is a figure with little around it that would show a mistake: it is always read twice.
    static bool is_doubtful_figure(const Reading& reading) {
        return !is_sure(reading) || reading.line.length < kShortFigure * reading.line.height;
    }

    void look(std::vector<Reading>& readings, const std::vector<std::size_t>& chosen) const {
        engines_.for_each(chosen.size(), effort_, [&](std::size_t job, Recognizer& recognizer) {
            Reading& reading = readings[chosen[job]];
            const int most = is_large(reading) ? kLooksAtLarge : is_garbled(reading) ? kLooksAtGarbled : kLooks;
            reading = look_again(pyramid_, recognizer, reading, {regions_[chosen[job]], surface_}, most);
        });
    }

    const Pyramid& pyramid_;
    const std::vector<TextRegion>& regions_;
    EnginePool& engines_;
    const Effort& effort_;
    const LineInterest& interest_;
    std::optional<Surface> surface_;
    float large_ = 0;  // height from which a line is large print
};

}  // namespace

std::vector<Reading> read_regions(const cv::Mat& bgr, const std::vector<TextRegion>& regions, EnginePool& engines,
                                  const Effort& effort, const LineInterest& interest) {
    std::vector<TextLine> lines = lines_of(regions);
    const Pyramid pyramid(bgr);
    engines.for_each(lines.size(), effort,
                     [&](std::size_t i, Recognizer&) { lines[i] = fitted_to_ink(pyramid, lines[i]); });
    const FirstReadings known = turn_by_reading(lines, pyramid, engines, effort);
    std::vector<Reading> readings(lines.size());
    engines.for_each(lines.size(), effort, [&](std::size_t i, Recognizer& recognizer) {
        readings[i] = known[i] ? *known[i] : read_first(pyramid, recognizer, lines[i]);
    });
    SecondLooks(pyramid, regions, engines, effort, interest).run(readings);
    return readings;
}

}  // namespace magscan::ocr
