#include "parser/lexicon_vocabulary.h"

#include <algorithm>
#include <array>
#include <limits>

#include "parser/text_utf8.h"

namespace magscan::parser {
namespace {

constexpr std::size_t kMinSkeleton = 5;  // letters
constexpr std::size_t kMinFuzzy = 6;
constexpr std::size_t kMinFree = 8;      // from here on a letter may be any other letter
constexpr std::size_t kMinTwo = 10;      // from here on two misreadings
constexpr std::size_t kMinTwoKnown = 8;  // the same for known confusions in the words that allow them
constexpr std::size_t kMaxFuzzy = 40;
constexpr std::size_t kChangeLetters = 2;  // that one change takes at most, as printed or as read
constexpr double kConfusion = 0.5;         // the costliest change that counts as a known confusion
constexpr double kMargin = 0.4;            // the next sense must be worse by this much
constexpr double kSkeletonSimilarity = 0.95;
constexpr std::size_t kMaxCut = 2;   // letters that may be missing or spoilt at the beginning
constexpr std::size_t kMinTail = 6;  // letters that have to be left
constexpr double kTailSimilarity = 0.7;

std::u32string letters_of(std::string_view text) {
    std::u32string letters;
    for (std::size_t at = 0; at < text.size();) letters += next_code_point(text, at);
    return letters;
}

std::string text_of(const std::u32string& letters) {
    std::string text;
    for (const char32_t c : letters) append_code_point(text, c);
    return text;
}

std::uint64_t bit_of(char32_t c) {
    return std::uint64_t{1} << (c % 64);
}

// How often letters occur, up to twice, hashed to 32 kinds of letters. A change of a word touches at most three letters
// ("rn" read for "m") and so changes at most three bits.
std::uint64_t letter_counts(const std::u32string& letters) {
    std::uint64_t once = 0, twice = 0;
    for (const char32_t c : letters) {
        const std::uint64_t bit = std::uint64_t{1} << (c % 32);
        twice |= once & bit;
        once |= bit;
    }
    return once | (twice << 32U);
}
constexpr int kBitsPerChange = 3;

// A word with the signs that look alike made the same, so that most misreadings vanish at once.
std::string skeleton_of(std::string_view word) {
    std::string skeleton;
    for (std::size_t i = 0; i < word.size(); ++i) {
        const char c = word[i];
        if (c == 'r' && i + 1 < word.size() && word[i + 1] == 'n') {
            skeleton += 'm';
            ++i;
        } else if (c == 'l' || c == '1' || c == '|' || c == '!') {
            skeleton += 'i';
        } else if (c == '0') {
            skeleton += 'o';
        } else if (c == '5') {
            skeleton += 's';
        } else if (c == 'q' || c == '9') {
            skeleton += 'g';
        } else {
            skeleton += c;
        }
    }
    return skeleton;
}

bool begins(const std::u32string& text, std::size_t at, const std::u32string& part) {
    return text.compare(at, part.size(), part) == 0;
}

// Changing one text into another: cost and number of changes.
struct Change {
    double cost = std::numeric_limits<double>::infinity();
    int steps = 99;

    void improve(const Change& from, double more) {
        if (from.cost + more < cost) *this = {from.cost + more, from.steps + 1};
    }
};

// Whether more than `most` bits are set. Counting them all takes longer without the processor's own instruction.
bool more_bits(std::uint64_t bits, int most) {
    for (; most > 0; --most) bits &= bits - 1;
    return bits != 0;
}

// The table of changes between the beginnings of two words, of which only three rows are ever needed. Cells further
// than kBand off the diagonal count as unreachable, and so do all that cost more than any caller believes: most pairs
// of words are given up after a few letters.
class ChangeTable {
  public:
    ChangeTable(const std::u32string& printed, const std::u32string& read, const Confusions& confusions)
        : printed_(printed), read_(read), confusions_(confusions) {}

    Change run() {
        const std::size_t rows = printed_.size(), columns = read_.size();
        if (std::max(rows, columns) - std::min(rows, columns) > kBand) return {};
        at(0, 0) = {0, 0};
        std::size_t last_reachable = 0;
        for (std::size_t i = 0; i <= rows && i <= last_reachable; ++i) {
            const std::size_t end = std::min(columns, i + kBand);
            for (std::size_t j = i > kBand ? i - kBand : 0; j <= end; ++j) {
                const Change from = at(i, j);
                if (from.cost > kMostCost) continue;
                last_reachable = i + kChangeLetters;
                if (i == rows && j == columns) return from;
                extend(i, j, from);
            }
            cells_[i % kRows].fill({});
        }
        return {};
    }

  private:
    static constexpr std::size_t kBand = 3;
    static constexpr std::size_t kRows = kChangeLetters + 1;
    static constexpr std::size_t kWidth = 2 * (kBand + 1) + 1;  // the band, and a cell on each side that nothing reads
    static constexpr double kMostCost = 1.5;

    Change& at(std::size_t i, std::size_t j) { return cells_[i % kRows][j + kBand + 1 - i]; }

    void extend(std::size_t i, std::size_t j, const Change& from) {
        const bool more_printed = i < printed_.size();
        const bool more_read = j < read_.size();
        if (more_printed && more_read) {
            if (printed_[i] == read_[j]) {
                Change& next = at(i + 1, j + 1);
                if (from.cost < next.cost) next = from;
            } else {
                at(i + 1, j + 1).improve(from, 1);
            }
            confuse(i, j, from);
            if (i + 1 < printed_.size() && j + 1 < read_.size() && printed_[i] == read_[j + 1] &&
                printed_[i + 1] == read_[j])
                at(i + 2, j + 2).improve(from, 1);
        }
        if (more_printed) at(i + 1, j).improve(from, 1);
        if (more_read) at(i, j + 1).improve(from, 1);
    }

    void confuse(std::size_t i, std::size_t j, const Change& from) {
        const auto* changes = confusions_.between(printed_[i], read_[j]);
        if (changes == nullptr) return;
        for (const KnownChange& change : *changes) {
            if (begins(printed_, i, change.printed) && begins(read_, j, change.read))
                at(i + change.printed.size(), j + change.read.size()).improve(from, change.cost);
        }
    }

    const std::u32string& printed_;
    const std::u32string& read_;
    const Confusions& confusions_;
    std::array<std::array<Change, kWidth>, kRows> cells_{};
};

// Whether the letters that differ stand together and are no more than one change takes. Far quicker than the table.
bool may_be_one_change(const std::u32string& printed, const std::u32string& read) {
    const auto front = std::mismatch(printed.begin(), printed.end(), read.begin(), read.end()).first - printed.begin();
    const auto back =
        std::mismatch(printed.rbegin(), printed.rend(), read.rbegin(), read.rend()).first - printed.rbegin();
    return static_cast<std::size_t>(front + back) + kChangeLetters >= std::max(printed.size(), read.size());
}

// Whether so much change is believable in a word of that length.
bool believable(const Change& change, std::size_t length) {
    if (change.steps <= 1) return change.cost <= (length >= kMinFree ? 1.0 : kConfusion);
    return length >= kMinTwo && change.steps <= 2 && change.cost <= 1.5;
}

}  // namespace

void Confusions::add(const Confusion& pair) {
    std::u32string printed = letters_of(pair.printed);
    std::u32string read = letters_of(pair.read);
    if (printed.empty() || read.empty() || printed.size() > kChangeLetters || read.size() > kChangeLetters) return;
    first_letters_[printed[0] % kHashes] |= bit_of(read[0]);
    const std::uint64_t key = key_of(printed[0], read[0]);
    changes_[key].push_back({std::move(printed), std::move(read), pair.cost});
}

const std::vector<KnownChange>* Confusions::between(char32_t printed, char32_t read) const {
    if ((first_letters_[printed % kHashes] & bit_of(read)) == 0) return nullptr;
    const auto found = changes_.find(key_of(printed, read));
    return found == changes_.end() ? nullptr : &found->second;
}

void Vocabulary::set_confusions(const std::vector<Confusion>& confusions) {
    for (const Confusion& pair : confusions) confusions_.add(pair);
}

int Vocabulary::add(const std::string& word, int sense, bool repairable) {
    const auto [found, is_new] = ids_.emplace(word, static_cast<int>(entries_.size()));
    if (is_new) {
        Entry entry;
        entry.text = word;
        entry.letters = letters_of(word);
        entries_.push_back(std::move(entry));
    }
    Entry& entry = entries_[static_cast<std::size_t>(found->second)];
    entry.repairable = entry.repairable || repairable;
    if (sense >= 0) {
        if (entry.sense >= 0 && entry.sense != sense) entry.mixed = true;
        entry.sense = sense;
    }
    return found->second;
}

int Vocabulary::sense_of(int word) const {
    const Entry& entry = entries_[static_cast<std::size_t>(word)];
    return entry.sense < 0 || entry.mixed ? -2 - word : entry.sense;
}

void Vocabulary::finish() {
    by_length_.assign(kMaxFuzzy + 3, {});
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        const auto word = static_cast<int>(i);
        const std::size_t length = entries_[i].letters.size();
        const Candidate candidate{letter_counts(entries_[i].letters), word};
        if (length >= kMinFuzzy && length < by_length_.size()) by_length_[length].push_back(candidate);
        if (entries_[i].two && length >= kMinTwoKnown) two_.push_back(candidate);
        longest_ = std::max(longest_, entries_[i].text.size());
        for (std::size_t cut = 1; cut <= kMaxCut && length >= cut + kMinTail; ++cut) {
            const auto [tail, is_new] =
                tails_.emplace(skeleton_of(text_of(entries_[i].letters.substr(cut))), Tail{word, cut});
            if (!is_new && tail->second.word >= 0 && sense_of(tail->second.word) != sense_of(word))
                tail->second.word = -2;
        }
        if (length < kMinSkeleton) continue;
        const auto [found, is_new] = skeletons_.emplace(skeleton_of(entries_[i].text), word);
        if (!is_new && found->second >= 0 && sense_of(found->second) != sense_of(word)) found->second = -2;
    }
}

std::optional<int> Vocabulary::exact(std::string_view word) const {
    const auto found = ids_.find(word);
    return found == ids_.end() ? std::nullopt : std::optional<int>(found->second);
}

std::optional<Vocabulary::Hit> Vocabulary::by_skeleton(std::string_view word) const {
    const auto found = skeletons_.find(skeleton_of(word));
    if (found == skeletons_.end() || found->second < 0) return std::nullopt;
    if (!entries_[static_cast<std::size_t>(found->second)].repairable) return std::nullopt;
    return Hit{found->second, kSkeletonSimilarity};
}

std::optional<Vocabulary::Hit> Vocabulary::by_distance(const std::u32string& read) const {
    if (read.size() < kMinFuzzy - 1 || read.size() > kMaxFuzzy) return std::nullopt;
    const std::uint64_t counts = letter_counts(read);
    Hit best;
    double best_cost = std::numeric_limits<double>::infinity();
    double rival_cost = best_cost;  // of the best word with another sense
    for (std::size_t length = read.size() - 2; length <= std::min(read.size() + 2, by_length_.size() - 1); ++length) {
        const int allowed = length >= kMinTwo ? 2 : 1;
        if (allowed == 1 && (length > read.size() + 1 || length + 1 < read.size())) continue;
        for (const auto& [candidate_counts, candidate] : by_length_[length]) {
            if (more_bits(counts ^ candidate_counts, kBitsPerChange * allowed)) continue;
            const std::u32string& printed = entries_[static_cast<std::size_t>(candidate)].letters;
            if (allowed == 1 && !may_be_one_change(printed, read)) continue;
            const Change change = ChangeTable(printed, read, confusions_).run();
            if (!believable(change, length)) continue;
            if (change.cost < best_cost) {
                if (best.word >= 0 && sense_of(best.word) != sense_of(candidate)) rival_cost = best_cost;
                best_cost = change.cost;
                best = {candidate, 1 - change.cost / static_cast<double>(length)};
            } else if (sense_of(best.word) != sense_of(candidate)) {
                rival_cost = std::min(rival_cost, change.cost);
            }
        }
    }
    if (best.word < 0 || rival_cost - best_cost < kMargin) return std::nullopt;
    if (!entries_[static_cast<std::size_t>(best.word)].repairable) return std::nullopt;
    return best;
}

// "WAGNESIUN": both misreadings are known ones, and no other word is about as near, however many it would need.
std::optional<Vocabulary::Hit> Vocabulary::by_two_confusions(const std::u32string& read) const {
    if (read.size() + 2 < kMinTwoKnown || read.size() > kMaxFuzzy) return std::nullopt;
    const std::uint64_t counts = letter_counts(read);
    Hit best;
    double best_cost = 2 * kConfusion;
    for (const auto& [candidate_counts, candidate] : two_) {
        const Entry& entry = entries_[static_cast<std::size_t>(candidate)];
        if (more_bits(counts ^ candidate_counts, 2 * kBitsPerChange) || !entry.repairable) continue;
        const Change change = ChangeTable(entry.letters, read, confusions_).run();
        if (change.steps != 2 || change.cost > best_cost || (best.word >= 0 && change.cost == best_cost)) continue;
        best_cost = change.cost;
        best = {candidate, 1 - change.cost / static_cast<double>(entry.letters.size())};
    }
    if (best.word < 0 || has_rival(read, best, best_cost)) return std::nullopt;
    return best;
}

bool Vocabulary::has_rival(const std::u32string& read, const Hit& hit, double cost) const {
    for (std::size_t length = read.size() < 2 ? 0 : read.size() - 2; length <= read.size() + 2; ++length) {
        if (length >= by_length_.size()) break;
        for (const auto& [counts, candidate] : by_length_[length]) {
            if (sense_of(candidate) == sense_of(hit.word)) continue;
            const Entry& entry = entries_[static_cast<std::size_t>(candidate)];
            if (ChangeTable(entry.letters, read, confusions_).run().cost < cost + kMargin) return true;
        }
    }
    return false;
}

// About as many letters are spoilt as are missing: "sorbate" is not what is left of "ascorbate".
std::optional<Vocabulary::Hit> Vocabulary::by_tail(const std::u32string& read) const {
    for (std::size_t spoilt = 0; spoilt <= kMaxCut + 1 && read.size() >= spoilt + kMinTail; ++spoilt) {
        const auto found = tails_.find(skeleton_of(text_of(read.substr(spoilt))));
        if (found == tails_.end() || found->second.word < 0) continue;
        const std::size_t cut = found->second.cut;
        if (spoilt > cut + 1 || (spoilt > 0 && spoilt + 1 < cut)) continue;
        if (!entries_[static_cast<std::size_t>(found->second.word)].repairable) continue;
        return Hit{found->second.word, kTailSimilarity};
    }
    return std::nullopt;
}

std::optional<Vocabulary::Hit> Vocabulary::resolve(std::string_view word) const {
    if (const auto known = exact(word)) return Hit{*known, 1};
    // Looking alike makes a word half as long at most, and a few letters may be spoilt in front.
    constexpr std::size_t kSpoiltBytes = 4 * (kMaxCut + 1);
    if (word.size() < kMinSkeleton || word.size() > 2 * longest_ + kSpoiltBytes) return std::nullopt;
    if (const auto hit = by_skeleton(word)) return hit;
    const std::u32string read = letters_of(word);
    if (const auto hit = by_distance(read)) return hit;
    if (const auto hit = by_two_confusions(read)) return hit;
    return by_tail(read);
}

}  // namespace magscan::parser
