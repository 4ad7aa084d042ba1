// Which forms of magnesium a run of tokens names; find_forms and find_minerals of parser/lexicon.h.
#include <algorithm>
#include <utility>

#include "parser/lexicon.h"
#include "parser/lexicon_gather.h"

namespace magscan::parser {
namespace {

constexpr const char* kMagnesium = "magnesium";
constexpr const char* kManganese = "manganese";
constexpr std::size_t kMostBeforeSaltWord = 4;  // units in "yağ asitlerinin magnezyum tuzları"
constexpr std::size_t kMostAfterSaltWord = 6;   // units in "sels de magnésium de l'acide citrique"

class FormFinder {
  public:
    explicit FormFinder(UnitView units) : units_(std::move(units)) {}

    std::vector<FormMatch> run() {
        for (std::size_t i = 0; i < units_.size(); ++i) {
            if (units_.taken(i)) continue;
            if (units_.is(i, Kind::kTrade)) {
                if (!units_.yields_to_salt(i)) trade_name(i);
            } else if (units_.is_salt(i)) {
                salt(i);
            } else if (units_.is(i, Kind::kSaltWord)) {
                salt_of_acid(i);
            } else if (units_.is(i, Kind::kLigand)) {
                ligand(i);
            }
        }
        for (std::size_t i = 0; i < units_.size(); ++i) chelated_metal(i);
        std::stable_sort(matches_.begin(), matches_.end(), [](const FormMatch& a, const FormMatch& b) {
            return a.first != b.first ? a.first < b.first : a.last < b.last;
        });
        return std::move(matches_);
    }

  private:
    // Makes a form of the units [low, high], which no other form can use then.
    FormMatch match(std::size_t low, std::size_t high) {
        units_.take(low, high);
        FormMatch form;
        form.first = units_[low].first;
        form.last = units_[high].last;
        form.similarity = units_.similarity(low, high);
        return form;
    }

    void trade_name(std::size_t i) {
        const TradeName& name = units_.trade_name(i);
        std::size_t low = i;
        std::size_t high = i;
        // "Magnesium Aquamin", "Sucrosomial Magnesium": the mark with the word beside it, if no salt follows that word.
        if (!name.names_magnesium) {
            if (i > 0 && names_magnesium(i - 1)) {
                low = i - 1;
            } else if (names_magnesium(i + 1) && !units_.is_salt(i + 2)) {
                high = i + 1;
            }
        }
        FormMatch form = match(low, high);
        form.family = name.family;
        form.compound = name.compound;
        form.names_magnesium = name.names_magnesium || low != high;
        form.excipient = name.excipient;
        matches_.push_back(form);
        if (!name.also) return;
        form.family = name.also->first;
        form.compound = name.also->second;
        matches_.push_back(std::move(form));
    }

    bool names_magnesium(std::size_t i) const {
        return !units_.taken(i) && units_.is(i, Kind::kNutrient) && units_.names_magnesium(i);
    }

    // "Magnesium (as manganese oxide": one metal's name for the other's, by the printer or the recogniser. What stands
    // in the bracket behind magnesium is magnesium's.
    bool is_misprint(const Gathered& g) const {
        if (g.metals != std::set<std::string>{kManganese} || g.low < 2) return false;
        const std::size_t bracket = units_.is_text(g.low - 1, "(") ? g.low - 1 : g.low - 2;
        return units_.is_text(bracket, "(") && bracket > 0 && units_.names_magnesium(bracket - 1);
    }

    void salt(std::size_t i) {
        Gathered g = gather(units_, i);
        if (is_misprint(g)) {
            g.metals = {kMagnesium};
            g.magnesium = true;
        }
        const Salt& first = units_.salt(i);
        const Salt* second = g.second == kNone ? nullptr : &units_.salt(g.second);
        const FormMatch form = match(g.low, g.high);
        if (!g.metals.empty() && !g.magnesium) return;  // zinc oxide
        if (!g.magnesium && (first.needs_magnesium || (second != nullptr && second->needs_magnesium))) return;
        const bool joint = second != nullptr && is_citrate_malate(first, *second);
        push(form, first, g, joint);
        dissolved_with_acid(form, first, g);
        if (second != nullptr) push(form, *second, g, joint);
    }

    // "magnesium carbonate and citric acid": in water the two make the citrate, which is what the product is sold as.
    void dissolved_with_acid(FormMatch form, const Salt& carbonate, const Gathered& g) {
        const std::size_t acid = g.high + 2;
        if (carbonate.id != "carbonate" || !g.magnesium || !units_.is(g.high + 1, Kind::kAnd)) return;
        if (!units_.is(acid, Kind::kAcid)) return;
        const Salt& made = units_.salt(acid, Kind::kAcid);
        if (made.excipient) return;
        form.family = made.family;
        form.compound = made.compound;
        form.names_magnesium = true;
        matches_.push_back(std::move(form));
    }

    void push(FormMatch form, const Salt& salt, const Gathered& g, bool joint) {
        form.family = salt.family;
        form.compound = joint ? "citrate-malate" : compound_of(salt, g);
        form.names_magnesium = g.magnesium;
        form.excipient = salt.excipient;
        matches_.push_back(std::move(form));
    }

    // "magnesium salts of citric acid", "sels de magnésium d'acides gras", "yağ asitlerinin magnezyum tuzları"
    void salt_of_acid(std::size_t i) {
        std::size_t acid = kNone;
        bool magnesium = false;
        bool other = false;
        const auto belongs = [&](std::size_t at) {
            if (at >= units_.size() || units_.taken(at)) return false;
            if (units_.is(at, Kind::kAcid) && acid == kNone) {
                acid = at;
            } else if (units_.names_metal(at)) {
                (units_.names_magnesium(at) ? magnesium : other) = true;
            } else {
                return units_.is(at, Kind::kOf);
            }
            return true;
        };
        std::size_t low = i;
        std::size_t high = i;
        while (low > 0 && i - low < kMostBeforeSaltWord && belongs(low - 1)) --low;
        const bool acid_in_front = acid != kNone;
        while (high - i < kMostAfterSaltWord && (acid == kNone || (acid_in_front && !magnesium)) && belongs(high + 1))
            ++high;
        if (acid == kNone || !magnesium) return;
        while (low < i && units_.is(low, Kind::kOf)) ++low;
        const Salt& salt = units_.salt(acid, Kind::kAcid);
        FormMatch form = match(low, high);
        form.family = salt.family;
        form.compound = other ? "complex-unspecified" : salt.compound;
        form.names_magnesium = true;
        form.excipient = salt.excipient;
        matches_.push_back(std::move(form));
    }

    // "as oxide, citric & bisglycinate". Alone it may be the start of "citric acid" or a flavour.
    void ligand(std::size_t i) {
        const auto joins = [&](std::size_t at) {
            return units_.is_text(at, ",") || units_.is_text(at, "&") || units_.is(at, Kind::kAnd);
        };
        const bool listed = i > 1 && joins(i - 1) && units_.is_salt(i - 2) && joins(i + 1) && units_.is_salt(i + 2);
        if (!listed) return;
        const Salt& salt = units_.salt(i, Kind::kLigand);
        FormMatch form = match(i, i);
        form.family = salt.family;
        form.compound = salt.compound;
        matches_.push_back(std::move(form));
    }

    // "chelated magnesium", "magnesio quelado" with no salt beside it.
    void chelated_metal(std::size_t i) {
        if (units_.taken(i) || !units_.is(i, Kind::kModifier) || !units_.modifier(i).chelated) return;
        const std::size_t metal = i > 0 && names_magnesium(i - 1) ? i - 1 : i + 1;
        if (!names_magnesium(metal)) return;
        const Salt& chelate = tables().salts[static_cast<std::size_t>(tables().amino_acid_chelate)];
        FormMatch form = match(std::min(i, metal), std::max(i, metal));
        form.family = chelate.family;
        form.compound = chelate.compound;
        form.names_magnesium = true;
        matches_.push_back(std::move(form));
    }

    UnitView units_;
    std::vector<FormMatch> matches_;
};

std::vector<MineralMatch> minerals_in(const UnitView& units) {
    std::vector<MineralMatch> found;
    for (std::size_t i = 0; i < units.size(); ++i) {
        const std::size_t index = units.nutrient(i);
        const bool trade = index == kNone && units.is(i, Kind::kTrade) && units.holds_magnesium(i);
        if (index == kNone && !trade && !units.lone_symbol(i)) continue;
        const bool other = index != kNone && index != kMagnesiumIndex;
        found.push_back({units[i].first, units[i].last, other ? Mineral::kOther : Mineral::kMagnesium,
                         units[i].similarity, other ? tables().nutrients[index].most_mg : 0,
                         index != kNone ? std::string_view(tables().nutrients[index].id) : std::string_view()});
    }
    return found;
}

}  // namespace

Substances find_substances(const std::vector<Token>& tokens, const std::vector<Atom>& atoms) {
    UnitView units(tokens, atoms);
    Substances found;
    found.minerals = minerals_in(units);
    found.forms = FormFinder(std::move(units)).run();
    return found;
}

std::vector<FormMatch> find_forms(const std::vector<Token>& tokens) {
    return FormFinder(UnitView(tokens, atoms_of(tokens))).run();
}

std::vector<MineralMatch> find_minerals(const std::vector<Token>& tokens) {
    return minerals_in(UnitView(tokens, atoms_of(tokens)));
}

}  // namespace magscan::parser
