#include <algorithm>
#include <array>
#include <utility>

#include "parser/columns.h"
#include "parser/direction_words.h"
#include "parser/item.h"
#include "parser/item_context.h"
#include "parser/item_parts.h"
#include "parser/listing.h"

namespace magscan::parser {
namespace {

// Marks in a percentage column that say that no daily value exists. "t" and "+" are what recognisers make of a dagger.
bool is_no_value_mark(const std::string& word) {
    static constexpr std::array<std::string_view, 9> kMarks = {"†", "‡", "*", "–", "-", "—", "t", "+", "**"};
    return std::find(kMarks.begin(), kMarks.end(), word) != kMarks.end();
}

bool is_general_chelate(const Mention& mention) {
    return mention.forms.size() == 1 && mention.forms.front().family == "amino-acid-chelate";
}

bool is_chelate(const Mention& mention) {
    return !mention.forms.empty() &&
           (mention.forms.front().family == "bisglycinate" || mention.forms.front().family == "lysinate-glycinate");
}

class ItemReader {
  public:
    ItemReader(const Markup& markup, const Item& item)
        : m_(markup), item_(item), head_(*item.head), depth_(markup.depth[item.head->first]) {}

    Statement run() {
        const bool compound = head_.kind == Mention::Kind::kCompound && !item_.part;
        statement_.subject = compound ? Subject::kCompound : Subject::kMineral;
        add_coupled_forms();
        add_forms(head_);
        if (item_.before != nullptr) {
            set_amount(*item_.before);
            add_form_in_front(item_.before->first);
        }
        for (std::size_t i = head_.last; i < item_.last;) i = read_at(i);
        settle();
        const ItemContext context(m_, item_, amount_quantity_);
        statement_.says_elemental =
            context.elemental_near_head() || (!statement_.inner_element && context.elemental_behind_amount());
        if (!statement_.percent && context.states_daily_value()) statement_.amount.reset();
        statement_.amount_follows_name = amount_quantity_ != nullptr && amount_quantity_ != item_.before;
        const bool of_magnesium = amount_quantity_ != nullptr && named_after(*amount_quantity_) != nullptr;
        statement_.tied_to_product_name = !of_magnesium && context.tied_to_product_name();
        statement_.of_blend = amount_quantity_ != nullptr && !statement_.percent && names_blend();
        statement_.is_total = context.is_total();
        statement_.in_listing =
            amount_quantity_ != nullptr && amount_quantity_ != item_.before && in_listing(m_, *amount_quantity_);
        statement_.per = context.per();
        statement_.evidence = {evidence_of(*m_.block, m_.tokens[item_.first].begin, m_.tokens[item_.last - 1].end)};
        return std::move(statement_);
    }

  private:
    const std::string& word(std::size_t i) const { return m_.tokens[i].text; }
    Amount amount(const Quantity& q) const { return amount_of(q, m_.tokens, m_.block->text); }
    std::size_t begin_of(const Quantity& q) const { return m_.tokens[q.first].begin; }

    Reading reading_of(const Quantity& q) const {
        return {std::string(m_.printed(q.first, q.first + 1)), other_readings(*m_.block, begin_of(q))};
    }

    void set_amount(const Quantity& q) {
        statement_.amount = amount(q);
        amount_quantity_ = &q;
        statement_.amount_reading = reading_of(q);
        statement_.heading = heading_of(*m_.block, begin_of(q));
        if (!statement_.heading.tells()) statement_.heading = heading_in_row(q.first);
        note_confidence(q);
    }

    // "per 100 ml: Magnesium 75 mg", "per 2.5 g: 298 mg": what stands in front of the amount in its row, up to the
    // amount before it.
    Heading heading_in_row(std::size_t amount) const {
        Heading heading;
        for (std::size_t i = amount; i-- > 0 && m_.row[i] == m_.row[amount];) {
            const Quantity* q = m_.quantity_at(i);
            if (q != nullptr && q->is_amount() && q->unit != "g") break;
            if (i + 1 >= amount) continue;
            const bool gram = m_.has_cue(Cue::kPer100g, i, i + 1), ml = m_.has_cue(Cue::kPer100ml, i, i + 1);
            const Quantity* measure = m_.quantity_at(i + 1);
            const bool per = has_direction_role(word(i), DirectionRole::kPer) && measure != nullptr &&
                             measure->first == i + 1 && measure->last < amount;
            if (!gram && !ml && !per) continue;
            heading.text = m_.printed(i, per ? measure->last : std::min(i + 3, amount));
            if (gram || ml) {
                heading.per = gram ? Per::k100g : Per::k100ml;
                return heading;
            }
            const bool mass = measure->kind == Quantity::Kind::kMass && measure->value >= 500;
            const bool counted = measure->kind == Quantity::Kind::kVolume || measure->kind == Quantity::Kind::kDose;
            if ((!mass && !counted) || measure->high > measure->value) return Heading{};
            heading.units = mass ? measure->value / 1000 : measure->value;
            heading.unit = mass ? "g" : counted && measure->kind == Quantity::Kind::kVolume ? "ml" : measure->unit;
            return heading;
        }
        return heading;
    }

    void note_confidence(const Quantity& q) {
        const std::size_t begin = m_.tokens[q.first].begin, end = m_.tokens[q.last - 1].end;
        statement_.amount_confidence =
            std::min(statement_.amount_confidence, evidence_of(*m_.block, begin, end).confidence);
    }

    void add_forms(const Mention& mention) {
        for (const Form& form : mention.forms) {
            const bool known = std::any_of(statement_.forms.begin(), statement_.forms.end(),
                                           [&](const Form& f) { return f.family == form.family; });
            if (!known) statement_.forms.push_back(form);
        }
    }

    // "oxyde et citrate de magnésium": the name behind the last form is that of the others, too.
    void add_coupled_forms() {
        const bool romance = head_.kind == Mention::Kind::kCompound && !word(head_.first).starts_with("mag");
        if (!romance || head_.first < 2 || !has_direction_role(word(head_.first - 1), DirectionRole::kAnd)) return;
        for (std::size_t end = head_.first - 1; end > 0;) {
            const Mention* form = m_.mention_at(end - 1);
            if (form == nullptr || form->kind != Mention::Kind::kForm || m_.row[form->first] != m_.row[head_.first])
                return;
            add_forms(*form);
            if (form->first == 0 || word(form->first - 1) != ",") return;
            end = form->first - 1;
        }
    }

    // "Citrate 100 mg magnesium": the form leads the row or its cell, the amount stands between the two.
    void add_form_in_front(std::size_t amount) {
        const Mention* form = amount > 0 ? m_.mention_at(amount - 1) : nullptr;
        if (form == nullptr || form->kind != Mention::Kind::kForm || m_.row[form->first] != m_.row[amount]) return;
        const std::size_t first = form->first;
        const bool leads =
            first == 0 || m_.row[first - 1] != m_.row[first] || word(first - 1) == "|" || word(first - 1) == "•";
        if (leads) add_forms(*form);
    }

    // "Proprietary Magnesium Blend 1,500 mg (magnesium oxide, magnesium citrate)"
    bool names_blend() const {
        return m_.has_cue(Cue::kProprietary, m_.row_begin(m_.row[head_.first]), amount_quantity_->first);
    }

    std::size_t read_at(std::size_t i) {
        if (const Mention* mention = m_.mention_at(i)) {
            read_mention(*mention, i);
            return std::max(mention->last, i + 1);
        }
        if (const Quantity* quantity = m_.quantity_at(i)) {
            if (quantity->kind == Quantity::Kind::kDose) return i + 1;  // "one magnesium citrate capsule" names a form
            read_quantity(*quantity);
            return std::max(quantity->last, i + 1);
        }
        if (m_.depth[i] <= depth_ && (word(i) == ")" || word(i) == "]")) bracket_name_ = nullptr;
        const bool after_amount = statement_.amount && !statement_.percent;
        if (after_amount && is_no_value_mark(word(i)) && ends_cell(i)) statement_.no_daily_value_mark = true;
        return i + 1;
    }

    bool ends_cell(std::size_t i) const {
        const std::size_t next = i + 1;
        return next >= m_.tokens.size() || m_.row[next] != m_.row[i] || is_no_value_mark(word(next)) ||
               word(next) == "|";
    }

    void read_mention(const Mention& mention, std::size_t i) {
        if (mention.kind == Mention::Kind::kOther || mention.kind == Mention::Kind::kExcipient) return;
        if (mention.first == head_.last && is_general_chelate(head_) && is_chelate(mention)) statement_.forms.clear();
        if (mention.kind != Mention::Kind::kMagnesium && !is_composition_of_marine(mention)) add_forms(mention);
        (m_.depth[i] > depth_ ? bracket_name_ : name_) = &mention;
        if (m_.depth[i] > depth_) bracket_name_at_ = i;
    }

    // "Marine magnesium (oxide, hydroxide, chloride)": what sea water's magnesium consists of, not further forms.
    bool is_composition_of_marine(const Mention& mention) const {
        const bool marine = statement_.forms.size() == 1 && statement_.forms.front().family == "marine";
        return marine && m_.depth[mention.first] > depth_ && head_.kind == Mention::Kind::kCompound &&
               !m_.has_cue(Cue::kSource, head_.last, mention.first);
    }

    // A name right behind the amount that the amount is of: "of which 240 mg elemental magnesium".
    const Mention* named_after(const Quantity& q) const {
        for (std::size_t i = q.last; i < item_.last && i < q.last + 6; ++i) {
            if (const Mention* mention = m_.mention_at(i)) return mention->of_magnesium() ? mention : nullptr;
            if (!only_fillers(m_, i, i + 1)) return nullptr;
        }
        return nullptr;
    }

    void set_inner(const Mention* name, const Quantity& q) {
        const bool compound = name != nullptr && name->kind != Mention::Kind::kMagnesium;
        auto& slot = compound ? statement_.inner_compound : statement_.inner_element;
        if (!slot) {
            slot = amount(q);
            if (!compound) {
                note_confidence(q);
                statement_.amount_reading = reading_of(q);
            }
        }
        last_quantity_end_ = q.last;
    }

    void read_quantity(const Quantity& q) {
        if (q.kind == Quantity::Kind::kPercent) return read_percent(q);
        if (q.kind == Quantity::Kind::kBare) return read_bare(q);
        if (!q.is_amount() || q.high > q.value || q.value <= 0) return;  // a range is advice, 0 a number cut off
        const bool second_molar = q.kind == Quantity::Kind::kMolar && (statement_.inner_element || statement_.amount);
        if (second_molar && head_.kind == Mention::Kind::kCompound && !statement_.inner_element)
            return set_inner(nullptr, q);  // "Magnesium citrate 1.2 g = 7.9 mmol"
        if (second_molar) return;
        if (is_share(q)) return;
        const std::size_t from = last_quantity_end_ == 0 ? head_.last : last_quantity_end_;
        const Mention* after = named_after(q);
        const bool head_is_compound = head_.kind == Mention::Kind::kCompound;
        const bool elemental = m_.has_cue(Cue::kElemental, q.last, std::min(q.last + 2, item_.last)) ||
                               m_.has_cue(Cue::kElemental, from, q.first);
        const bool bracketed = m_.depth[q.first] > depth_;
        // "Magnesium (from 900 mg    80 mg" with the source's name on the line below: the second is the row's own.
        const bool beside_source = bracketed && !statement_.amount && bracketed_ != nullptr &&
                                   bracketed_->last == q.first && follows_source(*bracketed_);
        if (beside_source) {
            set_amount(q);
        } else if (after != nullptr && (statement_.amount || head_is_compound || bracketed)) {
            set_inner(after, q);
        } else if (bracketed && !(statement_.bracket_open && q.first == last_quantity_end_)) {
            read_bracketed(q, elemental);
        } else if (statement_.amount) {
            read_second(q, from, elemental);
        } else if (is_of_source_behind_bracket(q)) {
            set_amount(*bracketed_);
            bracketed_ = nullptr;
            set_inner(name_, q);
        } else {
            set_amount(q);
            last_quantity_end_ = q.last;
            statement_.bracket_open =
                !item_.part && depth_ > 0 && m_.inside_cue(Cue::kSource, head_.first - 1) && !closes_behind(q);
        }
    }

    // "375 mg, of which 200 mg from magnesium oxide": a part of the amount that was read, which names no source itself.
    bool is_share(const Quantity& q) const {
        return statement_.amount && amount_quantity_ != nullptr && head_.kind == Mention::Kind::kMagnesium &&
               q.value < statement_.amount->mg && is_of_source(m_, q) && !is_of_source(m_, *amount_quantity_);
    }

    // An amount in brackets: of the source, of the element in it, or, where no other is printed, of the item itself.
    void read_bracketed(const Quantity& q, bool elemental) {
        const bool named = bracket_name_ != nullptr && bracket_name_at_ < q.first;
        const bool at_row_end =
            q.last >= item_.last || m_.row[q.last] != m_.row[q.first] || m_.in_value_cell[q.first] ||
            (m_.quantity_at(q.last) != nullptr && m_.quantity_at(q.last)->kind == Quantity::Kind::kPercent);
        const bool direct_source = follows_source(q);
        const bool spans = !statement_.amount && at_row_end && !direct_source && bracket_spans_rows(q);
        if (named && spans) {
            set_amount(q);  // "Magnesium (as magnesium    200 mg 48 %" / "bisglycinate)"
        } else if (named && !statement_.amount && !closes_behind(q)) {
            set_amount(q);  // of the source in the bracket, or behind a bracket that was lost
            statement_.bracket_open = true;
            last_quantity_end_ = q.last;  // "... 32 mg 65 mg": the next column follows
        } else if (named) {
            set_inner(bracket_name_, q);
        } else if (elemental || m_.has_cue(Cue::kOfWhich, head_.last, q.first)) {
            set_inner(nullptr, q);
        } else if (bracketed_ == nullptr) {
            bracketed_ = &q;
        }
    }

    // "Magnesium (56 mg) from magnesium malate 280 mg"
    bool is_of_source_behind_bracket(const Quantity& q) const {
        return bracketed_ != nullptr && name_ != nullptr && head_.kind == Mention::Kind::kMagnesium &&
               name_->kind == Mention::Kind::kCompound && name_->first > bracketed_->last && name_->last <= q.first &&
               m_.has_cue(Cue::kSource, bracketed_->last, name_->first);
    }

    bool follows_source(const Quantity& q) const { return q.first > 0 && m_.inside_cue(Cue::kSource, q.first - 1); }

    bool closes_behind(const Quantity& q) const {
        for (std::size_t i = q.last; i < item_.last; ++i) {
            if (is_close(m_.tokens[i])) return true;
        }
        return false;
    }

    bool bracket_spans_rows(const Quantity& q) const {
        for (std::size_t i = q.last; i < m_.tokens.size() && m_.depth[i] > depth_; ++i) {
            if (m_.row[i] != m_.row[q.first]) return true;
        }
        return false;
    }

    void read_second(const Quantity& q, std::size_t from, bool elemental) {
        const bool of_which = m_.has_cue(Cue::kOfWhich, from, q.first);
        const bool sourced = m_.has_cue(Cue::kSource, from, q.first);
        if (name_ != nullptr && name_->first >= from && (of_which || sourced)) {
            set_inner(name_, q);
        } else if (of_which || elemental) {
            set_inner(nullptr, q);
        } else if (statement_.other_columns.size() < 4) {
            Heading heading = heading_of(*m_.block, begin_of(q));
            if (!heading.tells()) heading = heading_in_row(q.first);
            const bool same_row = m_.row[q.first] == m_.row[amount_quantity_->first];
            if (!same_row && !heading.tells()) return;
            statement_.other_columns.push_back({amount(q), std::nullopt, std::move(heading)});
            last_quantity_end_ = q.last;
        }
    }

    void read_percent(const Quantity& q) {
        if (q.less_than || q.value > 2000) return;
        if (is_share_of_weight(m_, q)) {
            if (!statement_.content_percent) statement_.content_percent = q.value;
            return;
        }
        const bool any_amount = statement_.amount || statement_.inner_element || bracketed_ != nullptr;
        const bool bracket = m_.depth[q.first] > depth_;
        if (bracket && !any_amount && (bracket_name_ != nullptr || head_.kind == Mention::Kind::kCompound)) {
            if (!statement_.content_percent) statement_.content_percent = q.value;
            return;
        }
        if (!any_amount && head_.kind == Mention::Kind::kCompound && !m_.in_value_cell[q.first]) return;
        // "100 % chelated" is no daily value.
        if (!statement_.percent && follows_amount(q)) {
            statement_.percent = q.value;
            statement_.percent_reading = reading_of(q);
        } else if (statement_.percent && !statement_.other_columns.empty() && q.first == last_quantity_end_) {
            statement_.other_columns.back().percent = q.value;
        }
    }

    // Nothing but marks, brackets and amounts between the last amount, or the name, and the percentage.
    bool follows_amount(const Quantity& q) const {
        std::size_t words = 0;
        for (std::size_t i = q.first; i-- > head_.last && words <= 2;) {
            if (m_.quantity_at(i) != nullptr && m_.quantity_at(i)->is_amount()) break;
            if (m_.mention_at(i) != nullptr) break;
            if (word(i).size() >= 3 && m_.quantity_at(i) == nullptr) ++words;
        }
        return words <= 2;
    }

    // "Magnesium 175 mg 47": a percentage column whose heading alone says "%".
    void read_bare(const Quantity& q) {
        const bool behind = amount_quantity_ != nullptr && q.first >= amount_quantity_->last &&
                            q.first <= amount_quantity_->last + 1 && m_.row[q.first] == m_.row[amount_quantity_->first];
        // "1000 mg 60 count": a number with a word of its own.
        const bool ends = q.last >= m_.tokens.size() || m_.row[q.last] != m_.row[q.first] ||
                          m_.mention_at(q.last) != nullptr || word(q.last).size() < 3 || word(q.last) == "0/0" ||
                          m_.in_value_cell[q.last] != m_.in_value_cell[q.first];
        if (!behind || !ends || statement_.percent || q.value < 1 || q.high > q.value) return;
        if (q.value < 1000) {
            statement_.percent = q.value;
            statement_.percent_unmarked = true;
        }
        statement_.percent_reading = reading_of(q);  // "4896": a percentage sign that was taken for digits
    }

    void settle() {
        if (bracketed_ == nullptr) return;
        if (!statement_.amount) {
            set_amount(*bracketed_);
        } else if (!statement_.inner_compound && !statement_.forms.empty() && head_.kind == Mention::Kind::kMagnesium) {
            statement_.inner_compound = amount(*bracketed_);  // "(400 mg; S. cerevisiae)"
        }
    }

    const Markup& m_;
    const Item& item_;
    const Mention& head_;
    int depth_;
    Statement statement_;
    const Quantity* amount_quantity_ = nullptr;
    const Quantity* bracketed_ = nullptr;  // an amount in brackets that nothing explains
    const Mention* bracket_name_ = nullptr;
    std::size_t bracket_name_at_ = 0;
    const Mention* name_ = nullptr;  // last inner name outside brackets
    std::size_t last_quantity_end_ = 0;
};

}  // namespace

Statement read_item(const Markup& markup, const Item& item) {
    return ItemReader(markup, item).run();
}

}  // namespace magscan::parser
