#include "calc/label_word_notes.h"

#include "calc/table.h"
#include "magscan_calc_data.h"

namespace magscan::calc {
namespace {

LabelNoteRow row_of(const nlohmann::json& row) {
    LabelNoteRow note;
    row.at("id").get_to(note.id);
    row.at("name").get_to(note.name);
    row.at("kind").get_to(note.kind);
    note.text = row.at("says").get<std::string>() + " " + row.at("does_not_say").get<std::string>();
    row.at("sources").get_to(note.sources);
    return note;
}

}  // namespace

const std::vector<LabelNoteRow>& label_note_rows() {
    static const std::vector<LabelNoteRow> table = rows_of(data::label_notes, "notes", row_of);
    return table;
}

const LabelNoteRow* find_label_note(std::string_view id) {
    return find_by_id(label_note_rows(), id);
}

}  // namespace magscan::calc
