// A table of words that a text's words are looked up in. Most of those are not in it, which their length and first
// letter tell nearly always.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace magscan::parser {

template <class Value>
class WordMap {
  public:
    // Keeps the value of a word that is there already.
    Value& add(std::string word, Value value) {
        first_letters_[row_of(word)] |= bit_of(word);
        return values_.try_emplace(std::move(word), std::move(value)).first->second;
    }

    // Null where the word is not there.
    const Value* find(std::string_view word) const {
        if ((first_letters_[row_of(word)] & bit_of(word)) == 0) return nullptr;
        const auto found = values_.find(word);
        return found == values_.end() ? nullptr : &found->second;
    }

    auto begin() { return values_.begin(); }
    auto end() { return values_.end(); }

  private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view word) const { return std::hash<std::string_view>{}(word); }
    };
    static constexpr std::size_t kLengths = 32;

    static std::size_t row_of(std::string_view word) { return word.size() % kLengths; }
    static std::uint64_t bit_of(std::string_view word) {
        return word.empty() ? 1 : std::uint64_t{1} << (static_cast<unsigned char>(word.front()) % 64U);
    }

    std::unordered_map<std::string, Value, Hash, std::equal_to<>> values_;
    std::array<std::uint64_t, kLengths> first_letters_{};  // by the length of words
};

}  // namespace magscan::parser
