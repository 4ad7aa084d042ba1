#include "scan/suitability_json.h"

#include <nlohmann/json.hpp>
#include <vector>

#include "scan/json_line.h"
#include "scan/json_values.h"

namespace magscan::scan {
namespace {

using nlohmann::ordered_json;

ordered_json purpose_notes(const std::vector<calc::PurposeNote>& notes) {
    ordered_json out = ordered_json::array();
    for (const calc::PurposeNote& note : notes) {
        out.push_back({{"purpose", note.purpose},
                       {"rating", calc::name_of(note.rating)},
                       {"evidence", calc::name_of(note.evidence)},
                       {"conflict", text(note.conflict)},
                       {"note", note.note},
                       {"sources", strings(note.sources)}});
    }
    return out;
}

// The schema wants a number or nothing for the percentages, no null.
ordered_json absorption(const std::optional<calc::Absorption>& from) {
    if (!from) return nullptr;
    ordered_json out = ordered_json::object();
    if (from->low_percent) out["low_percent"] = number(*from->low_percent, kPercentDigits);
    if (from->high_percent) out["high_percent"] = number(*from->high_percent, kPercentDigits);
    out["evidence"] = from->evidence;
    out["sources"] = strings(from->sources);
    return out;
}

ordered_json form_json(const calc::FormFacts& form) {
    return {
        {"form", form.family}, {"absorption", absorption(form.absorption)}, {"purposes", purpose_notes(form.purposes)}};
}

ordered_json caution_json(const calc::Caution& caution) {
    return {{"id", caution.id}, {"text", caution.text}, {"sources", strings(caution.sources)}};
}

ordered_json note_json(const calc::LabelNote& note) {
    return {{"id", note.row->id},
            {"text", note.row->text},
            {"sources", strings(note.row->sources)},
            {"evidence", evidence({note.evidence})}};
}

// The lines of a table's rows, by index.
template <class Row>
std::vector<std::string> lines_of(const std::vector<Row>& table, ordered_json (*json_of)(const Row&)) {
    std::vector<std::string> lines;
    for (const Row& row : table) lines.push_back(json_line(json_of(row)));
    return lines;
}

// "[...]" of rows that point into a table.
template <class Row>
void append(std::string& out, const std::vector<const Row*>& rows, const std::vector<Row>& table,
            const std::vector<std::string>& lines) {
    out += '[';
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i > 0) out += ',';
        out += lines[static_cast<std::size_t>(rows[i] - table.data())];
    }
    out += ']';
}

}  // namespace

ordered_json suitability_json(const std::optional<calc::Suitability>& suitability) {
    if (!suitability) return nullptr;
    ordered_json forms = ordered_json::array(), cautions = ordered_json::array(), notes = ordered_json::array();
    for (const calc::FormFacts* form : suitability->forms) forms.push_back(form_json(*form));
    for (const calc::Caution* caution : suitability->cautions) cautions.push_back(caution_json(*caution));
    for (const calc::LabelNote& note : suitability->label_notes) notes.push_back(note_json(note));
    return object({{"summary", suitability->summary},
                   {"forms", std::move(forms)},
                   {"cautions", std::move(cautions)},
                   {"label_notes", std::move(notes)},
                   {"disclaimer", calc::disclaimer()}});
}

std::string suitability_json_line(const std::optional<calc::Suitability>& suitability) {
    if (!suitability) return "null";
    static const std::vector<std::string> form_lines = lines_of(calc::form_facts(), form_json);
    static const std::vector<std::string> caution_lines = lines_of(calc::cautions(), caution_json);
    static const std::string disclaimer = json_line(ordered_json(calc::disclaimer()));
    std::string out = "{\"summary\":" + json_line(ordered_json(suitability->summary)) + ",\"forms\":";
    append(out, suitability->forms, calc::form_facts(), form_lines);
    out += ",\"cautions\":";
    append(out, suitability->cautions, calc::cautions(), caution_lines);
    ordered_json notes = ordered_json::array();
    for (const calc::LabelNote& note : suitability->label_notes) notes.push_back(note_json(note));
    return out + ",\"label_notes\":" + json_line(notes) + ",\"disclaimer\":" + disclaimer + "}";
}

}  // namespace magscan::scan
