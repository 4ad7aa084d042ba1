#include "parser/direction_words.h"

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <unordered_map>

#include <nlohmann/json.hpp>

#include "magscan_parser_data.h"

namespace magscan::parser {
namespace {

struct DirectionPhrase {
    std::vector<std::string> words;
    DirectionRole role = DirectionRole::kTake;
};

struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

template <class Value>
using ByWord = std::unordered_map<std::string, Value, Hash, std::equal_to<>>;

struct DirectionTables {
    ByWord<std::vector<DirectionPhrase>> phrases;  // by their first word, longest first
    ByWord<double> multiples;
};

DirectionTables build() {
    static const std::map<std::string, DirectionRole> names = {
        {"take", DirectionRole::kTake},       {"serving_of", DirectionRole::kServingOf},
        {"per", DirectionRole::kPer},         {"serving", DirectionRole::kServing},
        {"size", DirectionRole::kSize},       {"contains", DirectionRole::kContains},
        {"each", DirectionRole::kEach},       {"times", DirectionRole::kTimes},
        {"morning", DirectionRole::kMorning}, {"noon", DirectionRole::kNoon},
        {"evening", DirectionRole::kEvening}, {"night", DirectionRole::kNight},
        {"meals", DirectionRole::kMeals},     {"people", DirectionRole::kPeople},
        {"limit", DirectionRole::kLimit},     {"not_fixed", DirectionRole::kNotFixed},
        {"purpose", DirectionRole::kPurpose}, {"up_to", DirectionRole::kUpTo},
        {"or", DirectionRole::kOr},           {"and", DirectionRole::kAnd}};
    DirectionTables tables;
    const auto file = nlohmann::json::parse(data::directions);
    for (const auto& row : file.at("words")) {
        for (const auto& text : row.at("words")) {
            DirectionPhrase phrase;
            phrase.role = names.at(row.at("role").get<std::string>());
            for (Token& token : tokenise(text.get<std::string>())) phrase.words.push_back(std::move(token.text));
            std::vector<DirectionPhrase>& list = tables.phrases[phrase.words.front()];
            const bool known = std::any_of(list.begin(), list.end(), [&](const DirectionPhrase& p) {
                return p.role == phrase.role && p.words == phrase.words;
            });
            if (!known) list.push_back(std::move(phrase));
        }
    }
    for (auto& [word, list] : tables.phrases) {
        std::stable_sort(list.begin(), list.end(), [](const DirectionPhrase& a, const DirectionPhrase& b) {
            return a.words.size() > b.words.size();
        });
    }
    for (const auto& row : file.at("multiples")) {
        for (const auto& word : row.at("words"))
            tables.multiples.emplace(normalise(word.get<std::string>()), row.at("value").get<double>());
    }
    return tables;
}

const DirectionTables& direction_tables() {
    static const DirectionTables built = build();
    return built;
}

bool stands_at(const DirectionPhrase& phrase, const std::vector<Token>& tokens, std::size_t at) {
    if (phrase.words.size() > tokens.size() - at) return false;
    for (std::size_t i = 0; i < phrase.words.size(); ++i) {
        if (tokens[at + i].text != phrase.words[i]) return false;
    }
    return true;
}

}  // namespace

std::vector<DirectionMatch> find_direction_words(const std::vector<Token>& tokens) {
    const DirectionTables& tables = direction_tables();
    std::vector<DirectionMatch> matches;
    for (std::size_t at = 0; at < tokens.size();) {
        std::size_t length = 0;
        if (const auto found = tables.phrases.find(std::string_view(tokens[at].text)); found != tables.phrases.end()) {
            for (const DirectionPhrase& phrase : found->second) {
                if (phrase.words.size() < length) break;
                if (!stands_at(phrase, tokens, at)) continue;
                length = phrase.words.size();
                matches.push_back({at, at + length, phrase.role});
            }
        }
        at += std::max<std::size_t>(length, 1);
    }
    return matches;
}

bool has_direction_role(std::string_view normalised_word, DirectionRole role) {
    const auto found = direction_tables().phrases.find(normalised_word);
    return found != direction_tables().phrases.end() &&
           std::any_of(found->second.begin(), found->second.end(),
                       [&](const DirectionPhrase& p) { return p.role == role && p.words.size() == 1; });
}

std::optional<double> multiple_word(std::string_view normalised_word) {
    const auto found = direction_tables().multiples.find(normalised_word);
    return found == direction_tables().multiples.end() ? std::nullopt : std::optional<double>(found->second);
}

}  // namespace magscan::parser
