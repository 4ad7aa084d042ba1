#include "scan/dose_question.h"

#include <algorithm>
#include <vector>

#include "parser/lexicon.h"
#include "parser/quantity.h"
#include "scan/nearest.h"
#include "scan/wording.h"

namespace magscan::scan {
namespace {

using calc::Compound;

constexpr std::size_t kLongest = 200;
constexpr std::string_view kById = "id:";

std::string in_quotes(std::string_view text) {
    return "\"" + printable(text.substr(0, 60)) + "\"";
}

std::string in_lower_case(std::string text) {
    for (char& letter : text)
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    return text;
}

bool is_mark(const parser::Token& token) {
    return token.text.find_first_not_of("-–(),/") == std::string::npos;
}

bool names_only_magnesium(const std::vector<parser::Token>& tokens, std::size_t first, std::size_t last) {
    const auto minerals = parser::find_minerals(tokens);
    return minerals.size() == 1 && minerals[0].mineral == parser::Mineral::kMagnesium && minerals[0].first == first &&
           minerals[0].last == last;
}

// "magnesium", "elemental magnesium"; of a text that names no form.
bool is_element(const std::vector<parser::Token>& tokens) {
    if (names_only_magnesium(tokens, 0, tokens.size())) return true;
    for (const parser::CueMatch& cue : parser::find_cues(tokens)) {
        if (cue.cue != parser::Cue::kElemental) continue;
        if (cue.first == 0 && cue.last == tokens.size()) return true;
        if (cue.first == 0 && names_only_magnesium(tokens, cue.last, tokens.size())) return true;
        if (cue.last == tokens.size() && names_only_magnesium(tokens, 0, cue.first)) return true;
    }
    return false;
}

// "buffered", "buffered magnesium": without the salt that is buffered
bool is_buffered(const std::vector<parser::Token>& tokens) {
    const auto cues = parser::find_cues(tokens);
    return std::any_of(cues.begin(), cues.end(), [&](const parser::CueMatch& cue) {
        return cue.cue == parser::Cue::kBuffered &&
               ((cue.first == 0 &&
                 (cue.last == tokens.size() || names_only_magnesium(tokens, cue.last, tokens.size()))) ||
                (cue.last == tokens.size() && names_only_magnesium(tokens, 0, cue.first)));
    });
}

// What the whole text names as a label would, spelled right; nothing where it names more, or less.
const Compound* by_spelling(const std::string& text) {
    const auto tokens = parser::tokenise(text);
    const auto forms = parser::find_forms(tokens);
    if (forms.empty()) {
        if (is_element(tokens)) return calc::find_compound("elemental");
        return is_buffered(tokens) ? calc::find_compound("buffered-unspecified") : nullptr;
    }
    std::vector<bool> used(tokens.size(), false);
    for (const parser::FormMatch& form : forms) {
        if (form.similarity < 1 || form.compound != forms.front().compound) return nullptr;
        std::fill(used.begin() + static_cast<std::ptrdiff_t>(form.first),
                  used.begin() + static_cast<std::ptrdiff_t>(form.last), true);
    }
    for (std::size_t i = 0; i < tokens.size(); ++i)
        if (!used[i] && !is_mark(tokens[i])) return nullptr;
    return calc::find_compound(forms.front().compound);
}

bool names_other_mineral(const std::string& text) {
    const auto minerals = parser::find_minerals(parser::tokenise(text));
    return std::any_of(minerals.begin(), minerals.end(),
                       [](const parser::MineralMatch& match) { return match.mineral == parser::Mineral::kOther; });
}

std::vector<std::string> known_names() {
    std::vector<std::string> names;
    for (const Compound& compound : calc::compounds())
        if (compound.names_family && compound.family != "other") names.push_back(compound.family);
    for (const Compound& compound : calc::compounds()) names.push_back(compound.id);
    return names;
}

bool names_several_forms(const std::string& text) {
    const auto forms = parser::find_forms(parser::tokenise(text));
    return std::any_of(forms.begin(), forms.end(), [&](const parser::FormMatch& form) {
        return form.similarity == 1 && form.compound != forms.front().compound;
    });
}

std::vector<std::string> meant_by(const std::string& name) {
    std::vector<std::string> meant;
    // What the reader of labels would take a misprint for comes first.
    for (const parser::FormMatch& form : parser::find_forms(parser::tokenise(name)))
        if (form.similarity < 1 && meant.empty()) meant.push_back(form.family == "other" ? form.compound : form.family);
    std::string bare = parser::normalise(name);
    if (bare.starts_with("magnesium ")) bare.erase(0, std::string_view("magnesium ").size());
    for (std::string& near : nearest(bare, known_names()))
        if (meant.size() < 3 && std::find(meant.begin(), meant.end(), near) == meant.end())
            meant.push_back(std::move(near));
    return meant;
}

std::string unknown_form(const std::string& name) {
    if (names_several_forms(name)) return in_quotes(name) + " names several forms of magnesium. Ask for each by itself";
    if (names_other_mineral(name)) return in_quotes(name) + " names another mineral. Name the form of magnesium alone";
    const auto meant = meant_by(name);
    const std::string out = "no form of magnesium is called " + in_quotes(name);
    if (meant.empty()) return out + ". magscan compounds lists all";
    return out + ". Did you mean " + calc::listed(meant, "or") + "? magscan compounds lists all";
}

}  // namespace

tl::expected<const Compound*, std::string> compound_named(std::string_view name) {
    if (name.size() > kLongest)
        return tl::unexpected("the name of the form is longer than " + std::to_string(kLongest) + " bytes");
    const std::string text(name);
    if (parser::normalise(text).empty())
        return tl::unexpected(std::string("no form is named. Write one such as citrate"));
    if (text.starts_with(kById)) {
        if (const Compound* compound = calc::find_compound(text.substr(kById.size()))) return compound;
        return tl::unexpected(unknown_form(text.substr(kById.size())));
    }
    const bool other_mineral = names_other_mineral(text);
    if (const Compound* compound = by_spelling(text)) {
        if (compound->id != "complex-unspecified" || !other_mineral) return compound;
    }
    if (!other_mineral) {
        if (const Compound* compound = by_spelling("magnesium " + text)) return compound;
    }
    const std::string lower = in_lower_case(text);
    if (const Compound* compound = calc::compound_of_family(lower)) return compound;
    if (const Compound* compound = calc::find_compound(lower)) return compound;
    return tl::unexpected(unknown_form(text));
}

tl::expected<AskedAmount, std::string> asked_amount(std::string_view text) {
    using parser::Quantity;
    const auto wrong = [&](const std::string& why) {
        return tl::unexpected("the amount " + in_quotes(text) + " " + why +
                              ". Write it as 500mg, 0.5g, 400mcg, 20mmol "
                              "or 40mEq");
    };
    if (text.size() > kLongest) return wrong("is too long");
    const auto tokens = parser::tokenise(text);
    const auto quantities = parser::find_quantities(tokens, text, parser::DecimalMark::kPoint);
    if (quantities.size() != 1 || quantities[0].first != 0 || quantities[0].last != tokens.size())
        return wrong("is not one number with its unit");
    const Quantity& quantity = quantities[0];
    if (quantity.kind == Quantity::Kind::kBare) return wrong("has no unit");
    if (!quantity.is_amount()) return wrong("is no mass");
    if (quantity.high != quantity.value || quantity.less_than) return wrong("is no single figure");
    if (!(quantity.value > 0)) return wrong("is not above 0");
    return AskedAmount{quantity.value, quantity.kind == Quantity::Kind::kMolar};
}

tl::expected<calc::DoseQuestion, std::string> dose_question(const AskedDose& asked) {
    const auto compound = compound_named(asked.form);
    if (!compound) return tl::unexpected(compound.error());
    const auto amount = asked_amount(asked.amount);
    if (!amount) return tl::unexpected(amount.error());
    calc::DoseQuestion question;
    question.compound = (*compound)->id;
    question.amount_mg = amount->mg;
    question.units_per_serving = asked.units_per_serving;
    question.servings_per_day = asked.servings_per_day;
    const std::string basis = asked.basis.value_or("unknown");
    if (basis == "compound") {
        question.basis = calc::Basis::kCompound;
    } else if (basis == "elemental") {
        question.basis = calc::Basis::kElemental;
    } else if (basis != "unknown") {
        return tl::unexpected("no basis is called " + in_quotes(basis) + ". Write compound, elemental or unknown");
    }
    if (amount->molar) {
        if (question.basis == calc::Basis::kCompound)
            return tl::unexpected(
                std::string("moles count magnesium, not the compound. Leave out the basis, or give "
                            "the compound's weight in mg"));
        question.basis = calc::Basis::kElemental;
    }
    if (const auto answer = calc::dose(question); !answer) return tl::unexpected(answer.error());
    return question;
}

}  // namespace magscan::scan
