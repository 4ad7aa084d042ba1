#include "calc/label_word_notes.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "magscan_calc_data.h"

namespace magscan::calc {

const std::vector<LabelNoteRow>& label_note_rows() {
    static const std::vector<LabelNoteRow> table = [] {
        std::vector<LabelNoteRow> rows;
        const nlohmann::json file = nlohmann::json::parse(data::label_notes);
        for (const auto& row : file.at("notes")) {
            LabelNoteRow note;
            row.at("id").get_to(note.id);
            row.at("name").get_to(note.name);
            row.at("kind").get_to(note.kind);
            note.text = row.at("says").get<std::string>() + " " + row.at("does_not_say").get<std::string>();
            row.at("sources").get_to(note.sources);
            rows.push_back(std::move(note));
        }
        return rows;
    }();
    return table;
}

const LabelNoteRow* find_label_note(std::string_view id) {
    const auto& table = label_note_rows();
    const auto found = std::find_if(table.begin(), table.end(), [&](const LabelNoteRow& row) { return row.id == id; });
    return found == table.end() ? nullptr : &*found;
}

}  // namespace magscan::calc
