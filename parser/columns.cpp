#include "parser/columns.h"

#include <algorithm>
#include <cmath>

#include "parser/lexicon.h"
#include "parser/quantity.h"

namespace magscan::parser {
namespace {

// In heights of the heading.
constexpr float kReachDown = 60;  // rows of a long panel below its heading
constexpr float kBesides = 1.5F;  // how far an amount may stand beside its heading's column
constexpr float kBand = 5;        // lines of one heading
constexpr std::size_t kMostTokens = 30;
constexpr std::size_t kMostOtherWords = 5;  // words per heading that say nothing of the column

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// Reads a line piece by piece; a piece is one column's heading.
class HeadingFinder {
  public:
    // `tokens`: those of the line, with places in `text`; `atoms`: those of the tokens.
    HeadingFinder(std::string_view text, const std::vector<Token>& tokens, const std::vector<Atom>& atoms)
        : text_(text), tokens_(tokens), atoms_(atoms) {}

    std::vector<HeadingMatch> run() {
        if (tokens_.empty() || tokens_.size() > kMostTokens) return {};
        cues_ = find_cues(tokens_, atoms_);
        if (is_sentence()) return {};
        quantities_ = find_quantities(tokens_, text_, decimal_mark_of(tokens_, text_));
        if (has_amount()) return {};
        for (std::size_t i = 0; i < tokens_.size();) i = read_at(i);
        if (others_ > kMostOtherWords * found_.size()) return {};
        if (found_.empty() || !find_substances(tokens_, atoms_).minerals.empty()) return {};
        for (HeadingMatch& match : found_) match.heading.text = text_.substr(match.begin, match.end - match.begin);
        return std::move(found_);
    }

  private:
    enum Attribute { kPer = 1, kDose = 2, kPeople = 4, kPercent = 8 };

    bool is_sentence() const {
        return std::any_of(cues_.begin(), cues_.end(), [](const CueMatch& c) {
            return c.cue == Cue::kServingSize || c.cue == Cue::kServingsPerContainer || c.cue == Cue::kDirections;
        });
    }

    bool has_amount() const {
        return std::any_of(quantities_.begin(), quantities_.end(),
                           [](const Quantity& q) { return q.is_amount() && q.unit != "g"; });
    }

    std::size_t read_at(std::size_t i) {
        if (const CueMatch* cue = cue_at(i)) {
            read_cue(*cue);
            return std::max(cue->last, i + 1);
        }
        if (is_per_unit(i)) {
            Heading& heading = piece(kPer, i, i + 2);
            attributes_ |= kDose;  // the unit is its count, too: "per tablet | per 2 tablets"
            heading.per = Per::kUnit;
            heading.units = 1;
            heading.unit = *dosage_unit(tokens_[i + 1].text);
            return i + 2;
        }
        for (const Quantity& q : quantities_) {
            if (q.first != i) continue;
            read_quantity(q);
            return q.last;
        }
        const std::string& word = tokens_[i].text;
        if (word == "|") attributes_ = kPercent;
        if (word.size() >= 3 && !is_digit(word[0])) ++others_;
        return i + 1;
    }

    const CueMatch* cue_at(std::size_t i) const {
        for (const CueMatch& cue : cues_) {
            const bool heads = cue.cue == Cue::kPer100g || cue.cue == Cue::kPer100ml || cue.cue == Cue::kPerServing ||
                               cue.cue == Cue::kPerDay || cue.cue == Cue::kAdults || cue.cue == Cue::kChildren ||
                               cue.cue == Cue::kDailyValue;
            if (cue.first == i && heads) return &cue;
        }
        return nullptr;
    }

    void read_cue(const CueMatch& cue) {
        const bool people = cue.cue == Cue::kAdults || cue.cue == Cue::kChildren;
        const Attribute kind = people ? kPeople : cue.cue == Cue::kDailyValue ? kPercent : kPer;
        Heading& heading = piece(kind, cue.first, cue.last);
        switch (cue.cue) {
            case Cue::kAdults:
                heading.people = People::kAdults;
                break;
            case Cue::kChildren:
                heading.people = People::kChildren;
                break;
            case Cue::kDailyValue:
                heading.percent = true;
                break;
            case Cue::kPer100g:
                heading.per = Per::k100g;
                break;
            case Cue::kPer100ml:
                heading.per = Per::k100ml;
                break;
            case Cue::kPerDay:
                heading.per = Per::kDay;
                break;
            default:
                heading.per = Per::kServing;
                break;
        }
    }

    bool is_per_unit(std::size_t i) const {
        static constexpr std::string_view kPerWords[] = {"per", "pro", "je", "par", "por", "w", "each", "pr"};
        const bool per = std::find(std::begin(kPerWords), std::end(kPerWords), tokens_[i].text) != std::end(kPerWords);
        return per && i + 1 < tokens_.size() && dosage_unit(tokens_[i + 1].text).has_value();
    }

    void read_quantity(const Quantity& q) {
        const bool gram = q.kind == Quantity::Kind::kMass && q.unit == "g";
        const bool dose = q.kind == Quantity::Kind::kDose || q.kind == Quantity::Kind::kVolume || gram;
        if (!dose || q.high > q.value || q.value <= 0) return;
        // "1 scoop (5.8 g)": the weight of what was counted.
        const bool aside = q.first > 0 && tokens_[q.first - 1].text == "(" && (attributes_ & kDose) != 0;
        if (aside) {
            found_.back().end = tokens_[q.last - 1].end;
            return;
        }
        Heading& heading = piece(kDose, q.first, q.last);
        heading.units = gram ? q.value / 1000 : q.value;
        heading.unit = gram ? "g" : q.kind == Quantity::Kind::kVolume ? "ml" : q.unit;
    }

    // The piece that an attribute goes to: a new one where the last has it already or is a percentage's.
    Heading& piece(Attribute kind, std::size_t first, std::size_t last) {
        const bool fresh = found_.empty() || (attributes_ & (kind | kPercent)) != 0 || kind == kPercent;
        if (fresh) {
            found_.emplace_back();
            found_.back().begin = tokens_[first].begin;
            attributes_ = 0;
        }
        attributes_ |= kind;
        found_.back().end = tokens_[last - 1].end;
        return found_.back().heading;
    }

    std::string_view text_;
    const std::vector<Token>& tokens_;
    const std::vector<Atom>& atoms_;
    std::vector<CueMatch> cues_;
    std::vector<Quantity> quantities_;
    std::vector<HeadingMatch> found_;
    int attributes_ = 0;      // of the last piece
    std::size_t others_ = 0;  // words that say nothing
};

struct PlacedHeading {
    Heading heading;
    float left = 0;
    float right = 0;
    float v = 0;
    float height = 0;

    float centre() const { return (left + right) / 2; }
};

// Where a word of a cell stands, by the share of the letters before it.
struct Span {
    float left = 0;
    float right = 0;
    float v = 0;
};

// The cell's text is laid out evenly between its ends, which is near enough for columns.
Span span_of(const Cell& cell, std::size_t begin, std::size_t end) {
    const auto letters = static_cast<float>(std::max<std::size_t>(cell.text().size(), 1));
    const float from = static_cast<float>(begin) / letters, to = static_cast<float>(end) / letters;
    return {cell.left + from * cell.width(), cell.left + to * cell.width(),
            cell.left_v + (from + to) / 2 * (cell.right_v - cell.left_v)};
}

bool over(const PlacedHeading& heading, const Span& word) {
    const float gap = std::max(word.left - heading.right, heading.left - word.right);
    const float down = word.v - heading.v;
    return gap < kBesides * heading.height && down > heading.height / 2 && down < kReachDown * heading.height;
}

std::vector<PlacedHeading> headings_of(const std::vector<Cell>& cells) {
    std::vector<std::vector<HeadingMatch>> matches;
    std::vector<const Cell*> names;
    for (const Cell& cell : cells) {
        matches.push_back(find_headings(cell.text()));
        if (matches.back().empty() && !cell.value) names.push_back(&cell);
    }
    const auto has_name = [&](const Cell& cell) {  // on its left in its row
        return std::any_of(names.begin(), names.end(), [&](const Cell* name) {
            return name->right <= cell.left && std::abs(name->right_v - cell.left_v) < cell.height / 2;
        });
    };
    std::vector<PlacedHeading> placed, grams;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const Cell& cell = cells[i];
        for (const HeadingMatch& match : matches[i]) {
            const Span span = span_of(cell, match.begin, match.end);
            const bool may_be_value = cell.value && match.heading.unit == "g" && has_name(cell);
            (may_be_value ? grams : placed).push_back({match.heading, span.left, span.right, span.v, cell.height});
        }
    }
    // "Protein 3 g 6 g" below "1 scoop | 2 scoops" is a row of the table.
    std::erase_if(grams, [&](const PlacedHeading& gram) {
        const Span span{gram.left, gram.right, gram.v};
        return std::any_of(placed.begin(), placed.end(), [&](const PlacedHeading& h) { return over(h, span); });
    });
    placed.insert(placed.end(), grams.begin(), grams.end());
    return placed;
}

void complete(Heading& heading, const Heading& line, bool above) {
    if (heading.per == Per::kUnknown) heading.per = line.per;
    if (heading.people == People::kAnyone) heading.people = line.people;
    if (!heading.units && line.units) {
        heading.units = line.units;
        heading.unit = line.unit;
    }
    heading.text = above ? line.text + " " + heading.text : heading.text + " " + line.text;
}

// The heading over a word: of the lowest lines above it the one that it stands best under, with the lines above and
// below that.
std::optional<Heading> heading_over(const std::vector<PlacedHeading>& headings, const Span& word) {
    const PlacedHeading* lowest = nullptr;
    for (const PlacedHeading& h : headings) {
        if (over(h, word) && (lowest == nullptr || h.v > lowest->v)) lowest = &h;
    }
    if (lowest == nullptr) return std::nullopt;
    const float centre = (word.left + word.right) / 2;
    const PlacedHeading* best = lowest;
    const auto in_band = [&](const PlacedHeading& h) {
        return over(h, word) && lowest->v - h.v < kBand * lowest->height;
    };
    for (const PlacedHeading& h : headings) {
        if (in_band(h) && std::abs(h.centre() - centre) < std::abs(best->centre() - centre)) best = &h;
    }
    Heading heading = best->heading;
    for (const PlacedHeading& h : headings) {
        const bool same_column = std::min(h.right, best->right) - std::max(h.left, best->left) >
                                 0.5F * std::min(h.right - h.left, best->right - best->left);
        const bool other_line = std::abs(h.v - best->v) > 0.5F * best->height;
        if (&h != best && in_band(h) && same_column && other_line && h.heading.percent == heading.percent)
            complete(heading, h.heading, h.v < best->v);
    }
    return heading;
}

// The word of a block that holds a byte; null where none does. For blocks that may be changed and such that may not.
template <class AnyBlock>
auto word_at(AnyBlock& block, std::size_t at) -> decltype(block.words.data()) {
    const auto found = std::lower_bound(block.words.begin(), block.words.end(), at,
                                        [](const SourceWord& word, std::size_t byte) { return word.end <= byte; });
    return found != block.words.end() && found->begin <= at ? &*found : nullptr;
}

// A block's rows, one after the other; those without tokens are left out.
class RowReader {
  public:
    explicit RowReader(const Block& block) : block_(block) {}

    bool next() {
        const std::size_t first = to_;
        if (first == block_.tokens.size()) return false;
        const auto begins_line = [](const Token& token) { return token.line_begin; };
        const auto from = block_.tokens.begin() + static_cast<std::ptrdiff_t>(first);
        const auto to = std::find_if(from + 1, block_.tokens.end(), begins_line);
        to_ = static_cast<std::size_t>(to - block_.tokens.begin());
        tokens_.assign(from, to);
        atoms_.clear();
        for (; atom_ < block_.atoms.size() && block_.atoms[atom_].first < to_; ++atom_) {
            atoms_.push_back(block_.atoms[atom_]);
            atoms_.back().first -= first;
            atoms_.back().last -= first;
        }
        return true;
    }

    const std::vector<Token>& tokens() const { return tokens_; }
    const std::vector<Atom>& atoms() const { return atoms_; }  // of tokens()

  private:
    const Block& block_;
    std::size_t to_ = 0;    // token behind the row
    std::size_t atom_ = 0;  // behind the row's last
    std::vector<Token> tokens_;
    std::vector<Atom> atoms_;
};

}  // namespace

std::vector<HeadingMatch> find_headings(std::string_view text) {
    const std::vector<Token> tokens = tokenise(text);
    return HeadingFinder(text, tokens, atoms_of(tokens)).run();
}

HeadedWords head_columns(const std::vector<Cell>& cells) {
    HeadedWords out;
    const std::vector<PlacedHeading> headings = headings_of(cells);
    if (headings.empty()) return out;
    for (const Cell& cell : cells) {
        std::size_t at = 0;
        for (const ocr::Word* word : cell.words) {
            const std::size_t begin = at;
            at += word->text.size() + 1;
            if (word->text.empty() || !is_digit(word->text.front())) continue;
            const auto heading = heading_over(headings, span_of(cell, begin, begin + word->text.size()));
            if (!heading) continue;
            out.under[word] = static_cast<int>(out.headings.size());
            out.headings.push_back(*heading);
        }
    }
    return out;
}

void head_rows(Block& block) {
    std::vector<int> current;
    for (RowReader rows(block); rows.next();) {
        const std::vector<Token>& row = rows.tokens();
        std::vector<int> columns;
        for (const HeadingMatch& match : HeadingFinder(block.text, row, rows.atoms()).run()) {
            if (match.heading.percent || !match.heading.tells()) continue;
            columns.push_back(static_cast<int>(block.headings.size()));
            block.headings.push_back(match.heading);
        }
        const bool hundred = columns.size() == 1 && (block.headings[columns[0]].per == Per::k100g ||
                                                     block.headings[columns[0]].per == Per::k100ml);
        if (columns.size() >= 2 || hundred) {
            current = columns;
        } else if (!current.empty()) {
            auto amounts = find_quantities(row, block.text, decimal_mark_of(row, block.text));
            std::erase_if(amounts, [](const Quantity& q) { return !q.is_amount(); });
            for (std::size_t k = 0; amounts.size() == current.size() && k < amounts.size(); ++k) {
                if (SourceWord* word = word_at(block, row[amounts[k].first].begin)) word->heading = current[k];
            }
        }
    }
}

Heading heading_of(const Block& block, std::size_t at) {
    const SourceWord* word = word_at(block, at);
    return word != nullptr && word->heading >= 0 ? block.headings[word->heading] : Heading{};
}

std::vector<std::string> other_readings(const Block& block, std::size_t at) {
    std::vector<std::string> numbers;
    const SourceWord* word = word_at(block, at);
    if (word == nullptr) return numbers;
    for (const std::string& text : word->alternatives) {
        for (const Token& token : tokenise(text)) {
            if (!is_digit(token.text[0])) continue;
            numbers.push_back(token.text);
            break;
        }
    }
    return numbers;
}

}  // namespace magscan::parser
