// What the words around a dose make of it: what amounts are of, how much to take a day, or what not to exceed.
#pragma once

#include <optional>
#include <vector>

#include "parser/direction_words.h"
#include "parser/markup.h"

namespace magscan::parser {

class DoseContext {
  public:
    explicit DoseContext(const Markup& markup);

    // "2 capsules provide", "1 Tablette (1,2 g) enthält"
    bool is_of_contents(const Quantity& dose) const;

    // "2 capsules a day", "one tablet twice daily": in one row, and no limit.
    bool is_daily(const Quantity& dose) const;

    // "2 capsules daily": the day belongs to the dose before it and heads nothing. Takes a cue of a day.
    bool closes_dose(const CueMatch& day) const;

    // A full stop, not one of an abbreviation: "ca. 2 capsules".
    bool ends_sentence(std::size_t token) const;

    // "Do not exceed 2 capsules": what the sentence before the dose says.
    bool is_limit(const Quantity& dose) const;

    // "4 capsules per day" alone in the row below the title of a facts panel.
    bool heads_panel(const Quantity& dose) const;

    // "Serving: 2 capsules": also where the word between the two was misread.
    bool is_called_serving(const Quantity& dose) const;

    // "Size: 1 tablet" at the beginning of a row, cut off before it.
    bool follows_cut_size(const Quantity& dose) const;

    // "1 daily", "one a day", alone in its row: the token that counts. Takes a cue of a day.
    std::optional<std::size_t> bare_daily_count(const CueMatch& day) const;

  private:
    bool same_row(std::size_t i, std::size_t j) const { return m_.row[i] == m_.row[j]; }
    bool has(DirectionRole role, std::size_t first, std::size_t last) const;
    const CueMatch* day_behind(const Quantity& dose) const;

    const Markup& m_;
    std::vector<DirectionMatch> words_;
};

}  // namespace magscan::parser
