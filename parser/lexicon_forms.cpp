// Which forms of magnesium a run of tokens names; find_forms and find_minerals of parser/lexicon.h.
#include <algorithm>
#include <set>

#include "parser/lexicon.h"
#include "parser/lexicon_units.h"

namespace magscan::parser {
namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

bool is_number(const Token& token) {
    return !token.text.empty() && token.text[0] >= '0' && token.text[0] <= '9';
}

// Reads the units of one text from left to right. A salt takes the modifiers around it and the metal it belongs to: the
// one joined by "of" on its right, else the one on its left, else the one on its right.
class FormFinder {
  public:
    explicit FormFinder(const std::vector<Token>& tokens) : tokens_(tokens), units_(units_of(tokens)) {
        taken_.resize(units_.size());
    }

    std::vector<FormMatch> forms() {
        for (std::size_t i = 0; i < units_.size(); ++i) {
            if (taken_[i]) continue;
            if (units_[i].as(Kind::kTrade) != nullptr) {
                if (!yields(i)) trade_name(i);
            } else if (is_salt(i)) {
                salt(i);
            } else if (units_[i].as(Kind::kSaltWord) != nullptr) {
                salt_of_acid(i);
            }
        }
        for (std::size_t i = 0; i < units_.size(); ++i) chelated_metal(i);
        std::stable_sort(matches_.begin(), matches_.end(), [](const FormMatch& a, const FormMatch& b) {
            return a.first != b.first ? a.first < b.first : a.last < b.last;
        });
        return std::move(matches_);
    }

    std::vector<MineralMatch> minerals() {
        std::vector<MineralMatch> found;
        for (std::size_t i = 0; i < units_.size(); ++i) {
            const Unit& unit = units_[i];
            const Meaning* trade = unit.as(Kind::kTrade);
            const std::size_t index = metal(i);
            if (trade != nullptr && index == kNone) {
                if (names_the_word(unit))
                    found.push_back({unit.first, unit.last, Mineral::kMagnesium, unit.similarity});
            } else if (index != kNone) {
                found.push_back({unit.first, unit.last,
                                 index == kMagnesiumIndex ? Mineral::kMagnesium : Mineral::kOther, unit.similarity});
            } else if (lone_symbol(i)) {
                found.push_back({unit.first, unit.last, Mineral::kMagnesium, unit.similarity});
            }
        }
        return found;
    }

  private:
    const Tables& t() const { return tables(); }

    bool is_salt(std::size_t i) const { return i < units_.size() && units_[i].as(Kind::kSalt) != nullptr; }

    const Salt& salt_at(std::size_t i) const {
        return t().salts[static_cast<std::size_t>(units_[i].as(Kind::kSalt)->index)];
    }

    bool is(std::size_t i, Kind kind) const { return i < units_.size() && units_[i].as(kind) != nullptr; }

    bool is_text(std::size_t i, std::string_view text) const {
        return i < units_.size() && units_[i].last == units_[i].first + 1 && tokens_[units_[i].first].text == text;
    }

    // The nutrient that a unit names, symbols beside a salt included; kNone otherwise.
    std::size_t metal(std::size_t i) const {
        if (i >= units_.size()) return kNone;
        if (const Meaning* named = units_[i].as(Kind::kNutrient)) return static_cast<std::size_t>(named->index);
        if (yields(i)) return kMagnesiumIndex;
        const Meaning* symbol = units_[i].as(Kind::kSymbol);
        if (symbol == nullptr) return kNone;
        if (units_[i].first > 0 && is_number(tokens_[units_[i].first - 1])) return kNone;
        const bool before = is_salt(i + 1) || (is_text(i + 1, ".") && is_salt(i + 2));
        const bool after = i >= 2 && is(i - 1, Kind::kOf) && is_salt(i - 2);
        return before || after ? static_cast<std::size_t>(symbol->index) : kNone;
    }

    // "ionic magnesium" before "chloride": no more than the metal.
    bool yields(std::size_t i) const {
        const Meaning* trade = i < units_.size() ? units_[i].as(Kind::kTrade) : nullptr;
        return trade != nullptr && is_salt(i + 1) &&
               t().trade_names[static_cast<std::size_t>(trade->index)].yields_to_salt && names_the_word(units_[i]);
    }

    // "Mg" on its own, printed as a symbol and not as the unit of a number.
    bool lone_symbol(std::size_t i) const {
        const Meaning* symbol = units_[i].as(Kind::kSymbol);
        if (symbol == nullptr || symbol->index != kMagnesiumIndex) return false;
        const std::size_t token = units_[i].first;
        return tokens_[token].element_case && (token == 0 || !is_number(tokens_[token - 1]));
    }

    // Whether a trade name holds a word for magnesium ("marine magnesium"): Magtein does not.
    bool names_the_word(const Unit& unit) const {
        for (std::size_t i = unit.first; i < unit.last; ++i) {
            const auto word = t().words.resolve(tokens_[i].text);
            if (!word) continue;
            const auto* phrases = t().substances.starting_with(word->word);
            if (phrases == nullptr) continue;
            for (const Phrase& phrase : *phrases) {
                if (phrase.words.size() != 1) continue;
                for (const Meaning& meaning : phrase.meanings)
                    if (meaning.kind == Kind::kNutrient && meaning.index == kMagnesiumIndex) return true;
            }
        }
        return false;
    }

    bool forms_salts(std::size_t index) const { return index != kNone && t().nutrients[index].mineral; }

    // What a salt gathers around itself.
    struct Gathered {
        std::size_t low = 0;
        std::size_t high = 0;  // units [low, high]
        std::set<std::string> modifiers;
        std::set<std::string> metals;
        bool magnesium = false;
    };

    void trade_name(std::size_t i) {
        const TradeName& name = t().trade_names[static_cast<std::size_t>(units_[i].as(Kind::kTrade)->index)];
        FormMatch match{units_[i].first,      units_[i].last, name.family,         name.compound,
                        name.names_magnesium, name.excipient, units_[i].similarity};
        // "Sucrosomial Magnesium", "Magnesium Aquamin": the mark with the word beside it.
        for (const std::size_t beside : {i - 1, i + 1}) {
            if (match.names_magnesium || beside >= units_.size() || taken_[beside]) continue;
            if (metal(beside) != kMagnesiumIndex || units_[beside].as(Kind::kNutrient) == nullptr) continue;
            // A metal with a salt of its own behind it is not this mark's.
            if (beside > i && is_salt(beside + 1)) continue;
            match.names_magnesium = true;
            match.first = std::min(match.first, units_[beside].first);
            match.last = std::max(match.last, units_[beside].last);
            taken_[beside] = true;
        }
        taken_[i] = true;
        matches_.push_back(match);
        if (!name.also) return;
        match.family = name.also->first;
        match.compound = name.also->second;
        matches_.push_back(std::move(match));
    }

    const std::string& modifier_at(std::size_t i) const {
        return t().modifiers[static_cast<std::size_t>(units_[i].as(Kind::kModifier)->index)].id;
    }

    void add_modifier(Gathered& g, std::size_t i) const { g.modifiers.insert(modifier_at(i)); }

    bool is_chelate_word(std::size_t i) const {
        if (!is_salt(i)) return false;
        const int index = units_[i].as(Kind::kSalt)->index;
        return index == t().chelate || index == t().amino_acid_chelate;
    }

    // Hydrates, "buffered", "chelate" behind the salt, in brackets or not.
    void gather_right(Gathered& g, const Salt& salt) const {
        while (true) {
            const std::size_t next = g.high + 1;
            if (next >= units_.size() || taken_[next]) return;
            if (is(next, Kind::kModifier) && !(is(next, Kind::kOf) && metal(next + 1) != kNone)) {
                add_modifier(g, next);
                g.high = next;
            } else if (is_chelate_word(next) && !salt.weak) {
                g.high = next;
            } else if (is_text(next, "(") && is(next + 1, Kind::kModifier) && is_text(next + 2, ")")) {
                add_modifier(g, next + 1);
                g.high = next + 2;
            } else if (is_text(next, "(") && is_chelate_word(next + 1) && is_text(next + 2, ")") && !salt.weak) {
                g.high = next + 2;
            } else {
                return;
            }
        }
    }

    void gather_left(Gathered& g) const {
        while (g.low > 0 && !taken_[g.low - 1] && is(g.low - 1, Kind::kModifier)) {
            add_modifier(g, g.low - 1);
            --g.low;
        }
    }

    void add_metal(Gathered& g, std::size_t index) const {
        g.metals.insert(t().nutrients[index].id);
        if (index == kMagnesiumIndex) g.magnesium = true;
    }

    // "citrate de magnésium", "citrato de magnesio y potasio", "citrate of di-magnesium"
    bool metal_behind_of(Gathered& g) const {
        std::size_t at = g.high + 1;
        std::size_t words = 0;
        while (is(at, Kind::kOf) && words < 3) ++at, ++words;
        std::set<std::string> counts;
        while (words > 0 && is(at, Kind::kModifier)) {
            counts.insert(modifier_at(at));
            ++at;
        }
        if (words == 0 || at >= units_.size() || taken_[at] || !forms_salts(metal(at))) return false;
        add_metal(g, metal(at));
        add_counts(g, counts);
        g.high = at;
        second_metal(g);
        return true;
    }

    static void add_counts(Gathered& g, const std::set<std::string>& counts) {
        if (counts.count("count-2") != 0) g.modifiers.insert("magnesium-2");
        if (counts.count("count-3") != 0) g.modifiers.insert("magnesium-3");
    }

    // "magnesium citrate", "potassium magnesium citrate", "trimagnesium dicitrate", "buffered magnesium citrate"
    bool metal_in_front(Gathered& g) const {
        std::size_t at = g.low;
        if (at == 0) return false;
        --at;
        if (is_text(at, ".") && at > 0 && units_[at - 1].as(Kind::kSymbol) != nullptr) --at;
        const std::size_t first = metal(at);
        if (taken_[at] || first == kNone || t().nutrients[first].food) return false;
        add_metal(g, first);
        g.low = at;
        while (g.low > 0 && forms_salts(first) && !taken_[g.low - 1] && is(g.low - 1, Kind::kNutrient) &&
               forms_salts(metal(g.low - 1)) && !line_breaks(g.low - 1, g.low)) {
            --g.low;
            add_metal(g, metal(g.low));
        }
        Gathered front;
        front.low = g.low;
        gather_left(front);
        g.low = front.low;
        add_counts(g, front.modifiers);
        for (const std::string& modifier : front.modifiers) g.modifiers.insert(modifier);
        return true;
    }

    // "cytrynian magnezu", "cloruro potásico": nothing between. A plain name behind a salt begins another item, unless
    // it is magnesium on the same line.
    bool metal_behind(Gathered& g) const {
        std::size_t at = g.high + 1;
        std::set<std::string> counts;
        while (is(at, Kind::kModifier)) {
            counts.insert(modifier_at(at));
            ++at;
        }
        if (at >= units_.size() || taken_[at] || !is(at, Kind::kNutrient) || !forms_salts(metal(at))) return false;
        if (!is(at, Kind::kPostposed) && (metal(at) != kMagnesiumIndex || line_breaks(g.high, at))) return false;
        if (is_salt(at + 1) && !is_chelate_word(at + 1)) return false;
        add_metal(g, metal(at));
        add_counts(g, counts);
        g.high = at;
        second_metal(g);
        return true;
    }

    // "... y potasio" behind the first metal.
    void second_metal(Gathered& g) const {
        const bool joined = is(g.high + 1, Kind::kAnd);
        const std::size_t more = joined ? g.high + 2 : g.high + 1;
        if (!is(more, Kind::kNutrient) || !forms_salts(metal(more)) || is_salt(more + 1) || line_breaks(g.high, more))
            return;
        if (!joined && !is(more, Kind::kPostposed)) return;
        add_metal(g, metal(more));
        g.high = more;
    }

    // Whether a new line begins between two units.
    bool line_breaks(std::size_t from, std::size_t to) const {
        for (std::size_t token = units_[from].last; token <= units_[to].first; ++token)
            if (tokens_[token].line_begin) return true;
        return false;
    }

    std::string compound_of(const Salt& salt, const Gathered& g) const {
        std::set<std::string> known = g.modifiers;
        for (const std::string& other : g.metals)
            if (other != "magnesium") known.insert(other);
        for (const auto& [needed, compound] : salt.with) {
            const bool all =
                std::all_of(needed.begin(), needed.end(), [&](const std::string& m) { return known.count(m) != 0; });
            if (all) return compound;
        }
        // A double salt that the table does not know: nothing can be computed from its weight.
        return g.metals.size() > 1 ? "complex-unspecified" : salt.compound;
    }

    void take(const Gathered& g) {
        for (std::size_t i = g.low; i <= g.high; ++i) taken_[i] = true;
    }

    void salt(std::size_t i) {
        const Salt& salt = salt_at(i);
        Gathered g;
        g.low = g.high = i;
        gather_left(g);
        gather_right(g, salt);
        // A second salt directly behind shares the metal: "citrate malate".
        const bool pair = is_salt(g.high + 1) && !taken_[g.high + 1] && !is_chelate_word(g.high + 1) && !salt.weak;
        const std::size_t second = g.high + 1;
        if (pair) {
            g.high = second;
            gather_right(g, salt_at(second));
        }
        bool found = metal_behind_of(g);
        if (!found && metal_in_front(g)) return finish(i, second, pair, g);
        if (!found) found = metal_behind(g);
        if (!found && pair && !is_citrate_malate(i, second)) {
            // Nothing binds the two: each stands for itself.
            g.high = second - 1;
            return finish(i, second, false, g);
        }
        gather_right(g, salt);
        finish(i, second, pair, g);
    }

    bool is_citrate_malate(std::size_t i, std::size_t second) const {
        const std::set<std::string> both = {salt_at(i).id, salt_at(second).id};
        return both == std::set<std::string>{"citrate", "malate"};
    }

    void finish(std::size_t i, std::size_t second, bool pair, const Gathered& g) {
        const Salt& salt = salt_at(i);
        take(g);
        if (!g.metals.empty() && !g.magnesium) return;  // zinc oxide
        if (!g.magnesium && (salt.needs_magnesium || (pair && salt_at(second).needs_magnesium))) return;
        const std::string joint = pair && is_citrate_malate(i, second) ? "citrate-malate" : "";
        push(salt, g, joint);
        if (pair) push(salt_at(second), g, joint);
    }

    void push(const Salt& salt, const Gathered& g, const std::string& joint_compound) {
        FormMatch match{units_[g.low].first,
                        units_[g.high].last,
                        salt.family,
                        compound_of(salt, g),
                        g.magnesium,
                        salt.excipient,
                        1};
        if (!joint_compound.empty()) match.compound = joint_compound;
        for (std::size_t u = g.low; u <= g.high; ++u)
            match.similarity = std::min(match.similarity, units_[u].similarity);
        matches_.push_back(std::move(match));
    }

    // "magnesium salts of citric acid", "sels de magnésium d'acides gras", "yağ asitlerinin magnezyum tuzları"
    void salt_of_acid(std::size_t i) {
        std::size_t low = i;
        std::size_t high = i;
        std::size_t acid = kNone;
        bool magnesium = false;
        bool other = false;
        const auto visit = [&](std::size_t at) {
            if (at >= units_.size() || taken_[at]) return false;
            const std::size_t index = metal(at);
            if (is(at, Kind::kAcid) && acid == kNone) {
                acid = at;
            } else if (index != kNone && forms_salts(index) && units_[at].as(Kind::kNutrient) != nullptr) {
                (index == kMagnesiumIndex ? magnesium : other) = true;
            } else {
                return is(at, Kind::kOf);
            }
            return true;
        };
        while (low > 0 && i - low < 4 && visit(low - 1)) --low;
        while (high - i < 6 && !(acid != kNone && acid > i) && visit(high + 1)) ++high;
        if (acid == kNone || !magnesium) return;
        while (low < i && is(low, Kind::kOf)) ++low;
        while (high > i && is(high, Kind::kOf)) --high;
        const Salt& salt = t().salts[static_cast<std::size_t>(units_[acid].as(Kind::kAcid)->index)];
        FormMatch match{units_[low].first,
                        units_[high].last,
                        salt.family,
                        other ? "complex-unspecified" : salt.compound,
                        true,
                        salt.excipient,
                        1};
        for (std::size_t u = low; u <= high; ++u) {
            match.similarity = std::min(match.similarity, units_[u].similarity);
            taken_[u] = true;
        }
        matches_.push_back(std::move(match));
    }

    // "chelated magnesium", "magnesio quelado" with no salt beside it.
    void chelated_metal(std::size_t i) {
        const Meaning* meaning = units_[i].as(Kind::kModifier);
        if (meaning == nullptr || taken_[i] || !t().modifiers[static_cast<std::size_t>(meaning->index)].chelated)
            return;
        for (const std::size_t beside : {i - 1, i + 1}) {
            if (beside >= units_.size() || taken_[beside] || metal(beside) != kMagnesiumIndex) continue;
            const std::size_t first = std::min(i, beside);
            const std::size_t last = std::max(i, beside);
            const Salt& chelate = t().salts[static_cast<std::size_t>(t().amino_acid_chelate)];
            matches_.push_back({units_[first].first, units_[last].last, chelate.family, chelate.compound, true, false,
                                std::min(units_[i].similarity, units_[beside].similarity)});
            taken_[i] = taken_[beside] = true;
            return;
        }
    }

    const std::vector<Token>& tokens_;
    std::vector<Unit> units_;
    std::vector<bool> taken_;
    std::vector<FormMatch> matches_;
};

}  // namespace

std::vector<FormMatch> find_forms(const std::vector<Token>& tokens) {
    return FormFinder(tokens).forms();
}

std::vector<MineralMatch> find_minerals(const std::vector<Token>& tokens) {
    return FormFinder(tokens).minerals();
}

}  // namespace magscan::parser
