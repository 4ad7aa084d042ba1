#include "parser/front_claim.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "parser/direction_words.h"
#include "parser/item.h"
#include "parser/sections.h"

namespace magscan::parser {
namespace {

constexpr double kLeastMg = 56.25;           // 15 % of the EU's reference value: less is not called a source of it
constexpr double kMostMg = 700;              // from here on it is the compound's (rule FOP-2)
constexpr double kNetWeightMg = 10'000;      // no dose: the weight of the pack's content
constexpr double kReadable = 0.5;            // the recogniser's confidence from which a figure counts as read
constexpr float kLarge = 0.5F;               // in heights of the name: print that belongs to the product's name
constexpr float kLeastAmountHeight = 0.33F;  // the same, of an amount that the front shows off
constexpr float kReach = 8;                  // the same, from the name to the amount
constexpr float kSideways = 0.25F;           // in widths of the name

// A row of a block with where it stands.
struct Row {
    const Markup* markup = nullptr;
    std::size_t begin = 0;  // token range [begin, end)
    std::size_t end = 0;
    float height = 0;        // of its largest word, in pixels
    ocr::Point left, right;  // middle of its two ends

    ocr::Point centre() const { return {(left.x + right.x) / 2, (left.y + right.y) / 2}; }
    float width() const { return std::hypot(right.x - left.x, right.y - left.y); }
    bool holds(const Markup& of, std::size_t token) const { return &of == markup && begin <= token && token < end; }
};

ocr::Point middle(const ocr::Point& a, const ocr::Point& b) {
    return {(a.x + b.x) / 2, (a.y + b.y) / 2};
}

// Nothing where a word has no place.
std::optional<Row> row_of(const Markup& markup, std::size_t index) {
    Row row{&markup, markup.row_begin(index), markup.row_begin(index + 1), 0, {}, {}};
    if (row.begin == row.end) return row;
    const std::size_t from = markup.tokens[row.begin].begin, to = markup.tokens[row.end - 1].end;
    bool first = true;
    for (const SourceWord& word : markup.block->words) {
        if (word.begin >= to || word.end <= from) continue;
        const ocr::Polygon& p = word.polygon;
        if (p.size() < 4) return std::nullopt;
        row.height = std::max(row.height, std::hypot(p.front().x - p.back().x, p.front().y - p.back().y));
        if (first) row.left = middle(p.front(), p.back());
        row.right = middle(p[p.size() / 2 - 1], p[p.size() / 2]);
        first = false;
    }
    return row;
}

// What shows more than a front does, or says of the amount what a front's plain claim does not.
bool is_of_other_sides(Cue cue) {
    switch (cue) {
        case Cue::kFactsPanel:
        case Cue::kDrugFacts:
        case Cue::kServingSize:
        case Cue::kServingsPerContainer:
        case Cue::kDailyValue:
        case Cue::kNoDailyValue:
        case Cue::kIngredients:
        case Cue::kExcipients:
        case Cue::kOfWhich:
        case Cue::kBlend:
        case Cue::kPer100g:
        case Cue::kPer100ml:
            return true;
        default:
            return false;
    }
}

bool says_no_more_than_the_name(const Statement& s) {
    return s.place == Place::kFront && s.subject == Subject::kMineral && s.forms.empty() && !s.amount &&
           !s.inner_compound && !s.inner_element && !s.percent && !s.content_percent && !s.is_total;
}

class ClaimFinder {
  public:
    explicit ClaimFinder(const std::vector<Markup>& blocks) : blocks_(blocks) {}

    // Whether the front has an amount that can be of nothing but its magnesium.
    bool run() {
        if (!find_rows() || !find_amount() || !find_name()) return false;
        if (!only_magnesium() || !amount_alone() || !near()) return false;
        return std::all_of(rows_.begin(), rows_.end(), [&](const Row& row) {
            return row.height < kLarge * name_->height || &row == amount_row_ || only_known_words(row);
        });
    }

    void write(Statement& statement) const {
        const Markup& m = *amount_row_->markup;
        statement.amount = amount_of(*amount_, m.tokens, m.block->text);
        statement.amount_apart = true;
        statement.evidence = {evidence(*name_), evidence(*amount_row_)};
        statement.amount_confidence = statement.evidence.back().confidence;
        if (counts_one_unit()) statement.per = Per::kUnit;
    }

  private:
    static Evidence evidence(const Row& row) {
        const Markup& m = *row.markup;
        return evidence_of(*m.block, m.tokens[row.begin].begin, m.tokens[row.end - 1].end);
    }

    bool find_rows() {
        for (const Markup& block : blocks_) {
            for (std::size_t i = 0; i < block.rows(); ++i) {
                const std::optional<Row> row = row_of(block, i);
                if (!row) return false;
                if (row->begin < row->end) rows_.push_back(*row);
            }
        }
        return !rows_.empty();
    }

    // The one mass on the label that is no weight of the pack, of a size that a front boasts of.
    bool find_amount() {
        const Markup* block = nullptr;
        for (const Markup& m : blocks_) {
            for (const Quantity& q : m.quantities) {
                if (!q.is_amount() || q.value >= kNetWeightMg) continue;
                if (amount_ != nullptr) return false;
                amount_ = &q;
                block = &m;
            }
        }
        if (amount_ == nullptr || amount_->kind != Quantity::Kind::kMass || amount_->high > amount_->value)
            return false;
        if (amount_->value < kLeastMg || amount_->value >= kMostMg) return false;
        if (sections_of(*block, {})[amount_->first].place != Place::kFront) return false;
        for (const Row& row : rows_) {
            if (row.holds(*block, amount_->first)) amount_row_ = &row;
        }
        return evidence(*amount_row_).confidence >= kReadable;
    }

    // The row in the largest print that names magnesium. A second one about as large may be another product's.
    bool find_name() {
        float second = 0;
        for (const Row& row : rows_) {
            const bool names =
                std::any_of(row.markup->mentions.begin(), row.markup->mentions.end(), [&](const Mention& mention) {
                    return mention.kind == Mention::Kind::kMagnesium && row.holds(*row.markup, mention.first);
                });
            if (!names) continue;
            if (name_ == nullptr || row.height > name_->height) {
                second = name_ == nullptr ? 0 : name_->height;
                name_ = &row;
            } else {
                second = std::max(second, row.height);
            }
        }
        return name_ != nullptr && second < kLarge * name_->height;
    }

    // No form is named, no panel is seen, and nothing else is dosed that high.
    bool only_magnesium() const {
        for (const Markup& m : blocks_) {
            for (const Mention& mention : m.mentions) {
                if (mention.kind == Mention::Kind::kMagnesium) continue;
                const bool minor =
                    mention.kind == Mention::Kind::kOther && mention.most_mg > 0 && mention.most_mg < amount_->value;
                if (!minor) return false;
            }
            for (const CueMatch& cue : m.cues) {
                if (is_of_other_sides(cue.cue)) return false;
            }
        }
        return true;
    }

    bool amount_alone() const { return amount_row_->begin == amount_->first && amount_row_->end == amount_->last; }

    // In print of about the name's size, over or under the name and not beside it.
    bool near() const {
        if (amount_row_->height < kLeastAmountHeight * name_->height) return false;
        const float width = name_->width();
        if (width <= 0) return false;
        const ocr::Point along = {(name_->right.x - name_->left.x) / width, (name_->right.y - name_->left.y) / width};
        const ocr::Point at = amount_row_->centre();
        const float x = (at.x - name_->left.x) * along.x + (at.y - name_->left.y) * along.y;
        const float y = (at.y - name_->left.y) * along.x - (at.x - name_->left.x) * along.y;
        return x > -kSideways * width && x < (1 + kSideways) * width && std::abs(y) < kReach * name_->height;
    }

    // Names, list marks, "total" and the like, a count of tablets, the amount's figure once more.
    bool only_known_words(const Row& row) const {
        const Markup& m = *row.markup;
        for (std::size_t i = row.begin; i < row.end; ++i) {
            if (m.mention_at(i) != nullptr || only_fillers(m, i, i + 1, /*scraps=*/true)) continue;
            if (m.inside_cue(Cue::kEu, i) || m.inside_cue(Cue::kPerDay, i) || m.inside_cue(Cue::kPerServing, i))
                continue;
            const Quantity* q = m.quantity_at(i);
            if (q == nullptr || (q->kind == Quantity::Kind::kBare && q->value != amount_->value)) return false;
        }
        return true;
    }

    // "per capsule": of the one amount that the label has.
    bool counts_one_unit() const {
        return std::any_of(rows_.begin(), rows_.end(), [](const Row& row) {
            const Markup& m = *row.markup;
            for (std::size_t i = row.begin; i + 1 < row.end; ++i) {
                const std::string& word = m.tokens[i].text;
                const bool per = has_direction_role(word, DirectionRole::kPer) ||
                                 has_direction_role(word, DirectionRole::kEach) || word == "/";
                if (per && dosage_unit(m.tokens[i + 1].text)) return true;
            }
            return false;
        });
    }

    const std::vector<Markup>& blocks_;
    std::vector<Row> rows_;
    const Row* name_ = nullptr;
    const Row* amount_row_ = nullptr;
    const Quantity* amount_ = nullptr;
};

}  // namespace

void join_front_claim(const std::vector<Markup>& blocks, std::vector<Statement>& statements) {
    if (statements.empty() || !std::all_of(statements.begin(), statements.end(), says_no_more_than_the_name)) return;
    ClaimFinder finder(blocks);
    if (!finder.run()) return;
    statements.resize(1);
    finder.write(statements.front());
}

}  // namespace magscan::parser
