#include "parser/sections.h"

#include <algorithm>

namespace magscan::parser {
namespace {

// A phrase is a heading where it begins a row or a sentence, or a colon follows; inside running text ("anti-caking
// agent (magnesium stearate)") it speaks only for what stands right behind it.
bool is_heading(const Markup& markup, const CueMatch& cue) {
    if (cue.first == 0 || markup.row[cue.first] != markup.row[cue.first - 1]) return true;
    if (markup.tokens[cue.first - 1].text == ".") return true;
    return cue.last < markup.tokens.size() && markup.tokens[cue.last].text == ":";
}

// "Magnesium 200 mg 48 %": a nutrient begins the row and an amount follows it.
bool is_table_row(const Markup& markup, std::size_t row) {
    const std::size_t begin = markup.row_begin(row), end = markup.row_begin(row + 1);
    const Mention* name = begin < end ? markup.mention_at(begin) : nullptr;
    if (name == nullptr || name->first != begin || name->kind == Mention::Kind::kForm) return false;
    const bool has_mass = markup.find_quantity(Quantity::Kind::kMass, name->last, end) != nullptr;
    return has_mass && std::none_of(markup.tokens.begin() + static_cast<std::ptrdiff_t>(name->last),
                                    markup.tokens.begin() + static_cast<std::ptrdiff_t>(end),
                                    [](const Token& token) { return token.text == ","; });
}

void enter(Section& section, Cue cue) {
    switch (cue) {
        case Cue::kFactsPanel:
        case Cue::kServingSize:
        case Cue::kDailyValue:
            if (section.place != Place::kDrugFacts) section = {Place::kPanel, false, false};
            break;
        case Cue::kDrugFacts:
            section = {Place::kDrugFacts, false, false};
            break;
        case Cue::kIngredients:
            section = {Place::kIngredients, false, false};
            break;
        case Cue::kExcipients:
            section = {Place::kIngredients, true, false};
            break;
        case Cue::kDirections:
        case Cue::kAdults:
            section = {Place::kDirections, false, false};
            break;
        case Cue::kFreeFrom:
            section.absent = true;
            break;
        default:
            break;
    }
}

}  // namespace

std::vector<Section> sections_of(const Markup& markup, Section inherited) {
    std::vector<Section> sections;
    Section section = inherited;
    auto cue = markup.cues.begin();
    for (std::size_t i = 0; i < markup.tokens.size(); ++i) {
        const bool row_starts = i == 0 || markup.row[i] != markup.row[i - 1];
        if (row_starts) {
            section.absent = false;
            if (section.place == Place::kDirections && is_table_row(markup, markup.row[i])) section = inherited;
            const bool list = section.place == Place::kIngredients;
            if ((list || section.place == Place::kFront) && is_table_row(markup, markup.row[i])) {
                section = {list || inherited.place == Place::kPanel ? Place::kPanel : section.place, false, false};
            }
        }
        if (markup.tokens[i].text == ".") {
            section.absent = false;
            if (section.place == Place::kDirections) section = inherited;
        }
        for (; cue != markup.cues.end() && cue->first <= i; ++cue) {
            if (cue->first == i && (is_heading(markup, *cue) || cue->cue == Cue::kFreeFrom)) enter(section, cue->cue);
        }
        sections.push_back(section);
    }
    return sections;
}

}  // namespace magscan::parser
