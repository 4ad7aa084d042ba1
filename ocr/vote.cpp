#include "ocr/vote.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <iterator>
#include <string_view>
#include <utility>

namespace magscan::ocr {
namespace {

constexpr float kMissedWord = 0.8F;   // confidence from which a word that the best reading lacks is believed
constexpr int kMissedLetters = 3;     // letters of such a word, at least
constexpr int kPartLetters = 3;       // letters from which a piece of a word tells
constexpr float kPartWidth = 0.9F;    // width of a piece over that of the word, at most
constexpr float kPieceInside = 0.8F;  // share of a piece's width that lies inside the whole word
constexpr int kSpelled = 4;           // letters that make a word of which a digit is no part: "Magnesi1o"
constexpr float kMixed = 0.5F;        // weight of a word that mixes the two
constexpr std::size_t kAlternatives = 4;

bool same_place(const PlacedWord& a, const PlacedWord& b) {
    return shared_width(a, b) > 0.5F * std::max(a.place.width, b.place.width);
}

bool overlap(const PlacedWord& a, const PlacedWord& b) {
    return shared_width(a, b) > 0.2F * std::min(a.place.width, b.place.width);
}

struct Ballot {
    std::string core;  // without marks at its ends, which readings differ in most
    std::string text;  // as read most surely, or without marks where readings differ
    float votes = 0;
    float confidence = 0;
    cv::Rect2f place;  // the widest it was seen at
};

// A word of letters of which the other reading lost the beginning or the end: "Citrato", "rato".
bool is_part_of(const Ballot& part, const Ballot& whole) {
    const std::string& a = part.core;
    const std::string& b = whole.core;
    if (letters_in(a) < kPartLetters || a.size() >= b.size() || part.place.width > kPartWidth * whole.place.width)
        return false;
    if (holds_digit(a) || holds_digit(b)) return false;
    return b.compare(b.size() - a.size(), a.size(), a) == 0 || b.compare(0, a.size(), a) == 0;
}

// Frames and table rules that stick to a figure: no figure is printed with them.
bool is_frame(char c) {
    return std::string_view("_|[]{}\\~'\"").find(c) != std::string_view::npos;
}

bool is_mark(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x80 && std::isalnum(byte) == 0;
}

// Drops a quotation mark at either end; false where there is none.
bool drop_quote(std::string& text) {
    static const std::array<std::string, 6> kQuotes{"“", "”", "‘", "’", "«", "»"};
    const auto quote = std::find_if(kQuotes.begin(), kQuotes.end(),
                                    [&](const std::string& q) { return text.starts_with(q) || text.ends_with(q); });
    if (quote == kQuotes.end()) return false;
    text.erase(text.starts_with(*quote) ? 0 : text.size() - quote->size(), quote->size());
    return true;
}

// The word without the marks at its ends, where anything else is left; figures keep those that may be printed.
std::string core_of(const std::string& text) {
    const auto drops = holds_digit(text) ? is_frame : is_mark;
    std::string core = text;
    while (!core.empty()) {
        if (drops(core.front())) {
            core.erase(0, 1);
        } else if (drops(core.back())) {
            core.pop_back();
        } else if (!drop_quote(core)) {
            break;
        }
    }
    return core.empty() ? text : core;
}

int digits_in(const std::string& text) {
    return static_cast<int>(std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }));
}

void cast(std::vector<Ballot>& ballots, const PlacedWord& word) {
    const std::string core = core_of(word.text);
    auto known = std::find_if(ballots.begin(), ballots.end(), [&](const Ballot& b) { return b.core == core; });
    if (known == ballots.end()) known = ballots.insert(ballots.end(), {core, word.text, 0, 0, {}});
    if (known->text != word.text) known->text = core;
    const bool mixed = holds_digit(word.text) && letters_in(word.text) - digits_in(word.text) >= kSpelled;
    known->votes += word.confidence * word.confidence * (mixed ? kMixed : 1.0F);
    known->confidence = std::max(known->confidence, word.confidence);
    if (word.place.width > known->place.width) known->place = word.place;
}

void elect(PlacedWord& word, const std::vector<std::vector<PlacedWord>>& others) {
    std::vector<Ballot> ballots;
    cast(ballots, word);
    for (const auto& words : others) {
        for (const PlacedWord& other : words) {
            if (same_place(word, other)) cast(ballots, other);
        }
    }
    for (Ballot& whole : ballots) {
        for (const Ballot& part : ballots) {
            if (is_part_of(part, whole)) whole.votes += part.votes;
        }
    }
    std::stable_sort(ballots.begin(), ballots.end(),
                     [](const Ballot& a, const Ballot& b) { return a.votes > b.votes; });
    float all = 0;
    bool digits = false;
    for (const Ballot& ballot : ballots) {
        all += ballot.votes;
        digits = digits || holds_digit(ballot.text);
    }
    word.text = ballots.front().text;
    word.confidence = ballots.front().confidence;
    word.alternatives.clear();
    if (!digits) {
        if (word.place.width < kPartWidth * ballots.front().place.width) word.place = ballots.front().place;
        return;
    }
    if (all > 0) word.confidence *= ballots.front().votes / all;
    for (std::size_t i = 1; i < ballots.size() && i <= kAlternatives; ++i) {
        word.alternatives.push_back({ballots[i].text, ballots[i].confidence});
    }
}

// Another reading may have taken a figure for a part of the word beside it: "1 daily", "Idaily".
bool covers_figure(const std::vector<PlacedWord>& words, std::size_t i) {
    return std::any_of(words.begin(), words.end(), [&](const PlacedWord& other) {
        return &other != &words[i] && holds_digit(other.text) &&
               shared_width(words[i], other) > kPieceInside * other.place.width;
    });
}

// Takes out the pieces of a word that another reading saw whole: "GL GLYCINATE".
void drop_pieces(std::vector<PlacedWord>& words) {
    const auto is_piece = [&](const PlacedWord& piece) {
        return std::any_of(words.begin(), words.end(), [&](const PlacedWord& whole) {
            if (holds_digit(piece.text) || holds_digit(whole.text)) return false;
            if (piece.place.width > kPartWidth * whole.place.width) return false;
            if (shared_width(piece, whole) < kPieceInside * piece.place.width) return false;
            return letters_in(piece.text) < kPartLetters || whole.text.find(piece.text) != std::string::npos;
        });
    };
    std::vector<PlacedWord> kept;
    std::copy_if(words.begin(), words.end(), std::back_inserter(kept), [&](const auto& w) { return !is_piece(w); });
    words = std::move(kept);
}

// Adds what another reading saw surely where this one saw nothing.
void add_missed(std::vector<PlacedWord>& words, const std::vector<std::vector<PlacedWord>>& others) {
    for (const auto& other : others) {
        for (const PlacedWord& word : other) {
            const bool sure = word.confidence >= kMissedWord && letters_in(word.text) >= kMissedLetters;
            const bool taken =
                std::any_of(words.begin(), words.end(), [&](const PlacedWord& w) { return overlap(w, word); });
            if (sure && !taken) words.push_back(word);
        }
    }
    std::stable_sort(words.begin(), words.end(),
                     [](const PlacedWord& a, const PlacedWord& b) { return a.place.x < b.place.x; });
}

}  // namespace

Reading vote(std::vector<Reading> readings) {
    const auto most = std::max_element(readings.begin(), readings.end(),
                                       [](const Reading& a, const Reading& b) { return a.score < b.score; });
    Reading best = std::move(*most);
    readings.erase(most);
    std::vector<std::vector<PlacedWord>> others;
    for (Reading& reading : readings) {
        if (best.line.along.dot(reading.line.along) <= 0) continue;  // read from the other end
        const float offset = (reading.line.start - best.line.start).dot(best.line.along);
        for (PlacedWord& word : reading.words) word.place.x += offset;
        others.push_back(std::move(reading.words));
    }
    for (std::size_t i = 0; i < best.words.size(); ++i) {
        const cv::Rect2f place = best.words[i].place;
        elect(best.words[i], others);
        if (covers_figure(best.words, i)) best.words[i].place = place;
    }
    drop_pieces(best.words);
    add_missed(best.words, others);
    weigh(best);
    return best;
}

}  // namespace magscan::ocr
