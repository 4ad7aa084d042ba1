// What the other words on a label mean for its buyer, and what they do not: another substance, a test mark, a wording.
// Loaded once from calc/data/label_notes.json; safe to read from any number of threads.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace magscan::calc {

struct LabelNoteRow {
    std::string id;    // of parser/data/label_words.json
    std::string name;  // "vitamin B6"
    std::string kind;  // "companion", "mark", "wording"
    std::string text;  // what it says and what it does not, for people
    std::vector<std::string> sources;
};

const std::vector<LabelNoteRow>& label_note_rows();

// nullptr for an id that the table does not hold.
const LabelNoteRow* find_label_note(std::string_view id);

}  // namespace magscan::calc
