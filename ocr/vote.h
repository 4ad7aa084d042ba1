// Several readings of one line, made one.
#pragma once

#include <vector>

#include "ocr/line_reader.h"

namespace magscan::ocr {

// The reading with the best score, each of its words replaced by what most readings see at its place (each counts with
// the square of its confidence). Where words that hold a digit are read in several ways the others become alternatives,
// and the confidence falls with their share of the votes. Words that the best reading missed are taken from the others.
// `readings` is not empty.
Reading vote(std::vector<Reading> readings);

}  // namespace magscan::ocr
