#include "calc/suitability.h"

#include <algorithm>
#include <string_view>

namespace magscan::calc {
namespace {

bool says_buffered(std::span<const parser::LabelWord> words) {
    return std::any_of(words.begin(), words.end(), [](const parser::LabelWord& word) { return word.id == "buffered"; });
}

// The variant that the entry's exact compound is, or that the label's word makes of it.
const FormFacts& facts_in(const Entry& entry, const std::string& family, bool buffered) {
    for (const std::string& compound : entry.compounds) {
        const FormFacts& exact = facts_of(compound);
        if (exact.form == compound && exact.family == family && exact.form != family) return exact;
    }
    return facts_of(family, buffered);
}

std::vector<const FormFacts*> forms_of(const Assessment& assessment, bool buffered) {
    std::vector<const FormFacts*> forms;
    for (const Entry& entry : assessment.entries) {
        for (const std::string& family : entry.forms) {
            const FormFacts& facts = facts_in(entry, family, buffered);
            const auto same = [&](const FormFacts* known) { return known->family == facts.family; };
            const auto known = std::find_if(forms.begin(), forms.end(), same);
            if (known == forms.end()) {
                forms.push_back(&facts);
            } else if (facts.form != facts.family) {
                *known = &facts;  // another row is more exact
            }
        }
    }
    return forms;
}

std::optional<double> most_mg_a_day(const Assessment& assessment) {
    const DayAmount day = day_amount(assessment);
    return day.mg ? std::optional(day.mg->high) : std::nullopt;
}

}  // namespace

std::optional<Suitability> suitability_of(const Assessment& assessment, std::span<const parser::LabelWord> words,
                                          const Profile& profile, std::span<const Limit> limits) {
    if (assessment.outcome != Outcome::kComplete && assessment.outcome != Outcome::kPartial) return std::nullopt;
    Suitability out;
    out.forms = forms_of(assessment, says_buffered(words));
    std::vector<std::string_view> families;
    for (const FormFacts* form : out.forms) families.push_back(form->family);
    out.summary = summary_of(assessment, out.forms, limits);
    out.cautions = cautions_for({families, most_mg_a_day(assessment), words, profile});
    for (const parser::LabelWord& word : words) {
        if (const LabelNoteRow* row = find_label_note(word.id)) out.label_notes.push_back({row, word.evidence});
    }
    return out;
}

}  // namespace magscan::calc
