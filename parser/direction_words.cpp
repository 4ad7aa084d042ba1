#include "parser/direction_words.h"

#include <algorithm>
#include <map>
#include <string>

#include <nlohmann/json.hpp>

#include "magscan_parser_data.h"
#include "parser/word_map.h"

namespace magscan::parser {
namespace {

struct DirectionPhrase {
    std::vector<std::string> words;
    DirectionRole role = DirectionRole::kTake;
};

struct DirectionTables {
    WordMap<std::vector<DirectionPhrase>> phrases;  // by their first word, longest first
    WordMap<unsigned> roles;                        // that a word has by itself: a bit each
    WordMap<double> multiples;
};

unsigned bit_of(DirectionRole role) {
    return 1U << static_cast<unsigned>(role);
}

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
            if (phrase.words.size() == 1) tables.roles.add(phrase.words.front(), 0) |= bit_of(phrase.role);
            std::vector<DirectionPhrase>& list = tables.phrases.add(phrase.words.front(), {});
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
            tables.multiples.add(normalise(word.get<std::string>()), row.at("value").get<double>());
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
        if (const auto* phrases = tables.phrases.find(tokens[at].text)) {
            for (const DirectionPhrase& phrase : *phrases) {
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
    const unsigned* roles = direction_tables().roles.find(normalised_word);
    return roles != nullptr && (*roles & bit_of(role)) != 0;
}

std::optional<double> multiple_word(std::string_view normalised_word) {
    const double* multiple = direction_tables().multiples.find(normalised_word);
    return multiple == nullptr ? std::nullopt : std::optional<double>(*multiple);
}

}  // namespace magscan::parser
