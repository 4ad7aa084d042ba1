// Several photos of one product as one label: front and panel, left and right half, two tries at the same side.
#pragma once

#include <vector>

#include "parser/label.h"

namespace magscan::parser {

// Joins what the photos' labels say; Evidence::image becomes the photo's index. A row that several photos show is one
// statement with the evidence of each. What one photo lacks another may give (the percentage, the forms, the serving).
// Where two photos give one row different figures, the one is a rival of the other (Statement::rivals), for `calc` to
// settle by its check digits; where they give different servings, the serving is left open and a warning says so.
// A pure function; never fails. One label comes back as it is, none as an empty one.
Label fuse(const std::vector<Label>& photos);

}  // namespace magscan::parser
