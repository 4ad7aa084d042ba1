// The single words of the lexicon, and finding them in print as a text recogniser may have misread it.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace magscan::parser {

// A misreading: letters as printed, letters as read. Both normalised, one or two letters each.
struct Confusion {
    std::string printed;
    std::string read;
    double cost = 0.5;  // 0..1: the likelier, the less; any other change of a letter costs 1
};

struct KnownChange {
    std::u32string printed;
    std::u32string read;
    double cost = 0.5;
};

// The known misreadings by their first letters as printed and as read.
class Confusions {
  public:
    void add(const Confusion& pair);
    // Null where none begins so.
    const std::vector<KnownChange>* between(char32_t printed, char32_t read) const;

  private:
    static constexpr std::size_t kHashes = 64;
    static std::uint64_t key_of(char32_t printed, char32_t read) { return (std::uint64_t{printed} << 32U) | read; }

    std::unordered_map<std::uint64_t, std::vector<KnownChange>> changes_;
    std::array<std::uint64_t, kHashes> first_letters_{};  // by a printed letter's hash: those of what is read for it
};

// Built once, then only read; safe for any number of readers.
class Vocabulary {
  public:
    struct Hit {
        int word = -1;
        double similarity = 1;  // 1 exact, lower for repaired misreadings
    };

    void set_confusions(const std::vector<Confusion>& confusions);

    // Adds a normalised word, or finds it. Words of one `sense` are spellings of one thing: a misreading that lies
    // between two of them is still decided. Sense -1 is a sense of its own.
    // A word that is not `repairable` is found only as it stands, but still guards its like against repair.
    int add(const std::string& word, int sense = -1, bool repairable = true);

    // Lets a word of eight letters or nine be repaired of two known confusions, too.
    void allow_two(int word) { entries_[static_cast<std::size_t>(word)].two = true; }

    // To be called after the last add().
    void finish();

    std::optional<int> exact(std::string_view word) const;

    // Exact, or the one word that a misreading explains: one misreading in words of 6 letters or more, two from 10 on
    // and in those of allow_two(),
    // or a beginning that is cut off or spoilt where the label curves away ("leegnesium", "thloride"); nothing when
    // words of different senses explain the reading about equally well.
    std::optional<Hit> resolve(std::string_view word) const;

    const std::string& text(int word) const { return entries_[static_cast<std::size_t>(word)].text; }
    std::size_t size() const { return entries_.size(); }

  private:
    struct Entry {
        std::string text;
        std::u32string letters;
        int sense = -1;
        bool mixed = false;
        bool repairable = false;
        bool two = false;  // see allow_two()
    };

    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    using Ids = std::unordered_map<std::string, int, Hash, std::equal_to<>>;

    std::optional<Hit> by_skeleton(std::string_view word) const;
    std::optional<Hit> by_distance(const std::u32string& read) const;
    std::optional<Hit> by_two_confusions(const std::u32string& read) const;
    bool has_rival(const std::u32string& read, const Hit& hit, double cost) const;
    std::optional<Hit> by_tail(const std::u32string& read) const;
    int sense_of(int word) const;

    std::vector<Entry> entries_;
    Ids ids_;
    Ids skeletons_;  // -2 where two senses share one

    struct Tail {
        int word = -1;        // -2 where two senses share one
        std::size_t cut = 0;  // letters before it in the word
    };
    std::unordered_map<std::string, Tail> tails_;  // by skeleton
    struct Candidate {
        std::uint64_t letter_counts = 0;  // what tells most words apart at a glance
        int word = -1;
    };
    std::vector<std::vector<Candidate>> by_length_;
    std::vector<Candidate> two_;  // the words of allow_two()
    std::size_t longest_ = 0;     // bytes
    Confusions confusions_;
};

}  // namespace magscan::parser
