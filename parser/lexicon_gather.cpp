#include "parser/lexicon_gather.h"

#include <algorithm>

namespace magscan::parser {
namespace {

class Gatherer {
  public:
    Gatherer(const UnitView& units, std::size_t salt) : units_(units), salt_(salt) { g_.low = g_.high = salt; }

    Gathered run() {
        left_modifiers();
        right_modifiers(units_.salt(salt_));
        second_salt();
        if (metal_behind_of()) {
            right_modifiers(units_.salt(salt_));
        } else if (!metal_in_front()) {
            const bool found = metal_behind();
            if (!found && g_.second != kNone && !is_citrate_malate(units_.salt(salt_), units_.salt(g_.second))) {
                // Nothing binds the two: each stands for itself.
                g_.high = g_.second - 1;
                g_.second = kNone;
            }
            if (found) right_modifiers(units_.salt(salt_));
        }
        return g_;
    }

  private:
    bool free(std::size_t i) const { return i < units_.size() && !units_.taken(i); }

    // Hydrates, "buffered", "chelate" behind the salt, in brackets or not.
    void right_modifiers(const Salt& salt) {
        while (free(g_.high + 1)) {
            const std::size_t next = g_.high + 1;
            const bool bracket = units_.is_text(next, "(") && units_.is_text(next + 2, ")");
            const std::size_t word = bracket ? next + 1 : next;
            // Italian "di" is "of" before a metal, else "di-".
            const bool of = units_.is(word, Kind::kOf) && units_.nutrient(word + 1) != kNone;
            if (units_.is(word, Kind::kModifier) && !of) {
                g_.modifiers.insert(units_.modifier(word).id);
            } else if (!units_.is_chelate_word(word) || salt.weak) {
                return;
            }
            g_.high = bracket ? next + 2 : next;
        }
    }

    void left_modifiers() {
        while (g_.low > 0 && free(g_.low - 1) && units_.is(g_.low - 1, Kind::kModifier))
            g_.modifiers.insert(units_.modifier(--g_.low).id);
    }

    void second_salt() {
        const std::size_t next = g_.high + 1;
        if (!free(next) || !units_.is_salt(next) || units_.is_chelate_word(next) || units_.salt(salt_).weak) return;
        g_.second = g_.high = next;
        right_modifiers(units_.salt(next));
    }

    void add_metal(std::size_t i) {
        const std::size_t index = units_.nutrient(i);
        g_.metals.insert(tables().nutrients[index].id);
        if (index == kMagnesiumIndex) g_.magnesium = true;
    }

    // "di-magnesium", "tri magnesium"
    void add_count(const std::string& modifier) {
        if (modifier == "count-2") g_.modifiers.insert("magnesium-2");
        if (modifier == "count-3") g_.modifiers.insert("magnesium-3");
    }

    bool metal_from(std::size_t at, bool needs_postposed) {
        const std::size_t first = at;
        while (units_.is(at, Kind::kModifier)) ++at;
        if (!free(at) || !units_.names_metal(at)) return false;
        if (needs_postposed) {
            // A plain name behind a salt begins another item, unless it is magnesium on the same line.
            const bool magnesium = units_.names_magnesium(at) && !units_.line_breaks(g_.high, at);
            if (!units_.is(at, Kind::kPostposed) && !magnesium) return false;
            if (units_.is_salt(at + 1) && !units_.is_chelate_word(at + 1)) return false;
        }
        for (std::size_t i = first; i < at; ++i) add_count(units_.modifier(i).id);
        add_metal(at);
        g_.high = at;
        second_metal();
        return true;
    }

    // "citrate de magnésium", "citrato de magnesio y potasio", "malate de dimagnésium"
    bool metal_behind_of() {
        std::size_t at = g_.high + 1;
        while (units_.is(at, Kind::kOf) && at <= g_.high + 3 && !begins_fused(at)) ++at;
        if (at == g_.high + 1) return false;
        if (units_.is(at, Kind::kSymbol) && free(at) && units_.nutrient(at) != kNone) {
            add_metal(at);
            g_.high = at;
            return true;
        }
        return metal_from(at, false);
    }

    // The "di" of "dimagnesio".
    bool begins_fused(std::size_t i) const { return i + 1 < units_.size() && units_[i].last > units_[i + 1].first; }

    // "cytrynian magnezu", "cloruro potásico": nothing between.
    bool metal_behind() { return metal_from(g_.high + 1, true); }

    // "... y potasio" behind the first metal.
    void second_metal() {
        const bool joined = units_.is(g_.high + 1, Kind::kAnd);
        const std::size_t more = joined ? g_.high + 2 : g_.high + 1;
        if (!free(more) || !units_.names_metal(more) || units_.is_salt(more + 1) || units_.line_breaks(g_.high, more))
            return;
        if (!joined && !units_.is(more, Kind::kPostposed)) return;
        add_metal(more);
        g_.high = more;
    }

    // "magnesium citrate", "Mag. citrate", "potassium magnesium citrate", "tri-magnesium dicitrate", "buffered
    // magnesium ..."
    bool metal_in_front() {
        if (g_.low == 0) return false;
        std::size_t at = g_.low - 1;
        if (units_.is_text(at, ".") && at > 0 && units_.is(at - 1, Kind::kSymbol)) --at;
        const std::size_t index = units_.nutrient(at);
        if (!free(at) || index == kNone || tables().nutrients[index].food) return false;
        const bool metal = tables().nutrients[index].mineral;
        if (!metal && units_.line_breaks(at, g_.low)) return false;
        add_metal(at);
        g_.low = at;
        while (metal && g_.low > 0 && free(g_.low - 1) && units_.names_metal(g_.low - 1) &&
               !units_.line_breaks(g_.low - 1, g_.low))
            add_metal(--g_.low);
        while (g_.low > 0 && free(g_.low - 1) && units_.is(g_.low - 1, Kind::kModifier)) {
            --g_.low;
            g_.modifiers.insert(units_.modifier(g_.low).id);
            add_count(units_.modifier(g_.low).id);
        }
        return true;
    }

    const UnitView& units_;
    std::size_t salt_;
    Gathered g_;
};

}  // namespace

Gathered gather(const UnitView& units, std::size_t salt) {
    return Gatherer(units, salt).run();
}

bool is_citrate_malate(const Salt& one, const Salt& other) {
    return (one.id == "citrate" && other.id == "malate") || (one.id == "malate" && other.id == "citrate");
}

std::string compound_of(const Salt& salt, const Gathered& gathered) {
    std::set<std::string> known = gathered.modifiers;
    for (const std::string& metal : gathered.metals)
        if (metal != "magnesium") known.insert(metal);
    for (const auto& [needed, compound] : salt.with) {
        if (std::all_of(needed.begin(), needed.end(), [&](const std::string& m) { return known.count(m) != 0; }))
            return compound;
    }
    // A double salt that the table does not know: nothing can be computed from its weight.
    return gathered.metals.size() > 1 ? "complex-unspecified" : salt.compound;
}

}  // namespace magscan::parser
