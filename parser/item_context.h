// What the words around an item's name and amount say: whether the element is meant, and what the amount counts.
#pragma once

#include <string>

#include "parser/item.h"

namespace magscan::parser {

// "60 % elemental", "elemental magnesium: 14.1 %": how much of the compound's weight is magnesium, no daily value.
bool is_share_of_weight(const Markup& markup, const Quantity& percent);

class ItemContext {
  public:
    // `amount` is null where the item has none.
    ItemContext(const Markup& markup, const Item& item, const Quantity* amount)
        : m_(markup), item_(item), head_(*item.head), depth_(markup.depth[item.head->first]), amount_(amount) {}

    // "elemental" stands with the name, not with an amount in brackets.
    bool elemental_near_head() const;

    // "200 mg elementar", "200 mg (elementar)"
    bool elemental_behind_amount() const;

    // "The reference value for magnesium is 375 mg"
    bool states_daily_value() const;

    // Words between the name and its amount that are none of the label's grammar: "Magnesium Gummies 330 mg".
    bool tied_to_product_name() const;

    // "Total magnesium"
    bool is_total() const;

    // The first word about what the amount counts that stands with it or right behind it.
    Per per() const;

  private:
    const std::string& word(std::size_t i) const { return m_.tokens[i].text; }
    bool speaks_of_row_above(std::size_t i) const;
    bool is_elemental_remark(std::size_t first) const;
    bool shares_name_with_other() const;
    bool each_unit() const;
    bool closes_dose(std::size_t day) const;
    bool is_per_unit(std::size_t i) const;

    const Markup& m_;
    const Item& item_;
    const Mention& head_;
    int depth_;  // brackets open around the name
    const Quantity* amount_;
};

}  // namespace magscan::parser
