#include "parser/fuse.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>
#include <utility>

#include "parser/fuse_serving.h"

namespace magscan::parser {
namespace {

using Families = std::set<std::string>;

Families families(const Statement& s) {
    Families out;
    for (const Form& form : s.forms) out.insert(form.family);
    return out;
}

bool same_mass(const Amount& a, const Amount& b) {
    return std::abs(a.mg - b.mg) < 0.005 && a.molar == b.molar;
}

bool conflict(const std::optional<Amount>& a, const std::optional<Amount>& b) {
    return a && b && !same_mass(*a, *b);
}

bool conflict(const std::optional<double>& a, const std::optional<double>& b) {
    return a && b && *a != *b;
}

bool figures_conflict(const Statement& a, const Statement& b) {
    return conflict(a.amount, b.amount) || conflict(a.inner_element, b.inner_element) ||
           conflict(a.inner_compound, b.inner_compound) || conflict(a.percent, b.percent) ||
           conflict(a.content_percent, b.content_percent);
}

// The figure that counts as the statement's own.
const std::optional<Amount>& key_amount(const Statement& s) {
    return s.inner_element ? s.inner_element : s.amount;
}

bool has_figure(const Statement& s) {
    return s.amount || s.inner_element || s.inner_compound || s.percent;
}

bool in_table(const Statement& s) {
    return s.place == Place::kPanel || s.place == Place::kDrugFacts;
}

// One photo shows both columns of a table, the other only the second.
bool is_other_column(const Statement& of, const Statement& s) {
    return s.amount && std::any_of(of.other_columns.begin(), of.other_columns.end(),
                                   [&](const Column& column) { return same_mass(column.amount, *s.amount); });
}

// Whether the two may be readings of the same print at all. Forms that one of them lacks may have been cut off.
bool alike(const Statement& a, const Statement& b) {
    const bool kind = a.place == b.place && a.subject == b.subject && a.bare_form == b.bare_form &&
                      a.unnamed == b.unnamed && a.is_total == b.is_total && a.amount_apart == b.amount_apart;
    return kind && (a.per == b.per || a.per == Per::kUnknown || b.per == Per::kUnknown);
}

// The ways in which a statement of one photo may be that of another, the surest first.
enum class Match { kSame, kSameFigures, kCompletes, kRival };
constexpr Match kMatches[] = {Match::kSame, Match::kSameFigures, Match::kCompletes, Match::kRival};

// A statement, and whether its photo shows another of its kind, so that only the forms tell the two apart.
struct Candidate {
    const Statement* statement = nullptr;
    bool is_only = true;
};

bool forms_fit(const Candidate& a, const Candidate& b) {
    const Families p = families(*a.statement), q = families(*b.statement);
    if (p.empty() || q.empty()) return p == q || (a.is_only && b.is_only);
    return std::includes(p.begin(), p.end(), q.begin(), q.end()) ||
           std::includes(q.begin(), q.end(), p.begin(), p.end());
}

bool matches(Match how, const Candidate& first, const Candidate& second) {
    const Statement &a = *first.statement, &b = *second.statement;
    if (!alike(a, b)) return false;
    const bool same_forms = families(a) == families(b);
    const bool column = is_other_column(a, b) || is_other_column(b, a);
    const bool agree = !figures_conflict(a, b);
    const bool same_key = key_amount(a) && key_amount(b) && same_mass(*key_amount(a), *key_amount(b));
    switch (how) {
        case Match::kSame:
            return same_forms && agree && (same_key || (!has_figure(a) && !has_figure(b)));
        case Match::kSameFigures: {
            const bool nameless = a.forms.empty() || b.forms.empty();
            return agree && same_key && (nameless || forms_fit(first, second));
        }
        case Match::kCompletes:
            // A bare "Magnesium" may stand in any panel and links none.
            return in_table(a) && (agree || column) && forms_fit(first, second) &&
                   ((has_figure(a) && has_figure(b)) || (!a.forms.empty() && !b.forms.empty()));
        case Match::kRival:
            return in_table(a) && !agree && !column && forms_fit(first, second);
    }
    return false;
}

template <class T>
void fill(std::optional<T>& to, const std::optional<T>& from) {
    if (!to) to = from;
}

void take_amount(Statement& to, const Statement& from) {
    if (!to.amount && from.amount) {
        to.amount = from.amount;
        to.amount_reading = from.amount_reading;
        to.heading = from.heading;
        to.amount_confidence = from.amount_confidence;
        to.amount_follows_name = from.amount_follows_name;
        to.tied_to_product_name = from.tied_to_product_name;
    }
    if (to.other_columns.empty()) to.other_columns = from.other_columns;
}

// Adds what `from` knows of the same row.
void merge(Statement& to, const Statement& from) {
    if (is_other_column(from, to)) {  // the photo with both columns tells more
        Statement better = from;
        better.evidence.insert(better.evidence.begin(), to.evidence.begin(), to.evidence.end());
        to = std::move(better);
        return;
    }
    const bool column = is_other_column(to, from);
    const auto &mine = key_amount(to), &theirs = key_amount(from);
    if (mine && theirs && same_mass(*mine, *theirs)) {
        to.amount_photos += from.amount_photos;
        to.amount_confidence = std::max(to.amount_confidence, from.amount_confidence);
    } else if (!mine && theirs) {
        to.amount_photos = from.amount_photos;
    }
    if (families(from).size() > families(to).size()) to.forms = from.forms;
    if (!column) take_amount(to, from);
    fill(to.inner_compound, from.inner_compound);
    fill(to.inner_element, from.inner_element);
    fill(to.content_percent, from.content_percent);
    if (!column && from.percent) {
        to.percent_unmarked = from.percent_unmarked && (!to.percent || to.percent_unmarked);
        to.percent = from.percent;
        to.percent_reading = from.percent_reading;
    }
    to.says_elemental = to.says_elemental || from.says_elemental;
    to.no_daily_value_mark = to.no_daily_value_mark || from.no_daily_value_mark;
    if (to.per == Per::kUnknown) to.per = from.per;
    to.evidence.insert(to.evidence.end(), from.evidence.begin(), from.evidence.end());
}

// A further reading of a row that is disputed already joins the reading that it agrees with.
void dispute(Statement& row, const Statement& reading) {
    for (Statement& rival : row.rivals) {
        if (!figures_conflict(rival, reading)) return merge(rival, reading);
    }
    row.rivals.push_back(reading);
}

bool is_only_of_kind(const std::vector<Statement>& all, const Statement& s) {
    return std::count_if(all.begin(), all.end(), [&](const Statement& other) {
               return other.place == s.place && other.subject == s.subject && other.bare_form == s.bare_form;
           }) == 1;
}

// Joins one photo's statements to those of the photos before it, each to one at most.
void join(std::vector<Statement>& joined, const std::vector<Statement>& photo) {
    std::vector<bool> taken(joined.size(), false), placed(photo.size(), false);
    for (const Match how : kMatches) {
        for (std::size_t i = 0; i < photo.size(); ++i) {
            for (std::size_t k = 0; k < taken.size() && !placed[i]; ++k) {
                if (taken[k]) continue;
                const Candidate before{&joined[k], is_only_of_kind(joined, joined[k])};
                const Candidate now{&photo[i], is_only_of_kind(photo, photo[i])};
                if (!matches(how, before, now)) continue;
                how == Match::kRival ? dispute(joined[k], photo[i]) : merge(joined[k], photo[i]);
                taken[k] = placed[i] = true;
            }
        }
    }
    for (std::size_t i = 0; i < photo.size(); ++i) {
        if (!placed[i]) joined.push_back(photo[i]);
    }
}

std::vector<Statement> statements_of(const Label& label, int image) {
    std::vector<Statement> out = label.statements;
    for (Statement& statement : out) {
        for (Evidence& evidence : statement.evidence) evidence.image = image;
    }
    return out;
}

// The panel's market counts, not that of a front in another language.
Jurisdiction market_of(const std::vector<Label>& photos) {
    Jurisdiction any = Jurisdiction::kUnknown;
    for (const Label& photo : photos) {
        if (photo.jurisdiction == Jurisdiction::kUnknown) continue;
        const bool panel = std::any_of(photo.statements.begin(), photo.statements.end(),
                                       [](const Statement& s) { return in_table(s) && has_figure(s); });
        if (panel) return photo.jurisdiction;
        if (any == Jurisdiction::kUnknown) any = photo.jurisdiction;
    }
    return any;
}

void join_words(std::vector<LabelWord>& joined, const std::vector<LabelWord>& photo, int image) {
    for (LabelWord word : photo) {
        if (std::any_of(joined.begin(), joined.end(), [&](const LabelWord& known) { return known.id == word.id; }))
            continue;
        word.evidence.image = image;
        joined.push_back(std::move(word));
    }
}

}  // namespace

Label fuse(const std::vector<Label>& photos) {
    if (photos.size() == 1) return photos.front();
    Label out;
    for (std::size_t i = 0; i < photos.size(); ++i) {
        join(out.statements, statements_of(photos[i], static_cast<int>(i)));
        join_words(out.words, photos[i].words, static_cast<int>(i));
        out.names_magnesium = out.names_magnesium || photos[i].names_magnesium;
        out.readable_words = std::max(out.readable_words, photos[i].readable_words);
        for (UnreadRow row : photos[i].unread_rows) {
            row.evidence.image = static_cast<int>(i);
            out.unread_rows.push_back(std::move(row));
        }
        std::copy(photos[i].warnings.begin(), photos[i].warnings.end(), std::back_inserter(out.warnings));
    }
    out.jurisdiction = market_of(photos);
    out.serving = fuse_servings(photos, out.warnings);
    return out;
}

}  // namespace magscan::parser
