#include "parser/cells.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "parser/gutters.h"
#include "parser/lexicon.h"
#include "parser/quantity.h"

namespace magscan::parser {
namespace {

constexpr float kPi = std::numbers::pi_v<float>;
// A gap wider than both starts another cell. Text seen from above is low for its width, so heights alone won't do.
constexpr float kCellGapHeights = 1.3F;
constexpr float kCellGapLetters = 2.8F;  // in widths of a letter
constexpr float kSlopeReach = 6.0F;      // in line heights: how far a word's slope speaks for its neighbours

struct WordBox {
    const ocr::Word* word = nullptr;
    float angle = 0;
    float length = 0;
    float height = 0;

    float letter_width() const { return length / static_cast<float>(std::max<std::size_t>(word->text.size(), 1)); }
};

float distance(ocr::Point a, ocr::Point b) {
    return std::hypot(a.x - b.x, a.y - b.y);
}

ocr::Point middle(ocr::Point a, ocr::Point b) {
    return {(a.x + b.x) / 2, (a.y + b.y) / 2};
}

// A word's polygon has its upper edge first and its lower edge, backwards, second.
WordBox box_of(const ocr::Word& word) {
    const ocr::Polygon& p = word.polygon;
    const std::size_t half = p.size() / 2;
    const ocr::Point start = middle(p.front(), p.back());
    const ocr::Point end = middle(p[half - 1], p[half]);
    return {&word, std::atan2(end.y - start.y, end.x - start.x), distance(start, end),
            (distance(p.front(), p.back()) + distance(p[half - 1], p[half])) / 2};
}

float wrap(float angle) {
    return std::remainder(angle, 2 * kPi);
}

// The direction in which most of the text runs: the fullest of 5-degree bins, by length.
float dominant_angle(const std::vector<std::vector<WordBox>>& lines) {
    constexpr int kBins = 72;
    float weight[kBins] = {};
    float sum[kBins] = {};
    for (const auto& line : lines) {
        for (const WordBox& box : line) {
            const int bin = static_cast<int>(std::lround((box.angle + kPi) / (2 * kPi) * kBins)) % kBins;
            const float centre = static_cast<float>(bin) * 2 * kPi / kBins - kPi;
            weight[bin] += box.length;
            sum[bin] += box.length * wrap(box.angle - centre);
        }
    }
    const auto best = std::max_element(std::begin(weight), std::end(weight)) - std::begin(weight);
    if (weight[best] <= 0) return 0;
    return wrap(static_cast<float>(best) * 2 * kPi / kBins - kPi + sum[best] / weight[best]);
}

bool is_number_like(const Token& token) {
    return !token.text.empty() && token.text[0] >= '0' && token.text[0] <= '9';
}

// Amounts, percentages, daggers: a cell that says nothing by itself.
bool is_value(const Cell& cell) {
    for (const Token& token : tokenise(cell.text())) {
        if (is_number_like(token) || token.text.size() < 3 || dosage_unit(token.text)) continue;
        const bool letters = std::any_of(token.text.begin(), token.text.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || static_cast<signed char>(c) < 0;
        });
        if (letters && token.text != "mcg" && token.text != "mmol" && token.text != "meq" && token.text != "rng" &&
            token.text != "nrv") {
            return false;
        }
    }
    return true;
}

struct Frame {
    float cosine = 1;
    float sine = 0;
    float u(ocr::Point p) const { return p.x * cosine + p.y * sine; }
    float v(ocr::Point p) const { return -p.x * sine + p.y * cosine; }
};

Cell cell_of(const std::vector<WordBox>& boxes, std::size_t first, std::size_t last, const Frame& frame, float angle) {
    Cell cell;
    float heights = 0, lengths = 0;
    for (std::size_t i = first; i < last; ++i) {
        cell.words.push_back(boxes[i].word);
        const float length = std::max(boxes[i].length, 1.0F);
        heights += boxes[i].height * length;
        lengths += length;
    }
    const auto& start = boxes[first].word->polygon;
    const auto& end = boxes[last - 1].word->polygon;
    const ocr::Point left = middle(start.front(), start.back());
    const ocr::Point right = middle(end[end.size() / 2 - 1], end[end.size() / 2]);
    cell.left = frame.u(left);
    cell.left_v = frame.v(left);
    cell.right = frame.u(right);
    cell.right_v = frame.v(right);
    cell.left_slope = std::tan(std::clamp(wrap(boxes[first].angle - angle), -1.0F, 1.0F));
    cell.right_slope = std::tan(std::clamp(wrap(boxes[last - 1].angle - angle), -1.0F, 1.0F));
    cell.height = heights / lengths;
    cell.value = is_value(cell);
    return cell;
}

std::string joined(const std::vector<WordBox>& boxes, std::size_t first, std::size_t last) {
    std::string text;
    for (std::size_t i = first; i < last; ++i) text += (text.empty() ? "" : " ") + boxes[i].word->text;
    return text;
}

// Where an amount begins that ends with the word before `last`: one word ("60mg") or two; `last` where none does.
std::size_t amount_before(const std::vector<WordBox>& boxes, std::size_t first, std::size_t last) {
    for (std::size_t begin = last; begin-- > first && begin + 2 >= last;) {
        const std::string text = joined(boxes, begin, last);
        const auto tokens = tokenise(text);
        const auto found = find_quantities(tokens, text, DecimalMark::kPoint);
        if (found.size() == 1 && found.front().is_amount() && found.front().last == tokens.size()) return begin;
    }
    return last;
}

// "(from 1,000 mg  60 mg": where the bracket goes on in the next line, the second of two amounts is the row's own, in a
// column close by. Gives where it begins, `last` where there is none.
std::size_t row_amount(const std::vector<WordBox>& boxes, std::size_t first, std::size_t last) {
    const std::string text = joined(boxes, first, last);
    if (std::count(text.begin(), text.end(), '(') <= std::count(text.begin(), text.end(), ')')) return last;
    const std::size_t outer = amount_before(boxes, first, last);
    return outer < last && amount_before(boxes, first, outer) < outer ? outer : last;
}

// Splits at wide gaps, and where another table begins.
std::vector<Cell> split_line(const std::vector<WordBox>& boxes, const Frame& frame, float angle,
                             const std::set<const ocr::Word*>& starts) {
    std::vector<Cell> cells;
    std::size_t first = 0;
    for (std::size_t i = 1; i <= boxes.size(); ++i) {
        if (i < boxes.size()) {
            const auto& before = boxes[i - 1].word->polygon;
            const auto& after = boxes[i].word->polygon;
            const float gap = frame.u(middle(after.front(), after.back())) -
                              frame.u(middle(before[before.size() / 2 - 1], before[before.size() / 2]));
            const float height = std::max(boxes[i - 1].height, boxes[i].height);
            const float letter = std::max(boxes[i - 1].letter_width(), boxes[i].letter_width());
            const bool wide = gap >= std::max(kCellGapHeights * height, kCellGapLetters * letter);
            if (!wide && !starts.contains(boxes[i].word)) continue;
        }
        const std::size_t amount = row_amount(boxes, first, i);
        if (amount < i) cells.push_back(cell_of(boxes, first, amount, frame, angle));
        cells.push_back(cell_of(boxes, amount < i ? amount : first, i, frame, angle));
        first = i;
    }
    return cells;
}

// Short words know their slope badly: each end takes the slope of the text around it, longer words counting more.
void smooth_slopes(std::vector<Cell>& cells) {
    const std::vector<Cell> raw = cells;
    const auto smoothed = [&](float u, float v, float height) {
        float sum = 0, weight = 0;
        for (const Cell& other : raw) {
            const float reach = kSlopeReach * height;
            const float chord = (other.right_v - other.left_v) / std::max(other.width(), 1.0F);
            const bool is_long = other.width() > 3 * other.height;
            const auto add = [&](float ou, float ov, float slope) {
                const float du = (u - ou) / reach;
                const float dv = (v - ov) / reach;
                const float w = other.width() * std::exp(-(du * du + dv * dv));
                sum += w * slope;
                weight += w;
            };
            if (is_long) {
                add(other.left, other.left_v, other.left_slope);
                add(other.right, other.right_v, other.right_slope);
                add((other.left + other.right) / 2, other.middle_v(), chord);
            } else {
                add((other.left + other.right) / 2, other.middle_v(), other.left_slope / 2 + other.right_slope / 2);
            }
        }
        return weight > 0 ? sum / weight : 0.0F;
    };
    for (Cell& cell : cells) {
        cell.left_slope = smoothed(cell.left, cell.left_v, cell.height);
        cell.right_slope = smoothed(cell.right, cell.right_v, cell.height);
    }
}

// Which of the four directions a line runs in, counted in quarter turns from the dominant one.
std::size_t quarter_of(const std::vector<WordBox>& line, float dominant) {
    float x = 0, y = 0;
    for (const WordBox& box : line) {
        x += box.length * std::cos(box.angle - dominant);
        y += box.length * std::sin(box.angle - dominant);
    }
    return static_cast<std::size_t>((std::lround(std::atan2(y, x) / (kPi / 2)) + 4) % 4);
}

void fill(CellGroup& group, const std::vector<const std::vector<WordBox>*>& lines) {
    const Frame frame{std::cos(group.angle), std::sin(group.angle)};
    std::vector<std::vector<PlacedWord>> placed;
    for (const auto* line : lines) {
        auto& words = placed.emplace_back();
        for (const WordBox& box : *line) {
            const ocr::Point start = middle(box.word->polygon.front(), box.word->polygon.back());
            words.push_back({box.word, frame.u(start), frame.v(start), box.height});
        }
    }
    const auto starts = table_starts(placed);
    for (const auto* line : lines) {
        for (Cell& cell : split_line(*line, frame, group.angle, starts)) group.cells.push_back(std::move(cell));
    }
    smooth_slopes(group.cells);
}

}  // namespace

std::string Cell::text() const {
    std::string out;
    for (const ocr::Word* word : words) out += (out.empty() ? "" : " ") + word->text;
    return out;
}

std::vector<CellGroup> cells_of(const ocr::Page& page) {
    std::vector<std::vector<WordBox>> lines;
    for (const ocr::Line& line : page.lines) {
        auto& boxes = lines.emplace_back();
        for (const ocr::Word& word : line.words) {
            if (word.polygon.size() >= 4) boxes.push_back(box_of(word));
        }
        if (boxes.empty()) lines.pop_back();
    }
    const float dominant = dominant_angle(lines);
    std::vector<CellGroup> groups(4);
    std::vector<float> amounts(4);
    std::vector<std::vector<const std::vector<WordBox>*>> members(4);
    for (std::size_t quarter = 0; quarter < 4; ++quarter) {
        groups[quarter].angle = wrap(dominant + static_cast<float>(quarter) * kPi / 2);
    }
    for (const auto& line : lines) {
        const std::size_t quarter = quarter_of(line, dominant);
        members[quarter].push_back(&line);
        for (const WordBox& box : line) amounts[quarter] += box.length;
    }
    for (std::size_t quarter = 0; quarter < 4; ++quarter) fill(groups[quarter], members[quarter]);
    std::vector<std::size_t> order = {0, 1, 2, 3};
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return amounts[a] > amounts[b]; });
    std::vector<CellGroup> sorted;
    for (const std::size_t i : order) {
        if (!groups[i].cells.empty()) sorted.push_back(std::move(groups[i]));
    }
    return sorted;
}

}  // namespace magscan::parser
