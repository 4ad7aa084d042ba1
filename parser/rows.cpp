#include "parser/rows.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "parser/cells.h"
#include "parser/columns.h"
#include "parser/lexicon.h"

namespace magscan::parser {
namespace {

// All in line heights of the smaller of two cells.
constexpr float kSameRow = 0.55F;   // how far a cell may lie off its neighbour's baseline to count as one row
constexpr float kLooseRow = 0.95F;  // the same for an amount that stands between the two lines of a name
constexpr float kLineStep = 2.1F;   // furthest baseline distance of two rows of one block
constexpr float kSizeRatio = 1.8F;
constexpr float kClaimSizeRatio = 3.5F;  // "350 mg" in large type over "magnesium per scoop"

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

struct Links {
    std::vector<std::size_t> row_left;  // per cell: the cell that it follows in its row
    std::vector<std::size_t> row_right;
    std::vector<std::size_t> above;  // per text cell: the row that it follows in its block
    std::vector<std::size_t> below;
};

bool alike(const Cell& a, const Cell& b, float ratio = kSizeRatio) {
    return a.height < b.height * ratio && b.height < a.height * ratio;
}

// How far `right` lies off the baseline of `left`, in line heights. On a parabola, which a line round a bottle nearly
// is, the chord between two points has the mean of the slopes at its ends.
float row_offset(const Cell& left, const Cell& right) {
    const float slope = (left.right_slope + right.left_slope) / 2;
    const float expected = left.right_v + slope * (right.left - left.right);
    return std::abs(right.left_v - expected) / std::min(left.height, right.height);
}

std::optional<std::size_t> left_neighbour(const std::vector<Cell>& cells, std::size_t at, float tolerance) {
    const Cell& cell = cells[at];
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const Cell& other = cells[i];
        if (i == at || other.right > cell.left + cell.height * 0.5F || other.left >= cell.left) continue;
        if (!alike(other, cell) || row_offset(other, cell) > tolerance) continue;
        if (!best || other.right > cells[*best].right) best = i;
    }
    return best;
}

// Each cell follows the nearest cell to its left in the same row; of several that want to follow one cell, the nearest
// gets it and the others follow that one if they can.
void link_rows(const std::vector<Cell>& cells, Links& links) {
    for (const float tolerance : {kSameRow, kLooseRow}) {
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (links.row_left[i] != kNone || (tolerance > kSameRow && !cells[i].value)) continue;
            const auto left = left_neighbour(cells, i, tolerance);
            if (!left) continue;
            const std::size_t rival = links.row_right[*left];
            if (rival != kNone) {
                const bool nearer = row_offset(cells[*left], cells[i]) < row_offset(cells[*left], cells[rival]);
                if (tolerance > kSameRow || !nearer) continue;
                links.row_left[rival] = kNone;
            }
            links.row_left[i] = *left;
            links.row_right[*left] = i;
        }
    }
}

float overlap(const Cell& a, const Cell& b) {
    return (std::min(a.right, b.right) - std::max(a.left, b.left)) / std::max(std::min(a.width(), b.width()), 1.0F);
}

// Distance from the baseline of `upper` down to `lower`, where the two overlap or begin, in line heights.
float step_down(const Cell& upper, const Cell& lower) {
    const float u = std::max(upper.left, lower.left);
    const auto at = [u](const Cell& cell) {
        const float share = std::clamp((u - cell.left) / std::max(cell.width(), 1.0F), 0.0F, 1.0F);
        return cell.left_v + share * (cell.right_v - cell.left_v);
    };
    return (at(lower) - at(upper)) / std::max(upper.height, lower.height);
}

bool begins_row(const std::vector<Cell>& cells, const Links& links, std::size_t i) {
    return !cells[i].value || links.row_left[i] == kNone;
}

// A row's text cell goes under the nearest text cell above it that it overlaps, if that one has it as its nearest
// below.
void link_columns(const std::vector<Cell>& cells, Links& links) {
    const auto nearest = [&](std::size_t at, bool upward) {
        std::size_t best = kNone;
        float best_step = kLineStep;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const float ratio = cells[i].value != cells[at].value ? kClaimSizeRatio : kSizeRatio;
            if (i == at || !begins_row(cells, links, i) || !alike(cells[i], cells[at], ratio)) continue;
            const float step = upward ? step_down(cells[i], cells[at]) : step_down(cells[at], cells[i]);
            if (step < 0.3F || step >= best_step) continue;
            const bool aligned = std::abs(cells[i].left - cells[at].left) < 1.5F * cells[at].height;
            if (!aligned && overlap(cells[i], cells[at]) < 0.3F) continue;
            best = i;
            best_step = step;
        }
        return best;
    };
    std::vector<std::size_t> up(cells.size(), kNone);
    std::vector<std::size_t> down(cells.size(), kNone);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (!begins_row(cells, links, i)) continue;
        up[i] = nearest(i, true);
        down[i] = nearest(i, false);
    }
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (up[i] == kNone || down[up[i]] != i) continue;
        links.above[i] = up[i];
        links.below[up[i]] = i;
    }
}

class BlockWriter {
  public:
    explicit BlockWriter(const HeadedWords& headed) : headed_(headed) { block_.headings = headed.headings; }

    void begin_row() {
        if (block_.rows > 0) block_.text += '\n';
        ++block_.rows;
        row_begin_ = block_.text.size();
    }

    void add(const Cell& cell, char separator) {
        for (const ocr::Word* word : cell.words) {
            if (block_.text.size() > row_begin_) block_.text += separator;
            separator = ' ';
            SourceWord source;
            source.begin = block_.text.size();
            block_.text += word->text;
            source.end = block_.text.size();
            source.confidence = word->confidence;
            source.polygon = word->polygon;
            for (const ocr::Alternative& other : word->alternatives) source.alternatives.push_back(other.text);
            const auto heading = headed_.under.find(word);
            if (heading != headed_.under.end()) source.heading = heading->second;
            block_.words.push_back(std::move(source));
        }
    }

    std::string row() const { return block_.text.substr(row_begin_); }

    Block finish() {
        find_tokens(block_);
        return std::move(block_);
    }

  private:
    const HeadedWords& headed_;
    Block block_;
    std::size_t row_begin_ = 0;
};

std::vector<std::size_t> values_of(const std::vector<Cell>& cells, const Links& links, std::size_t text) {
    std::vector<std::size_t> values;
    for (std::size_t i = links.row_right[text]; i != kNone && cells[i].value; i = links.row_right[i])
        values.push_back(i);
    return values;
}

// A row of a table whose amounts stand beside its first line, and the line below it without amounts: the second half of
// the name, where a bracket is open or the few words begin nothing of their own ("Magnesium orotate  1,000 mg" /
// "dihydrate").
bool continues_name(const std::string& row, const std::string& next) {
    if (std::count(row.begin(), row.end(), '(') > std::count(row.begin(), row.end(), ')')) return true;
    constexpr std::size_t kMostWords = 3;
    const auto tokens = tokenise(next);
    if (tokens.empty() || tokens.size() > kMostWords) return false;
    const bool marked = std::any_of(tokens.begin(), tokens.end(), [](const Token& t) { return t.text.size() == 1; });
    if (marked || !find_cues(tokens).empty()) return false;
    const auto minerals = find_minerals(tokens);
    if (minerals.empty()) return true;
    const auto cues = find_cues(tokenise(row));
    const bool waits = std::any_of(
        cues.begin(), cues.end(), [](const CueMatch& c) { return c.cue == Cue::kElemental || c.cue == Cue::kOfWhich; });
    return waits && minerals.front().mineral == Mineral::kMagnesium;
}

// A broken name is put together before its amounts follow.
Block write_block(const std::vector<Cell>& cells, const Links& links, const HeadedWords& headed, std::size_t top) {
    BlockWriter writer(headed);
    std::size_t row = top;
    while (row != kNone) {
        writer.begin_row();
        writer.add(cells[row], ' ');
        auto values = values_of(cells, links, row);
        std::size_t next = links.below[row];
        while (!values.empty() && next != kNone && values_of(cells, links, next).empty() &&
               continues_name(writer.row(), cells[next].text())) {
            writer.add(cells[next], ' ');
            next = links.below[next];
        }
        for (const std::size_t value : values) writer.add(cells[value], '\t');
        row = next;
    }
    return writer.finish();
}

}  // namespace

std::vector<Block> blocks_of(const ocr::Page& page) {
    std::vector<Block> blocks;
    for (CellGroup& group : cells_of(page)) {
        std::vector<Cell>& cells = group.cells;
        std::stable_sort(cells.begin(), cells.end(),
                         [](const Cell& a, const Cell& b) { return a.middle_v() < b.middle_v(); });
        const std::vector<std::size_t> none(cells.size(), kNone);
        Links links{none, none, none, none};
        link_rows(cells, links);
        link_columns(cells, links);
        const HeadedWords headed = head_columns(cells);
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (begins_row(cells, links, i) && links.above[i] == kNone)
                blocks.push_back(write_block(cells, links, headed, i));
        }
    }
    return blocks;
}

}  // namespace magscan::parser
