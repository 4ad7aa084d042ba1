// What a product's magnesium is good for, who has to be careful with it, and what else its label promises: plain notes
// for a buyer, each with its sources. Never a diagnosis, never a dose for a person. The facts are data (form_facts.h,
// cautions.h, label_notes.h); only the summary is made of the product's own figures (summary.h).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "calc/assessment.h"
#include "calc/cautions.h"
#include "calc/form_facts.h"
#include "calc/label_word_notes.h"
#include "calc/limits.h"
#include "calc/profile.h"
#include "calc/summary.h"
#include "parser/label.h"

namespace magscan::calc {

// Something else that the label says.
struct LabelNote {
    const LabelNoteRow* row = nullptr;  // never null
    parser::Evidence evidence;
};

// Pointers are into tables that live as long as the program.
struct Suitability {
    std::string summary;
    std::vector<const FormFacts*> forms;   // each form of the label once, in its order; empty where none is named
    std::vector<const Caution*> cautions;  // the severe ones first
    std::vector<LabelNote> label_notes;    // in the order of the print
};

// `words` are those of the label, `limits` those for such a person. Nothing where no magnesium was found: none is
// named, or too little could be read. A pure function; never fails; safe to call from any number of threads.
std::optional<Suitability> suitability_of(const Assessment& assessment, std::span<const parser::LabelWord> words,
                                          const Profile& profile, std::span<const Limit> limits);

}  // namespace magscan::calc
