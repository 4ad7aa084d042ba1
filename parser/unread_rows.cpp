#include "parser/unread_rows.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

namespace magscan::parser {
namespace {

constexpr std::size_t kRowsAway = 3;      // of one block: no further from the row that was read
constexpr float kLinesAway = 4.5F;        // the same for values that stand alone, in line heights
constexpr float kSameLine = 0.6F;         // nearer than that, in line heights, it is the same row
constexpr std::size_t kProseWords = 2;    // more unknown words than that are a sentence, no misread name
constexpr std::size_t kProseLetters = 4;  // from which a word counts

// A row that has magnesium's name, amount and percentage.
struct Anchor {
    std::size_t block = 0;
    std::size_t row = 0;
    std::set<std::string> families;
    bool names_compound = false;
    std::vector<ocr::Polygon> values;  // the amount's and the percentage's place; empty corners for text
};

ocr::Polygon place_of(const Markup& markup, const Quantity& q) {
    return evidence_of(*markup.block, markup.tokens[q.first].begin, markup.tokens[q.last - 1].end).polygon;
}

void add_families(const Markup& markup, std::size_t first, std::size_t last, std::set<std::string>& families) {
    for (std::size_t i = first; i < last; ++i) {
        const Mention* mention = markup.mention_at(i);
        if (mention == nullptr) continue;
        for (const Form& form : mention->forms) families.insert(form.family);
    }
}

// "Magnesium oxide" rather than "oxide": a row of its own among rows of that kind.
bool names_compound(const Markup& markup, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
        const Mention* mention = markup.mention_at(i);
        if (mention != nullptr && !mention->forms.empty() && mention->last - mention->first > 1) return true;
    }
    return false;
}

std::vector<Anchor> anchors_of(const Markup& markup, std::size_t block, const std::vector<Item>& items) {
    std::vector<Anchor> anchors;
    for (const Item& item : items) {
        const Quantity* mass = markup.find_quantity(Quantity::Kind::kMass, item.first, item.last);
        const Quantity* percent = markup.find_quantity(Quantity::Kind::kPercent, item.first, item.last);
        if (mass == nullptr || percent == nullptr || markup.row[mass->first] != markup.row[percent->first]) continue;
        Anchor anchor{block,
                      markup.row[percent->first],
                      {},
                      names_compound(markup, item.first, item.last),
                      {place_of(markup, *mass), place_of(markup, *percent)}};
        add_families(markup, item.first, item.last, anchor.families);
        anchors.push_back(std::move(anchor));
    }
    return anchors;
}

// Whether `value` stands in the same column as `known`, some lines above or below it. Polygons as in ocr::Word.
bool in_column(const ocr::Polygon& known, const ocr::Polygon& value) {
    if (known.size() < 4 || value.size() < 4) return false;
    const auto middle = [](const ocr::Polygon& p) {
        ocr::Point sum{0, 0};
        for (const ocr::Point& corner : p) sum = {sum.x + corner.x, sum.y + corner.y};
        return ocr::Point{sum.x / static_cast<float>(p.size()), sum.y / static_cast<float>(p.size())};
    };
    const auto extent = [](const ocr::Polygon& p) {
        ocr::Point low = p.front(), high = p.front();
        for (const ocr::Point& q : p) {
            low = {std::min(low.x, q.x), std::min(low.y, q.y)};
            high = {std::max(high.x, q.x), std::max(high.y, q.y)};
        }
        return ocr::Point{high.x - low.x, high.y - low.y};
    };
    const ocr::Point a = middle(known), b = middle(value), size = extent(known), other = extent(value);
    const float across = std::abs(a.x - b.x), down = std::abs(a.y - b.y);
    const float height = std::min(size.y, other.y);
    return across <= std::max(size.x, other.x) && down > kSameLine * height && down <= kLinesAway * height;
}

bool is_near(const Anchor& anchor, std::size_t block, std::size_t row, const std::vector<ocr::Polygon>& values) {
    if (anchor.block == block) {
        const std::size_t away = std::max(anchor.row, row) - std::min(anchor.row, row);
        return away > 0 && away <= kRowsAway;
    }
    return std::any_of(anchor.values.begin(), anchor.values.end(), [&](const ocr::Polygon& known) {
        return std::any_of(values.begin(), values.end(), [&](const ocr::Polygon& p) { return in_column(known, p); });
    });
}

bool names(Mention::Kind kind, const Markup& markup, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
        const Mention* mention = markup.mention_at(i);
        if (mention != nullptr && mention->kind == kind) return true;
    }
    return false;
}

// A sentence, a heading, a serving size: no row whose name was misread.
bool is_prose(const Markup& markup, std::size_t begin, std::size_t end) {
    std::size_t words = 0;
    for (std::size_t i = begin; i < end; ++i) {
        const Mention* mention = markup.mention_at(i);
        if (mention == nullptr && markup.quantity_at(i) == nullptr && markup.tokens[i].text.size() >= kProseLetters)
            ++words;
    }
    const bool heading = std::any_of(markup.cues.begin(), markup.cues.end(), [&](const CueMatch& cue) {
        return cue.first >= begin && cue.first < end && cue.cue != Cue::kSource && cue.cue != Cue::kBuffered;
    });
    return words > kProseWords || heading;
}

bool closes_bracket(const Markup& markup, std::size_t begin, std::size_t end) {
    return std::any_of(markup.tokens.begin() + static_cast<std::ptrdiff_t>(begin),
                       markup.tokens.begin() + static_cast<std::ptrdiff_t>(end),
                       [](const Token& token) { return token.text == ")"; });
}

// Rows that belong to an item with an amount or a percentage were read.
bool is_read(const Markup& markup, const std::vector<Item>& items, std::size_t begin, std::size_t end) {
    return std::any_of(items.begin(), items.end(), [&](const Item& item) {
        if (item.last <= begin || item.first >= end) return false;
        return markup.find_quantity(Quantity::Kind::kMass, item.first, item.last) != nullptr ||
               markup.find_quantity(Quantity::Kind::kMolar, item.first, item.last) != nullptr ||
               markup.find_quantity(Quantity::Kind::kPercent, item.first, item.last) != nullptr;
    });
}

// The row as far as it was read; nothing where it is none.
std::optional<UnreadRow> row_beside(const Markup& markup, std::size_t block, std::size_t row,
                                    const std::vector<Anchor>& anchors) {
    const std::size_t begin = markup.row_begin(row), end = markup.row_begin(row + 1);
    if (begin >= end || is_prose(markup, begin, end) || names(Mention::Kind::kOther, markup, begin, end) ||
        names(Mention::Kind::kExcipient, markup, begin, end)) {
        return std::nullopt;
    }
    const Quantity* mass = markup.find_quantity(Quantity::Kind::kMass, begin, end);
    const Quantity* percent = markup.find_quantity(Quantity::Kind::kPercent, begin, end);
    std::set<std::string> families;
    add_families(markup, begin, end, families);
    std::vector<ocr::Polygon> values;
    UnreadRow unread;
    if (mass != nullptr) {
        values.push_back(place_of(markup, *mass));
        unread.amount = amount_of(*mass, markup.tokens, markup.block->text);
    }
    if (percent != nullptr) {
        values.push_back(place_of(markup, *percent));
        unread.percent = percent->value;
    }
    for (const Anchor& anchor : anchors) {
        if (!is_near(anchor, block, row, values)) continue;
        const bool other_form = !anchor.families.empty() && !families.empty() &&
                                std::none_of(families.begin(), families.end(), [&](const std::string& family) {
                                    return anchor.families.contains(family);
                                });
        unread.names_form = other_form && (closes_bracket(markup, begin, end) ||
                                           (anchor.names_compound && names_compound(markup, begin, end)));
        const bool nameless = families.empty() && (unread.amount || unread.percent);
        if (!unread.names_form && !nameless) continue;
        unread.evidence = evidence_of(*markup.block, markup.tokens[begin].begin, markup.tokens[end - 1].end);
        return unread;
    }
    return std::nullopt;
}

}  // namespace

std::vector<UnreadRow> find_unread_rows(const std::vector<Markup>& blocks,
                                        const std::vector<std::vector<Item>>& items) {
    std::vector<Anchor> anchors;
    bool others = false;
    for (std::size_t b = 0; b < blocks.size(); ++b) {
        for (Anchor& anchor : anchors_of(blocks[b], b, items[b])) anchors.push_back(std::move(anchor));
        others = others || names(Mention::Kind::kOther, blocks[b], 0, blocks[b].tokens.size());
    }
    std::vector<UnreadRow> rows;
    if (anchors.empty()) return rows;
    for (std::size_t b = 0; b < blocks.size(); ++b) {
        for (std::size_t row = 0; row < blocks[b].rows(); ++row) {
            const std::size_t begin = blocks[b].row_begin(row), end = blocks[b].row_begin(row + 1);
            if (is_read(blocks[b], items[b], begin, end)) continue;
            std::optional<UnreadRow> unread = row_beside(blocks[b], b, row, anchors);
            if (!unread) continue;
            // In a panel of several nutrients, a figure alone is most likely another one's.
            const bool lone = !unread->names_form && !(unread->amount && unread->percent);
            if (!(lone && others)) rows.push_back(std::move(*unread));
        }
    }
    return rows;
}

}  // namespace magscan::parser
