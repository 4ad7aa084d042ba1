#include "parser/label_words.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>

#include <nlohmann/json.hpp>

#include "magscan_parser_data.h"
#include "parser/word_map.h"

namespace magscan::parser {
namespace {

constexpr std::size_t kShortRow = 8;  // tokens of a headline, at most
constexpr std::string_view kNothing = "nothing";

struct Companion {
    std::string id;
    bool needs_amount = false;
};

struct WordPhrase {
    std::vector<std::string> tokens;
    std::string id;
    bool of_magnesium = false;
    bool front_only = false;
};

enum class Role { kNegation, kNegationBefore, kNegationBehind, kLink };

// All that one word can be: looked up once per token.
struct WordMeaning {
    std::vector<WordPhrase> phrases;  // that begin with it, longest first
    std::vector<Role> roles;

    bool is(Role role) const { return std::find(roles.begin(), roles.end(), role) != roles.end(); }
};

struct LabelWordTables {
    WordMap<Companion> companions;  // by the nutrient's id
    WordMap<WordMeaning> words;     // by the first token
};

LabelWordTables build() {
    LabelWordTables out;
    const auto file = nlohmann::json::parse(data::label_words);
    for (const auto& row : file.at("companions")) {
        for (const auto& nutrient : row.at("nutrients")) {
            out.companions.add(nutrient.get<std::string>(),
                               {row.at("id").get<std::string>(), row.value("needs_amount", false)});
        }
    }
    for (const auto& row : file.at("phrases")) {
        for (const auto& [language, phrases] : row.at("words").items()) {
            for (const auto& phrase : phrases) {
                WordPhrase entry;
                for (Token& token : tokenise(phrase.get<std::string>())) entry.tokens.push_back(std::move(token.text));
                row.at("id").get_to(entry.id);
                entry.of_magnesium = row.value("of_magnesium", false);
                entry.front_only = row.value("front_only", false);
                std::vector<WordPhrase>& list = out.words.add(entry.tokens.front(), {}).phrases;
                list.push_back(std::move(entry));
            }
        }
    }
    const std::unordered_map<std::string, Role> roles = {{"negation", Role::kNegation},
                                                         {"negation_before", Role::kNegationBefore},
                                                         {"negation_behind", Role::kNegationBehind},
                                                         {"link", Role::kLink}};
    for (const auto& row : file.at("context")) {
        const Role role = roles.at(row.at("role").get<std::string>());
        for (const auto& [language, words] : row.at("words").items()) {
            for (const auto& word : words) out.words.add(normalise(word.get<std::string>()), {}).roles.push_back(role);
        }
    }
    for (auto& [word, meaning] : out.words) {
        std::stable_sort(meaning.phrases.begin(), meaning.phrases.end(),
                         [](const auto& a, const auto& b) { return a.tokens.size() > b.tokens.size(); });
    }
    return out;
}

const LabelWordTables& tables_of_words() {
    static const LabelWordTables tables = build();
    return tables;
}

class WordFinder {
  public:
    WordFinder(const Markup& markup, const std::vector<Section>& sections, std::vector<LabelWord>& words)
        : markup_(markup), sections_(sections), words_(words) {}

    void run() {
        const auto& known = tables_of_words().words;
        auto cue = markup_.cues.begin();
        std::size_t after_phrase = 0;
        for (std::size_t i = 0; i < markup_.tokens.size(); ++i) {
            const WordMeaning* meaning = known.find(markup_.tokens[i].text);
            bool free_from = false;
            for (; cue != markup_.cues.end() && cue->first <= i; ++cue) {
                free_from = free_from || (cue->first == i && cue->cue == Cue::kFreeFrom);
            }
            follow_negation(i, meaning, free_from);
            if (const Mention* mention = markup_.mention_at(i); mention != nullptr && mention->first == i) {
                companion(*mention);
            }
            if (meaning != nullptr && i >= after_phrase) after_phrase = std::max(i + 1, phrase(i, *meaning));
            before_ = meaning;
        }
    }

  private:
    bool row_begins(std::size_t i) const { return i == 0 || markup_.row[i] != markup_.row[i - 1]; }

    // "No sugar, zinc" goes to the end of the list, over a line's end if a comma stands there.
    void follow_negation(std::size_t i, const WordMeaning* meaning, bool free_from) {
        const std::string& text = markup_.tokens[i].text;
        const auto goes_on = [&] {
            const std::string& last = markup_.tokens[i - 1].text;
            return last == "," || last == ":" || (before_ != nullptr && before_->is(Role::kNegation));
        };
        if (i > 0 && row_begins(i) && !goes_on()) negated_ = false;
        if (text == "." || text == ";" || text == "|" || markup_.quantity_at(i) != nullptr) negated_ = false;
        if (meaning != nullptr && meaning->is(Role::kLink)) negated_ = false;
        if (free_from || (meaning != nullptr && meaning->is(Role::kNegation))) negated_ = true;
    }

    // Whether the label says that what stands in tokens [first, last) is not there.
    bool absent(std::size_t first, std::size_t last) const {
        if (negated_) return true;
        if (before_ != nullptr && before_->is(Role::kNegationBefore)) return true;
        const auto& known = tables_of_words().words;
        if (last >= markup_.tokens.size() || markup_.row[last] != markup_.row[first]) return false;
        const WordMeaning* next = known.find(markup_.tokens[last].text);
        const bool behind = next != nullptr && next->is(Role::kNegationBehind);
        return behind && !markup_.inside_cue(Cue::kFreeFrom, last);  // "zinc, free from gluten"
    }

    void add(const std::string& id, std::size_t first, std::size_t last) {
        const auto same = [&](const LabelWord& word) { return word.id == id; };
        if (std::any_of(words_.begin(), words_.end(), same)) return;
        const Token& begin = markup_.tokens[first];
        words_.push_back({id, evidence_of(*markup_.block, begin.begin, markup_.tokens[last - 1].end)});
    }

    void companion(const Mention& mention) {
        if (mention.kind != Mention::Kind::kOther) return;
        const Companion* found = tables_of_words().companions.find(mention.nutrient);
        if (found == nullptr || absent(mention.first, mention.last)) return;
        const Section& section = sections_[mention.first];
        if (section.excipients || section.place == Place::kDirections) return;
        const Companion& row = *found;
        const bool listed = section.place == Place::kIngredients;
        const bool present = has_amount(mention, row) || (!row.needs_amount && (listed || in_headline(mention)));
        if (present) add(row.id, mention.first, mention.last);
    }

    // "Zinc (as gluconate) 10 mg", "(equal to calcium: 50 mg)", "200 mg L-theanine"; not "folate (as calcium folinate)
    // 800 mcg".
    bool has_amount(const Mention& mention, const Companion& row) const {
        const std::size_t line = markup_.row[mention.first];
        const int depth = markup_.depth[mention.first];
        bool of_other = false;  // the bracket names another nutrient
        for (std::size_t t = mention.last; t < markup_.tokens.size() && markup_.row[t] == line; ++t) {
            const bool inner = markup_.depth[t] > depth;
            if (markup_.depth[t] < depth) break;
            if (is_other(t, row)) {
                if (!inner) break;
                of_other = true;
            }
            const Quantity* quantity = markup_.quantity_at(t);
            if (quantity == nullptr || (inner && of_other)) continue;
            if (quantity->value > 0 && counts(*quantity)) return true;
        }
        if (mention.first == 0 || row.needs_amount) return false;
        const Quantity* before = markup_.quantity_at(mention.first - 1);
        return before != nullptr && before->value > 0 && before->kind == Quantity::Kind::kMass;
    }

    // Whether another nutrient than the companion is named there.
    bool is_other(std::size_t token, const Companion& row) const {
        const Mention* mention = markup_.mention_at(token);
        if (mention == nullptr || mention->kind == Mention::Kind::kForm) return false;
        const Companion* found = tables_of_words().companions.find(mention->nutrient);
        return found == nullptr || found->id != row.id;
    }

    static bool counts(const Quantity& quantity) {
        return quantity.kind == Quantity::Kind::kMass || quantity.kind == Quantity::Kind::kPercent ||
               (quantity.kind == Quantity::Kind::kOther && quantity.unit == "IU");
    }

    // "Magnesium + Zinc", "with vitamin B6": a short line that names magnesium too or begins with a link.
    bool in_headline(const Mention& mention) const {
        if (sections_[mention.first].place != Place::kFront) return false;
        const std::size_t line = markup_.row[mention.first];
        const std::size_t begin = markup_.row_begin(line), end = markup_.row_begin(line + 1);
        if (end - begin > kShortRow) return false;
        const auto& known = tables_of_words().words;
        const WordMeaning* first = known.find(markup_.tokens[begin].text);
        if (first != nullptr && first->is(Role::kLink)) return true;
        for (std::size_t t = begin; t < end; ++t) {
            const Mention* other = markup_.mention_at(t);
            if (other != nullptr && other->of_magnesium()) return true;
        }
        return false;
    }

    // Where the phrase that begins at the token ends; 0 where none does.
    std::size_t phrase(std::size_t i, const WordMeaning& meaning) {
        for (const WordPhrase& phrase : meaning.phrases) {
            const std::size_t end = i + phrase.tokens.size();
            if (end > markup_.tokens.size()) continue;
            const bool same = std::equal(
                phrase.tokens.begin(), phrase.tokens.end(), markup_.tokens.begin() + static_cast<std::ptrdiff_t>(i),
                [](const std::string& word, const Token& token) { return word == token.text; });
            if (!same) continue;
            if (phrase.id != kNothing && fits(phrase, i, end)) add(phrase.id, i, end);
            return end;
        }
        return 0;
    }

    bool fits(const WordPhrase& phrase, std::size_t first, std::size_t last) const {
        if (absent(first, last)) return false;
        if (phrase.of_magnesium && !of_magnesium(first)) return false;
        if (!phrase.front_only) return true;
        const std::size_t line = markup_.row[first];
        return sections_[first].place == Place::kFront &&
               markup_.row_begin(line + 1) - markup_.row_begin(line) <= kShortRow;
    }

    // "Zinc (as zinc bisglycinate chelate)" is chelated zinc: the last nutrient named in this row or the one before.
    bool of_magnesium(std::size_t token) const {
        const std::size_t line = markup_.row[token];
        for (std::size_t t = token + 1; t-- > 0 && markup_.row[t] + 1 >= line;) {
            const Mention* mention = markup_.mention_at(t);
            if (mention == nullptr || mention->kind == Mention::Kind::kForm) continue;
            return mention->of_magnesium();
        }
        return true;
    }

    const Markup& markup_;
    const std::vector<Section>& sections_;
    std::vector<LabelWord>& words_;
    const WordMeaning* before_ = nullptr;  // of the token before
    bool negated_ = false;
};

}  // namespace

void add_label_words(const Markup& markup, const std::vector<Section>& sections, std::vector<LabelWord>& words) {
    WordFinder(markup, sections, words).run();
}

}  // namespace magscan::parser
