#include "ocr/script_reader.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "ocr/language.h"
#include "ocr/language_reader.h"

namespace magscan::ocr {
namespace {

constexpr Rendering kPlain{48, 1.0};
constexpr int kWordLetters = 3;           // of a word that tells
constexpr int kFewestWords = 3;           // of a line that tells
constexpr int kFewestLetters = 15;        // in those words
constexpr float kRead = 0.2F;             // confidence under which a line tells nothing
constexpr float kUnsure = 0.75F;          // and up to which it may be of another script
constexpr double kMostListed = 0.15;      // share of words of known languages in such a line
constexpr std::size_t kFewestLines = 3;   // with letters of two kinds in a word
constexpr std::size_t kOneInThree = 3;    // lines of no known language has such a word, at least
constexpr std::size_t kProbes = 4;        // lines read with the data of each script
constexpr float kProbeSure = 0.5F;        // their mean confidence, to be believed
constexpr float kProbeBetter = 1.2F;      // and their scores over the English ones
constexpr std::size_t kOwnWords = 3;      // different words of the language in the probes: no chance makes that many
constexpr std::size_t kMisreadWords = 3;  // that tell the language where its data is missing
constexpr float kBelieved = 0.5F;         // confidence from which a line is taken over
constexpr int kLettersAround = 3;         // of a word whose digit is a misread letter

bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}

bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// A capital or a digit inside a word of small letters.
bool mixes_letters(std::string_view word) {
    for (std::size_t i = 1; i < word.size(); ++i) {
        if (is_lower(word[i - 1]) && is_upper(word[i])) return true;
        const bool letter_before = is_lower(word[i - 1]) || is_upper(word[i - 1]);
        if (letter_before && is_digit(word[i]) && i + 1 < word.size() && is_lower(word[i + 1])) return true;
    }
    return word.find("\xC2\xA2") != std::string_view::npos;  // a cent sign
}

// What a line says about its language.
struct Told {
    bool enough = false;   // words to tell by
    bool foreign = false;  // of no known language, and read with doubt
    bool mixed = false;    // a word of letters of two kinds
};

Told told_by(const Reading& reading) {
    Told told;
    int words = 0;
    int listed = 0;
    float letters = 0;
    float sure = 0;
    for (const PlacedWord& word : reading.words) {
        const int n = letters_in(word.text);
        if (n < kWordLetters) continue;
        ++words;
        letters += static_cast<float>(n);
        sure += word.confidence * static_cast<float>(n);
        if (is_listed(word.text)) ++listed;
        if (mixes_letters(word.text)) told.mixed = true;
    }
    told.enough = words >= kFewestWords && letters >= kFewestLetters;
    if (!told.enough) return told;
    const float confidence = sure / letters;
    told.foreign = confidence > kRead && confidence < kUnsure && listed <= kMostListed * words;
    return told;
}

// A few lines of no known language to try a script on: those read best of those that mix letters, for names in Latin
// letters read well as they are.
std::vector<Reading> probes_of(const std::vector<Reading>& readings) {
    std::vector<Reading> probes;
    for (const Reading& reading : readings) {
        const Told told = told_by(reading);
        if (told.foreign && told.mixed) probes.push_back(reading);
    }
    std::stable_sort(probes.begin(), probes.end(),
                     [](const Reading& a, const Reading& b) { return a.score > b.score; });
    if (probes.size() > kProbes) probes.resize(kProbes);
    return probes;
}

// Both: words of Latin letters stand among the others.
std::string data_of(const ScriptLanguage& script) {
    return script.language.data + "+" + kEnglish;
}

// Data of Greek reads its letter mu as the sign for micro.
std::string with_mu(std::string word) {
    for (std::size_t at = word.find("\xC2\xB5"); at != std::string::npos; at = word.find("\xC2\xB5"))
        word.replace(at, 2, "\xCE\xBC");
    return word;
}

// How well a language reads the probes: the sum of the scores; 0 where it does not.
float reads(const std::vector<Reading>& english, const std::vector<Reading>& own, const ScriptLanguage& script) {
    float before = 0;
    float score = 0;
    float confidence = 0;
    std::set<std::string> words;
    for (std::size_t i = 0; i < own.size(); ++i) {
        before += english[i].score;
        score += own[i].score;
        confidence += own[i].confidence / static_cast<float>(own.size());
        for (const PlacedWord& word : own[i].words)
            if (std::string letters = with_mu(word.text); script.words.count(letters) > 0)
                words.insert(std::move(letters));
    }
    const bool surely = confidence >= kProbeSure && score >= kProbeBetter * before && words.size() >= kOwnWords;
    return surely ? score : 0;
}

// Which lines stand on their head: English data, which turned them, can't tell with the wrong letters.
struct Turned {
    bool flat = false;
    bool steep = false;

    bool holds(const Reading& reading) const { return is_steep(reading.line.along) ? steep : flat; }
};

struct Found {
    const ScriptLanguage* script = nullptr;
    float score = 0;
    Turned turned;
};

// A page's lines, and what reads them.
struct Desk {
    std::vector<Reading>& readings;
    const Pyramid& pyramid;
    EnginePool& engines;
    const Effort& effort;

    std::vector<Reading> read(const std::vector<Reading>& lines, const std::string& data, bool turned) const {
        std::vector<Reading> out(lines.size());
        engines.for_each(
            lines.size(), effort,
            [&](std::size_t i, Recognizer& recognizer) {
                const TextLine& line = lines[i].line;
                out[i] = read_once(pyramid, recognizer, turned ? turned_round(line) : line, kPlain);
            },
            data);
        return out;
    }
};

// Tries a script on the probes as they stand, then from whichever end reads better.
Found tried(const ScriptLanguage& script, const std::vector<Reading>& probes, const Desk& desk) {
    std::vector<Reading> own = desk.read(probes, data_of(script), false);
    if (const float score = reads(probes, own, script); score > 0) return {&script, score, {}};
    const std::vector<Reading> turned = desk.read(probes, data_of(script), true);
    float flat = 0, steep = 0;  // what turning gains
    for (std::size_t i = 0; i < own.size(); ++i) {
        (is_steep(probes[i].line.along) ? steep : flat) += turned[i].score - own[i].score;
        if (turned[i].score > own[i].score) own[i] = turned[i];
    }
    const float score = reads(probes, own, script);
    if (score > 0) return {&script, score, {flat > 0, steep > 0}};
    return {};
}

// The reading of a line that stood on its head, or of one that came out as garbled and turns out to.
bool take_turned(Reading& reading, const Reading& own, bool stands_on_head, const Desk& desk, Recognizer& recognizer) {
    if (!stands_on_head && !(is_garbled(own) && is_garbled(reading) && told_by(reading).enough)) return false;
    Reading turned = read_once(desk.pyramid, recognizer, turned_round(reading.line), kPlain);
    const bool better =
        stands_on_head ? turned.score > std::max(own.score, reading.score) : is_right_way_round(turned, own);
    if (better) reading = std::move(turned);
    return better;
}

// Greek's final sigma ends a word: what follows is the next one, that stood close.
void part_words(std::vector<PlacedWord>& words) {
    constexpr std::string_view kFinalSigma = "\xCF\x82";
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::size_t at = words[i].text.find(kFinalSigma);
        if (at == std::string::npos || at + kFinalSigma.size() == words[i].text.size()) continue;
        PlacedWord next = words[i];
        next.text.erase(0, at + kFinalSigma.size());
        words[i].text.resize(at + kFinalSigma.size());
        if (letters_in(next.text) == 0) {  // a comma
            words[i].text += next.text;
            continue;
        }
        const auto first = static_cast<float>(letters_in(words[i].text)),
                   rest = static_cast<float>(letters_in(next.text));
        words[i].place.width *= first / (first + rest);
        next.place.x += words[i].place.width;
        next.place.width -= words[i].place.width;
        words.insert(words.begin() + static_cast<std::ptrdiff_t>(i) + 1, std::move(next));
    }
}

// Reads the doubtful lines and those that stand on their head.
void read_doubtful(const Found& found, const Desk& desk) {
    std::vector<std::size_t> doubtful;
    for (std::size_t i = 0; i < desk.readings.size(); ++i)
        if (is_doubtful(desk.readings[i]) || found.turned.holds(desk.readings[i])) doubtful.push_back(i);
    desk.engines.for_each(
        doubtful.size(), desk.effort,
        [&](std::size_t i, Recognizer& recognizer) {
            Reading& reading = desk.readings[doubtful[i]];
            const bool on_head = found.turned.holds(reading);
            Reading own;
            if (!on_head) own = read_once(desk.pyramid, recognizer, reading.line, kPlain);
            if (!take_turned(reading, own, on_head, desk, recognizer)) {
                if (own.confidence < kBelieved) return;
                reading = better_of(reading, std::move(own), is_figure_in_script);
            }
            mend_greek(reading.words);
            weigh(reading);
        },
        data_of(*found.script));
}

}  // namespace

void mend_greek(std::vector<PlacedWord>& words) {
    constexpr std::array<std::string_view, 4> kIotas{"\xE1\xBC\xB0", "\xE1\xBC\xB1", "\xE1\xBC\xB8", "\xE1\xBC\xB9"};
    part_words(words);
    for (PlacedWord& word : words)
        if (std::find(kIotas.begin(), kIotas.end(), word.text) != kIotas.end()) word.text = "1";
}

bool holds_other_letters(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0xCD && byte <= 0xDF;  // in UTF-8 begins U+0340 to U+07FF
    });
}

bool is_figure_in_script(std::string_view word) {
    if (!holds_digit(word)) return false;
    const auto digit = std::find_if(word.begin(), word.end(), is_digit);
    const bool only_one = std::count_if(word.begin(), word.end(), is_digit) == 1;
    const bool inside = digit != word.begin() && digit + 1 != word.end() &&
                        (is_lower(digit[1]) || is_upper(digit[1])) && (is_lower(digit[-1]) || is_upper(digit[-1]));
    return !only_one || !inside || letters_in(std::string(word)) - 1 < kLettersAround;
}

bool seems_of_other_script(const std::vector<Reading>& readings) {
    std::size_t foreign = 0;
    std::size_t mixed = 0;
    for (const Reading& reading : readings) {
        const Told told = told_by(reading);
        if (!told.foreign) continue;
        ++foreign;
        if (told.mixed) ++mixed;
    }
    return mixed >= kFewestLines && kOneInThree * mixed >= foreign;
}

std::optional<std::string> read_in_own_script(std::vector<Reading>& readings, const cv::Mat& bgr, EnginePool& engines,
                                              const Effort& effort) {
    if (!seems_of_other_script(readings)) return std::nullopt;
    const std::vector<Reading> probes = probes_of(readings);
    const std::vector<std::string> words = words_of(readings);

    const Pyramid pyramid(bgr);
    const Desk desk{readings, pyramid, engines, effort};
    Found best;
    std::string missing;
    for (const ScriptLanguage& script : languages_of_other_scripts()) {
        if (!engines.offers(data_of(script))) {
            if (misread_words(words, script) >= kMisreadWords) missing = script.language.name;
            continue;
        }
        const Found found = tried(script, probes, desk);
        if (found.score > best.score) best = found;
    }
    if (best.script) {
        read_doubtful(best, desk);
        return std::string();
    }
    if (missing.empty()) return std::nullopt;
    return missing;
}

}  // namespace magscan::ocr
