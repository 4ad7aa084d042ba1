#include "scan/suitability_text.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scan/text_fields.h"
#include "scan/wording.h"

namespace magscan::scan {
namespace {

using calc::FormFacts;
using calc::PurposeNote;
using calc::Rating;
using calc::Suitability;

// The forms whose rating for a purpose is the wanted one, in brackets where not all of them are.
std::string forms_with(const std::vector<const FormFacts*>& forms, std::size_t purpose, Rating rating) {
    std::string out;
    std::size_t count = 0;
    for (const FormFacts* form : forms) {
        if (form->purposes[purpose].rating != rating) continue;
        out += (count++ > 0 ? ", " : "") + form->name;
    }
    if (count == 0) return {};
    return count == forms.size() ? " " : " (" + out + ")";
}

void add_ratings(std::string& out, const std::vector<const FormFacts*>& forms) {
    constexpr std::array<std::pair<Rating, std::string_view>, 4> groups = {{{Rating::kGood, "Good for"},
                                                                            {Rating::kOk, "Fair for"},
                                                                            {Rating::kWeak, "Weak for"},
                                                                            {Rating::kPoor, "Poor for"}}};
    for (const auto& [rating, name] : groups) {
        std::string line;
        for (std::size_t i = 0; i < calc::purposes().size(); ++i) {
            std::string which = forms_with(forms, i, rating);
            if (which.empty()) continue;
            if (which == " ") which.clear();
            line += (line.empty() ? "" : "; ") + calc::purposes()[i].name + which;
        }
        if (!line.empty()) add_field(out, name, line);
    }
}

// The purposes over which popular articles, trials or sources disagree.
std::string disputed(const std::vector<const FormFacts*>& forms) {
    std::string out;
    for (std::size_t i = 0; i < calc::purposes().size(); ++i) {
        const bool any = std::any_of(forms.begin(), forms.end(),
                                     [&](const FormFacts* form) { return form->purposes[i].conflict.has_value(); });
        if (any) out += (out.empty() ? "" : "; ") + calc::purposes()[i].name;
    }
    return out;
}

// Where to look the ratings up; each source once, in the order of the alphabet.
std::string sources_of(const std::vector<const FormFacts*>& forms) {
    std::set<std::string_view> ids;
    for (const FormFacts* form : forms) {
        for (const PurposeNote& note : form->purposes) {
            if (note.rating != Rating::kUnknown) ids.insert(note.sources.begin(), note.sources.end());
        }
    }
    ids.erase("general-knowledge");
    std::string out;
    for (const std::string_view id : ids) {
        out += out.empty() ? "" : ", ";
        out += id;
    }
    return out;
}

}  // namespace

void add_suitability(std::string& out, const Suitability& suitability) {
    const auto add_all = [&](std::string_view name, const auto& items, const auto& text_of) {
        for (const auto& item : items) {
            add_field(out, name, text_of(item));
            name = "";
        }
    };
    add_field(out, "In short", printable(suitability.summary));
    add_ratings(out, suitability.forms);
    if (const std::string purposes = disputed(suitability.forms); !purposes.empty()) {
        add_field(out, "Disputed", purposes + " (popular articles and studies disagree; --json tells how)");
    }
    add_all("Also says", suitability.label_notes, [](const calc::LabelNote& note) { return note.row->text; });
    add_all("Careful", suitability.cautions, [](const calc::Caution* caution) { return caution->text; });
    if (const std::string sources = sources_of(suitability.forms); !sources.empty()) {
        add_field(out, "Sources", sources + " (magscan explain ID tells of each)");
    }
    add_field(out, "Note", calc::disclaimer());
}

}  // namespace magscan::scan
