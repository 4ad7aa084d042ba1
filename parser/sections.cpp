#include "parser/sections.h"

#include <algorithm>

#include "parser/direction_words.h"

namespace magscan::parser {
namespace {

// A phrase is a heading where it begins a row or a sentence, or a colon follows; inside running text ("anti-caking
// agent (magnesium stearate)") it speaks only for what stands right behind it.
bool is_heading(const Markup& markup, const CueMatch& cue) {
    if (cue.first == 0 || markup.row[cue.first] != markup.row[cue.first - 1]) return true;
    if (markup.tokens[cue.first - 1].text == ".") return true;
    return cue.last < markup.tokens.size() && markup.tokens[cue.last].text == ":";
}

// "Per 2 tablets: Magnesium 300 mg": the token behind what heads the row; where it begins if nothing does.
std::size_t behind_dose(const Markup& markup, std::size_t begin, std::size_t end) {
    if (begin + 1 >= end || !has_direction_role(markup.tokens[begin].text, DirectionRole::kServingOf)) return begin;
    const Quantity* dose = markup.quantity_at(begin + 1);
    const bool counts =
        dose != nullptr && (dose->kind == Quantity::Kind::kDose || dose->kind == Quantity::Kind::kVolume);
    return counts && dose->last < end && markup.tokens[dose->last].text == ":" ? dose->last + 1 : begin;
}

// "Magnesium 200 mg 48 %": a nutrient begins the row and an amount follows it.
bool is_table_row(const Markup& markup, std::size_t row) {
    const std::size_t row_begin = markup.row_begin(row), end = markup.row_begin(row + 1);
    const std::size_t begin = behind_dose(markup, row_begin, end);
    const Mention* name = begin < end ? markup.mention_at(begin) : nullptr;
    if (name == nullptr || name->first != begin || name->kind == Mention::Kind::kForm) return false;
    const bool has_mass = markup.find_quantity(Quantity::Kind::kMass, name->last, end) != nullptr;
    if (begin > row_begin) return has_mass;
    return has_mass && std::none_of(markup.tokens.begin() + static_cast<std::ptrdiff_t>(name->last),
                                    markup.tokens.begin() + static_cast<std::ptrdiff_t>(end),
                                    [](const Token& token) { return token.text == ","; });
}

// "Bulking agent (cellulose); magnesium oxide": the class of additives of one item of a list, its members in brackets.
// The token behind the bracket; 0 where the phrase is none such.
std::size_t end_of_class(const Markup& markup, const CueMatch& cue) {
    if (cue.cue != Cue::kExcipients || cue.last >= markup.tokens.size() || markup.tokens[cue.last].text != "(")
        return 0;
    std::size_t i = cue.last + 1;
    while (i < markup.tokens.size() && markup.depth[i] > markup.depth[cue.first]) ++i;
    if (i < markup.tokens.size() && is_close(markup.tokens[i])) ++i;
    const bool item = i < markup.tokens.size() && (markup.tokens[i].text == "," || markup.tokens[i].text == ";");
    return item ? i : 0;
}

// ". 3 capsules contain 360 mg magnesium": a sentence about what is in a dose ends the list before it.
bool tells_content(const Markup& markup, std::size_t i) {
    if (i == 0 || markup.tokens[i - 1].text != ".") return false;
    const Quantity* dose = markup.quantity_at(i);
    return dose != nullptr && dose->kind == Quantity::Kind::kDose && dose->first == i &&
           dose->last < markup.tokens.size() &&
           has_direction_role(markup.tokens[dose->last].text, DirectionRole::kContains);
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
    std::size_t class_end = 0;  // behind the members of a class of additives
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
        if (section.excipients && tells_content(markup, i)) section = inherited;
        for (; cue != markup.cues.end() && cue->first <= i; ++cue) {
            if (cue->first != i) continue;
            const std::size_t end = end_of_class(markup, *cue);
            class_end = std::max(class_end, end);
            const bool heads = end == 0 && is_heading(markup, *cue);
            if (heads || cue->cue == Cue::kFreeFrom) enter(section, cue->cue);
        }
        sections.push_back(section);
        if (i < class_end) sections.back().excipients = true;
    }
    return sections;
}

}  // namespace magscan::parser
