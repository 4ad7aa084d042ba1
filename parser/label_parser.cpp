#include "parser/label_parser.h"

#include <algorithm>
#include <array>
#include <utility>

#include "parser/columns.h"
#include "parser/document.h"
#include "parser/front_claim.h"
#include "parser/item.h"
#include "parser/label_words.h"
#include "parser/markup.h"
#include "parser/products.h"
#include "parser/rows.h"
#include "parser/sections.h"
#include "parser/serving.h"
#include "parser/unread_rows.h"

namespace magscan::parser {
namespace {

constexpr float kReadable = 0.6F;          // recogniser's confidence from which a word counts as read
constexpr std::size_t kMaxText = 200'000;  // bytes; no label is longer

bool ends_in_comma(const Markup& markup, std::size_t end) {
    return end > 0 && markup.tokens[end - 1].text == ",";
}

// "Bisglycinate - buffered-free", "pure citrate": a word that says something of the form beside it.
bool qualifies(const Markup& markup, std::size_t i) {
    return markup.mention_at(i) == nullptr && (markup.inside_cue(Cue::kBuffered, i) || only_fillers(markup, i, i + 1));
}

// Whether the row above or below is one of another nutrient with its amount.
bool beside_other_nutrient(const Markup& markup, std::size_t row) {
    const auto is_other = [&](std::size_t at) {
        const std::size_t begin = markup.row_begin(at), end = markup.row_begin(at + 1);
        const bool figure = markup.find_quantity(Quantity::Kind::kMass, begin, end) != nullptr ||
                            markup.find_quantity(Quantity::Kind::kPercent, begin, end) != nullptr;
        for (std::size_t i = begin; figure && i < end; ++i) {
            const Mention* mention = markup.mention_at(i);
            if (mention != nullptr) return mention->kind == Mention::Kind::kOther;
        }
        return false;
    };
    return (row > 0 && is_other(row - 1)) || (row + 1 < markup.rows() && is_other(row + 1));
}

// Rows that list anions alone ("GLYCINATE, CITRATE, MALATE") name forms where the label is about magnesium.
void add_bare_forms(const Markup& markup, const std::vector<Section>& sections, const std::vector<Item>& items,
                    std::vector<Statement>& statements) {
    const auto in_item = [&](const Mention& m) {
        const auto item = std::lower_bound(items.begin(), items.end(), m.first,
                                           [](const Item& i, std::size_t token) { return i.last <= token; });
        return item != items.end() && item->first <= m.first;
    };
    for (std::size_t row = 0; row < markup.rows(); ++row) {
        const std::size_t begin = markup.row_begin(row), end = markup.row_begin(row + 1);
        std::size_t words = 0, form_words = 0;
        Statement statement;
        bool other = false, closes_bracket = false;
        bool of_other = false;  // "Calcium (as carbonate, citrate)": the nutrient named last in the row is another one
        for (std::size_t i = begin; i < end; ++i) {
            if (markup.tokens[i].text.size() >= 3 && markup.quantity_at(i) == nullptr && !qualifies(markup, i)) ++words;
            const Mention* mention = markup.mention_at(i);
            if (mention == nullptr) continue;
            other = other || mention->kind == Mention::Kind::kOther || mention->kind == Mention::Kind::kExcipient;
            if (mention->kind != Mention::Kind::kForm) of_other = mention->kind == Mention::Kind::kOther;
            if (mention->kind != Mention::Kind::kForm || in_item(*mention) || sections[i].excipients) continue;
            if (of_other) continue;
            closes_bracket = closes_bracket || (mention->last < end && markup.tokens[mention->last].text == ")");
            if (markup.tokens[i].text.size() >= 3) ++form_words;
            if (i == mention->first) {
                statement.forms.insert(statement.forms.end(), mention->forms.begin(), mention->forms.end());
            }
        }
        const Quantity* percent = markup.find_quantity(Quantity::Kind::kPercent, begin, end);
        // "Chloride 72 mg 3 %" is a nutrient of its own; "... taurate) 40 mg" what is left of "(as magnesium taurate)".
        if (!closes_bracket && markup.find_quantity(Quantity::Kind::kMass, begin, end) != nullptr) continue;
        // The same with its amount unread: "Molybdenum 50 mcg" / "Chloride" / "Potassium 80 mg".
        if (!closes_bracket && statement.forms.size() == 1 && beside_other_nutrient(markup, row)) continue;
        if (percent != nullptr) statement.percent = percent->value;
        const bool is_list = statement.forms.size() >= 3;
        const bool mostly_forms = 2 * form_words >= words || is_list;
        const bool runs_on =
            statement.forms.size() == 1 && ends_in_comma(markup, end);  // a line out of an ingredient list
        if (statement.forms.empty() || (other && !is_list) || !mostly_forms || runs_on) continue;
        statement.subject = Subject::kCompound;
        statement.bare_form = true;
        statement.place = sections[begin].place;
        statement.evidence = {evidence_of(*markup.block, markup.tokens[begin].begin, markup.tokens[end - 1].end)};
        statements.push_back(std::move(statement));
    }
}

// "93.6 mg 25 % NRV" on a front that names magnesium somewhere else. Whose amount it is, the percentage has to tell.
void add_unnamed_amounts(const Markup& markup, const std::vector<Section>& sections,
                         std::vector<Statement>& statements) {
    for (std::size_t i = 0; i + 1 < markup.quantities.size(); ++i) {
        const Quantity& mass = markup.quantities[i];
        const Quantity& percent = markup.quantities[i + 1];
        const std::size_t row = markup.row[mass.first];
        const bool pair = mass.kind == Quantity::Kind::kMass && percent.kind == Quantity::Kind::kPercent &&
                          mass.high == mass.value && percent.first <= mass.last + 1 && markup.row[percent.first] == row;
        if (!pair || sections[mass.first].place != Place::kFront) continue;
        const std::size_t begin = markup.row_begin(row == 0 ? 0 : row - 1), end = markup.row_begin(row + 2);
        const auto mention = std::lower_bound(markup.mentions.begin(), markup.mentions.end(), begin,
                                              [](const Mention& m, std::size_t token) { return m.last <= token; });
        if (mention != markup.mentions.end() && mention->first < end) continue;
        Statement statement;
        statement.unnamed = true;
        statement.amount = amount_of(mass, markup.tokens, markup.block->text);
        statement.percent = percent.value;
        const std::size_t from = markup.tokens[mass.first].begin, to = markup.tokens[percent.last - 1].end;
        statement.evidence = {evidence_of(*markup.block, from, to)};
        statement.amount_confidence = statement.evidence.front().confidence;
        statements.push_back(std::move(statement));
    }
}

bool names_other_nutrient(const std::vector<Markup>& blocks) {
    return std::any_of(blocks.begin(), blocks.end(), [](const Markup& block) {
        return std::any_of(block.mentions.begin(), block.mentions.end(),
                           [](const Mention& m) { return m.kind == Mention::Kind::kOther; });
    });
}

std::ptrdiff_t count_cues(const std::vector<Markup>& blocks, Cue cue) {
    std::ptrdiff_t count = 0;
    for (const Markup& block : blocks) {
        count += std::count_if(block.cues.begin(), block.cues.end(), [&](const CueMatch& m) { return m.cue == cue; });
    }
    return count;
}

Jurisdiction jurisdiction_of(const std::vector<Markup>& blocks) {
    // In case of a tie the first: the words of small markets stand on no other label.
    constexpr std::array<std::pair<Cue, Jurisdiction>, 6> kMarkets = {{{Cue::kJapan, Jurisdiction::kJapan},
                                                                       {Cue::kRussia, Jurisdiction::kRussia},
                                                                       {Cue::kAustralia, Jurisdiction::kAustralia},
                                                                       {Cue::kCanada, Jurisdiction::kCanada},
                                                                       {Cue::kUs, Jurisdiction::kUs},
                                                                       {Cue::kEu, Jurisdiction::kEu}}};
    Jurisdiction market = Jurisdiction::kUnknown;
    std::ptrdiff_t most = 0;
    for (const auto& [cue, jurisdiction] : kMarkets) {
        const std::ptrdiff_t found = count_cues(blocks, cue);
        if (found > most) market = jurisdiction;
        most = std::max(most, found);
    }
    return market;
}

int readable_words(const std::vector<Block>& blocks) {
    int count = 0;
    for (const Block& block : blocks) {
        for (const SourceWord& word : block.words) count += word.end - word.begin >= 3 && word.confidence >= kReadable;
    }
    return count;
}

// "magnesium malate, magnesium bisglycinate and magnesium citrate 200 mg": names in one row with nothing but list marks
// between them share the amount behind the last.
void share_listed_amount(const Markup& markup, const std::vector<Item>& items, std::vector<Statement>& statements) {
    const std::size_t offset = statements.size() - items.size();
    const auto is_link = [&](std::size_t i) {
        const std::string& word = markup.tokens[i].text;
        return word == "," || word == "&" || word == "+" || word == "/" || markup.inside_cue(Cue::kSource, i) ||
               (word.size() <= 3 && markup.mention_at(i) == nullptr && (word[0] < '0' || word[0] > '9'));
    };
    const auto has_amount = [](const Statement& s) { return s.amount || s.inner_element; };
    std::size_t owner = items.empty() ? 0 : items.size() - 1;  // the item whose amount is shared
    for (std::size_t k = items.size(); k-- > 1;) {
        const std::size_t gap = items[k - 1].head->last, next = items[k].first;
        const Statement& before = statements[offset + k - 1];
        Statement& last = statements[offset + owner];
        bool linked = has_amount(last) && !has_amount(before) && !before.percent && !before.forms.empty() &&
                      !last.forms.empty() && next <= gap + 2 && markup.row[gap - 1] == markup.row[items[k].head->first];
        for (std::size_t i = gap; linked && i < next; ++i) linked = is_link(i);
        if (linked) {
            last.forms.insert(last.forms.begin(), before.forms.begin(), before.forms.end());
        } else {
            owner = k - 1;
        }
    }
}

// Where the titles of facts panels stand.
std::vector<ocr::Polygon> panel_titles(const std::vector<Markup>& blocks) {
    std::vector<ocr::Polygon> titles;
    for (const Markup& block : blocks) {
        for (const CueMatch& cue : block.cues) {
            if (cue.cue != Cue::kFactsPanel || cue.last <= cue.first) continue;
            const std::size_t begin = block.tokens[cue.first].begin, end = block.tokens[cue.last - 1].end;
            titles.push_back(evidence_of(*block.block, begin, end).polygon);
        }
    }
    return titles;
}

Label parse_blocks(const std::vector<Block>& blocks) {
    Label label;
    std::vector<Markup> markups;
    for (const Block& block : blocks) markups.push_back(mark_up(block));
    std::vector<std::vector<Item>> all_items;
    std::vector<Statement> bare;
    std::vector<Statement> unnamed;
    for (const Markup& markup : markups) {
        const std::vector<Section> sections = sections_of(markup, {});
        std::vector<Item> items = find_items(markup, sections);
        for (const Item& item : items) {
            Statement statement = read_item(markup, item);
            statement.place = sections[item.head->first].place;
            label.statements.push_back(std::move(statement));
        }
        share_listed_amount(markup, items, label.statements);
        add_bare_forms(markup, sections, items, bare);
        add_unnamed_amounts(markup, sections, unnamed);
        add_label_words(markup, sections, label.words);
        all_items.push_back(std::move(items));
    }
    label.unread_rows = find_unread_rows(markups, all_items);
    label.names_magnesium = !label.statements.empty();
    if (label.names_magnesium) {
        label.statements.insert(label.statements.end(), bare.begin(), bare.end());
        if (!names_other_nutrient(markups))
            label.statements.insert(label.statements.end(), unnamed.begin(), unnamed.end());
        join_front_claim(markups, label.statements);
    }
    label.serving = serving_of(markups);
    label.jurisdiction = jurisdiction_of(markups);
    label.is_food = count_cues(markups, Cue::kFood) > 0;
    label.readable_words = readable_words(blocks);
    if (auto warning = several_products(label.statements, panel_titles(markups)))
        label.warnings.push_back(std::move(*warning));
    return label;
}

}  // namespace

Label parse_page(const ocr::Page& page) {
    return parse_blocks(blocks_of(page));
}

Label parse_text(std::string_view text) {
    std::vector<Block> blocks;
    blocks.push_back(block_of(text.substr(0, kMaxText)));
    head_rows(blocks.front());
    return parse_blocks(blocks);
}

}  // namespace magscan::parser
