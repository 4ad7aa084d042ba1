#include "parser/lexicon_units.h"

#include <algorithm>

namespace magscan::parser {
namespace {

constexpr std::size_t kMinFused = 8;  // bytes
constexpr std::size_t kMaxFused = 80;
constexpr std::size_t kMinJoined = 7;

bool is_number(const Token& token) {
    return !token.text.empty() && token.text[0] >= '0' && token.text[0] <= '9';
}

bool is_word(const Token& token) {
    const auto first = static_cast<unsigned char>(token.text.empty() ? 0 : token.text[0]);
    return (first >= 'a' && first <= 'z') || first >= 0xC3;
}

// Takes "magnesiumkaliumcitrat" apart into words of the vocabulary; empty if it does not divide without rest.
std::vector<int> parts_of(const std::string& word) {
    const Tables& t = tables();
    if (word.size() < kMinFused || word.size() > kMaxFused) return {};
    // best[i]: the fewest parts that make up the first i bytes, and the last of them
    struct Step {
        int parts = 0;
        std::size_t from = 0;
        int part = -1;
    };
    std::vector<Step> best(word.size() + 1);
    for (std::size_t end = 2; end <= word.size(); ++end) {
        for (std::size_t begin = 0; begin + 2 <= end; ++begin) {
            if (begin != 0 && best[begin].part < 0) continue;
            const auto known = t.words.exact(std::string_view(word).substr(begin, end - begin));
            if (!known || !t.fusable[static_cast<std::size_t>(*known)]) continue;
            const int parts = best[begin].parts + 1;
            if (best[end].part < 0 || parts < best[end].parts) best[end] = {parts, begin, *known};
        }
    }
    if (best.back().part < 0 || best.back().parts < 2) return {};
    std::vector<int> found;
    for (std::size_t at = word.size(); at > 0; at = best[at].from) found.push_back(best[at].part);
    std::reverse(found.begin(), found.end());
    return found;
}

void append(std::vector<Atom>& atoms, int word, std::size_t first, std::size_t last, double similarity) {
    const auto& parts = tables().parts;
    if (const auto fused = parts.find(word); fused != parts.end()) {
        for (const int part : fused->second) atoms.push_back({part, first, last, similarity});
    } else {
        atoms.push_back({word, first, last, similarity});
    }
}

// A word that the recogniser broke in two ("Magnesiu m", "0xide"): both tokens make one long known word.
// `known`: per token its word of the vocabulary as it stands, -1 where it has none.
std::optional<Vocabulary::Hit> joined(const std::vector<Token>& tokens, const std::vector<int>& known, std::size_t at) {
    if (at + 1 >= tokens.size() || !is_word(tokens[at + 1])) return std::nullopt;
    const Vocabulary& words = tables().words;
    const Token& left = tokens[at];
    const Token& right = tokens[at + 1];
    if (is_number(left)) {
        if (left.end != right.begin || left.text.size() != 1 || known[at + 1] >= 0) return std::nullopt;
        const auto hit = words.resolve(left.text + right.text);
        return hit && hit->similarity >= 0.9 ? hit : std::nullopt;
    }
    if (right.line_begin || right.begin > left.end + 1 || left.text.size() + right.text.size() < kMinJoined)
        return std::nullopt;
    if (std::min(left.text.size(), right.text.size()) > 4) return std::nullopt;
    if (known[at] >= 0 && known[at + 1] >= 0) return std::nullopt;
    const auto whole = words.exact(left.text + right.text);
    return whole ? std::optional<Vocabulary::Hit>({*whole, 0.95}) : std::nullopt;
}

// What a word that is not in the vocabulary as it stands was meant to be: its parts, a repaired word, or nothing.
struct Meanings {
    std::vector<int> words;
    double similarity = 1;
};

Meanings meanings_of(const std::string& word) {
    if (std::vector<int> parts = parts_of(word); !parts.empty()) return {std::move(parts), 1};
    if (const auto hit = resolve_again(word)) return {{hit->word}, hit->similarity};
    return {};
}

// Signs and single letters that a recogniser makes of the rim of a label.
bool is_scrap(const Token& token) {
    static constexpr std::string_view kGrammar = "()[]{},;:+&%/|";
    return token.text.size() <= 2 && !is_number(token) && kGrammar.find(token.text) == std::string_view::npos;
}

// The atom that goes on with a phrase: behind points ("Vit. C"), and behind up to two scraps where a row begins
// ("ACETYL" / "«a TAURATE"); `next` itself where none of those leads to the word.
std::size_t behind_scraps(const std::vector<Atom>& atoms, std::size_t next, int word,
                          const std::vector<Token>& tokens) {
    constexpr std::size_t kMostScraps = 2;
    const auto open = [&](std::size_t i) { return i < atoms.size() && atoms[i].word != word; };
    while (open(next) && tokens[atoms[next].first].text == ".") ++next;
    std::size_t at = next;
    if (!open(at) || !tokens[atoms[at].first].line_begin) return next;
    while (open(at) && at < next + kMostScraps && is_scrap(tokens[atoms[at].first])) ++at;
    return open(at) ? next : at;
}

}  // namespace

std::vector<Atom> atoms_of(const std::vector<Token>& tokens) {
    const Vocabulary& words = tables().words;
    std::vector<int> known;
    known.reserve(tokens.size());
    for (const Token& token : tokens) known.push_back(words.exact(token.text).value_or(-1));
    std::vector<Atom> atoms;
    atoms.reserve(tokens.size());
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (is_word(tokens[i]) || is_number(tokens[i])) {
            if (const auto hit = joined(tokens, known, i)) {
                append(atoms, hit->word, i, i + 2, hit->similarity);
                ++i;
                continue;
            }
        }
        if (known[i] >= 0) {
            append(atoms, known[i], i, i + 1, 1);
            continue;
        }
        if (is_word(tokens[i])) {
            const Meanings reading = meanings_of(tokens[i].text);
            for (const int word : reading.words) append(atoms, word, i, i + 1, reading.similarity);
            if (!reading.words.empty()) continue;
        }
        atoms.push_back({-1, i, i + 1, 1});
    }
    return atoms;
}

std::optional<Vocabulary::Hit> resolve_again(std::string_view word) {
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    using Hit = std::optional<Vocabulary::Hit>;
    constexpr std::size_t kMost = 8192;
    constexpr std::size_t kLongest = 64;  // bytes; longer ones are given up at once
    if (word.size() > kLongest) return tables().words.resolve(word);
    thread_local std::unordered_map<std::string, Hit, Hash, std::equal_to<>> memory;
    if (const auto found = memory.find(word); found != memory.end()) return found->second;
    if (memory.size() >= kMost) memory.clear();
    return memory.emplace(word, tables().words.resolve(word)).first->second;
}

const Meaning* Unit::as(Kind kind) const {
    if (meanings == nullptr) return nullptr;
    const auto found =
        std::find_if(meanings->begin(), meanings->end(), [&](const Meaning& m) { return m.kind == kind; });
    return found == meanings->end() ? nullptr : &*found;
}

std::size_t match_phrase(const Phrase& phrase, const std::vector<Atom>& atoms, std::size_t at,
                         const std::vector<Token>& tokens) {
    std::size_t next = at;
    for (std::size_t i = 0; i < phrase.words.size(); ++i) {
        if (i > 0) next = behind_scraps(atoms, next, phrase.words[i], tokens);
        if (next >= atoms.size() || atoms[next].word != phrase.words[i]) return 0;
        ++next;
    }
    return next - at;
}

std::vector<Unit> units_of(const std::vector<Token>& tokens, const std::vector<Atom>& atoms) {
    std::vector<Unit> units;
    units.reserve(atoms.size());
    for (std::size_t at = 0; at < atoms.size();) {
        std::size_t length = 1;
        Unit unit{atoms[at].first, atoms[at].last, nullptr, atoms[at].similarity};
        match_phrases(tables().substances, atoms, at, tokens, [&](const Phrase& phrase, std::size_t found) {
            length = found;
            unit.meanings = &phrase.meanings;
            return false;
        });
        for (std::size_t i = at; i < at + length; ++i) {
            unit.last = std::max(unit.last, atoms[i].last);
            unit.similarity = std::min(unit.similarity, atoms[i].similarity);
        }
        units.push_back(unit);
        at += length;
    }
    return units;
}

}  // namespace magscan::parser
