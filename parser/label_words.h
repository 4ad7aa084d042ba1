// What a label says besides magnesium that its buyer asks about: other active substances ("with vitamin B6"), marks of
// independent tests ("USP Verified"), wordings ("buffered", "chelated", "for children"). The words are in
// parser/data/label_words.json; what they mean is `calc`'s to tell.
#pragma once

#include <vector>

#include "parser/label.h"
#include "parser/markup.h"
#include "parser/sections.h"

namespace magscan::parser {

// Adds the words of one block, in the order of the print, but no id that is there already. A word that the label says
// is absent ("no melatonin", "free from calcium"), one of a list of excipients or of the directions, and one that
// belongs to another mineral ("zinc bisglycinate chelate") does not count. One pass over the tokens; safe to call from
// any number of threads.
void add_label_words(const Markup& markup, const std::vector<Section>& sections, std::vector<LabelWord>& words);

}  // namespace magscan::parser
