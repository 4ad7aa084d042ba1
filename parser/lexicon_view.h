// The units of a text with what the search for forms asks about them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parser/lexicon_units.h"

namespace magscan::parser {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

// Positions count units; every question may be asked of a position outside the text.
class UnitView {
  public:
    UnitView(const std::vector<Token>& tokens, const std::vector<Atom>& atoms);

    std::size_t size() const { return units_.size(); }
    const Unit& operator[](std::size_t i) const { return units_[i]; }

    bool is(std::size_t i, Kind kind) const { return i < units_.size() && units_[i].as(kind) != nullptr; }
    bool is_text(std::size_t i, std::string_view text) const;
    bool is_salt(std::size_t i) const { return is(i, Kind::kSalt); }
    bool is_chelate_word(std::size_t i) const;                       // "chelate", "amino acid chelate"
    const Salt& salt(std::size_t i, Kind kind = Kind::kSalt) const;  // or of kAcid, kLigand; only where is(i, kind)
    const Modifier& modifier(std::size_t i) const;                   // only where is(i, Kind::kModifier)
    const TradeName& trade_name(std::size_t i) const;                // only where is(i, Kind::kTrade)

    // Index of the nutrient that a unit names, symbols beside a salt included; kNone otherwise.
    std::size_t nutrient(std::size_t i) const;
    bool names_metal(std::size_t i) const;  // in a word, and it forms salts
    bool names_magnesium(std::size_t i) const { return nutrient(i) == kMagnesiumIndex; }

    // "Mg" on its own, printed as a symbol and not as the unit of a number.
    bool lone_symbol(std::size_t i) const;

    // Whether a trade name holds a word for magnesium: "marine magnesium" does, Magtein does not.
    bool holds_magnesium(std::size_t i) const;

    // "ionic magnesium" before "chloride": no more than the metal.
    bool yields_to_salt(std::size_t i) const;

    // Whether a line of the text begins between two units.
    bool line_breaks(std::size_t from, std::size_t to) const;

    // Units that a form has been made of.
    bool taken(std::size_t i) const { return i < taken_.size() && taken_[i]; }
    void take(std::size_t low, std::size_t high);  // [low, high]

    // Similarity of the worst of the units [low, high].
    double similarity(std::size_t low, std::size_t high) const;

  private:
    const std::vector<Token>& tokens_;
    std::vector<Unit> units_;
    std::vector<bool> taken_;
};

}  // namespace magscan::parser
