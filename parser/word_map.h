// A table of words that a text's words are looked up in. Most of those are not in it, which their length, first and
// last byte tell nearly always.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>

namespace magscan::parser {

template <class Value>
class WordMap {
  public:
    // Keeps the value of a word that is there already.
    Value& add(std::string word, Value value) {
        const std::size_t shape = shape_of(word);
        shapes_[shape / kBits] |= std::uint64_t{1} << (shape % kBits);
        return values_.try_emplace(std::move(word), std::move(value)).first->second;
    }

    // Null where the word is not there.
    const Value* find(std::string_view word) const {
        const std::size_t shape = shape_of(word);
        if ((shapes_[shape / kBits] & (std::uint64_t{1} << (shape % kBits))) == 0) return nullptr;
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
    static constexpr std::size_t kBits = 64;
    static constexpr std::size_t kShapes = 4096;

    static std::size_t shape_of(std::string_view word) {
        if (word.empty()) return 0;
        const auto byte = [](char c) { return static_cast<std::size_t>(static_cast<unsigned char>(c)); };
        return ((word.size() * 37 + byte(word.front())) * 37 + byte(word.back())) % kShapes;
    }

    std::unordered_map<std::string, Value, Hash, std::equal_to<>> values_;
    std::array<std::uint64_t, kShapes / kBits> shapes_{};
};

using WordSet = WordMap<std::monostate>;

}  // namespace magscan::parser
